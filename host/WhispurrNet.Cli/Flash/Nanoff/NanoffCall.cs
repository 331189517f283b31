namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>One run of nanoff.</summary>
/// <param name="Purpose">What it does, as in "while ...".</param>
/// <param name="Arguments">As nanoff takes them.</param>
/// <param name="LastStep">The step whose good end means that the run did what it was for.</param>
/// <param name="Writes">Whether a board is half written when this is interrupted.</param>
internal sealed record NanoffCall(string Purpose, IReadOnlyList<string> Arguments, string LastStep, bool Writes)
{
    // It asks the network whether there is a newer nanoff, and has to work without.
    private const string NoVersionCheck = "--suppressnanoffversioncheck";

    /// <summary>Asks the boot loader which chip there is.</summary>
    public static NanoffCall Details(string port) => new(
        "asking the boot loader", ["--platform", "esp32", "--serialport", port, "--devicedetails", NoVersionCheck],
        NanoffOutput.ReadingChip, Writes: false);

    /// <summary>Reads the whole flash into a file, and asks which chip there is.</summary>
    public static NanoffCall Backup(string port, int? baudRate, string file) => new(
        "reading the flash",
        [
            "--platform", "esp32", "--serialport", port, .. Baud(baudRate), "--backuppath", Path.GetDirectoryName(file)!,
            "--backupfile", Path.GetFileName(file), "--devicedetails", NoVersionCheck,
        ],
        NanoffOutput.ReadingFlash, Writes: false);

    /// <summary>Writes boot loader, partition table and runtime, and the board's configuration again.</summary>
    public static NanoffCall Update(FlashOptions options, string target) => new(
        "writing the image",
        [
            "--update", "--target", target, "--serialport", options.Port, .. Baud(options.BaudRate),
            .. options.FirmwareVersion is { } version ? new[] { "--fwversion", version } : [],
            .. options.Archive is { } archive ? new[] { "--archivepath", archive, "--fromarchive" } : [],
            .. options.MassErase ? new[] { "--masserase" } : [],
            .. options.KeepConfiguration ? Array.Empty<string>() : ["--nobackupconfig"],
            NoVersionCheck,
        ],
        NanoffOutput.Flashing, Writes: true);

    /// <summary>Writes a program where the board itself says that it belongs.</summary>
    public static NanoffCall Deploy(string port, string image) => new(
        "deploying the program",
        ["--nanodevice", "--deploy", "--serialport", port, "--image", image, NoVersionCheck],
        NanoffOutput.Deploying, Writes: true);

    /// <summary>Writes a file to an address, through the boot loader.</summary>
    public static NanoffCall WriteAt(string port, int? baudRate, string image, uint address) => new(
        "writing to the flash",
        [
            "--platform", "esp32", "--serialport", port, .. Baud(baudRate), "--deploy", "--image", image,
            "--address", $"0x{address:X}", NoVersionCheck,
        ],
        NanoffOutput.FlashingDeployment, Writes: true);

    private static string[] Baud(int? baudRate) => baudRate is { } rate ? ["--baud", $"{rate}"] : [];
}
