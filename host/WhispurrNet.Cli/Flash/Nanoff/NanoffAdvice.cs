namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>What to do about each of nanoff's errors, by its list of exit codes.</summary>
internal static class NanoffAdvice
{
    /// <summary>One sentence for the user.</summary>
    /// <param name="failure">What nanoff said.</param>
    /// <param name="port">The port it worked on.</param>
    /// <param name="target">The image it should have flashed, if that was known.</param>
    public static string For(NanoffEvent.Failed failure, string port, string? target)
    {
        string advice = failure.Code switch
        {
            "E2000" or "E2002" =>
                "The board's runtime does not answer: press its reset button, wait some seconds, and try again.",
            "E2001" => $"No board answers on {port}: is the cable one that carries data?",
            "E2003" => "The board did not take the files: reset it and try again.",
            "E4000" when failure.Text.Contains("onnect", StringComparison.Ordinal) =>
                "The boot loader does not answer: hold the BOOT button, press and release reset, release BOOT, and try "
                + "again; if that does not help, another cable or --baud 115200.",
            "E4000" => "The boot loader stopped answering: try again with --baud 115200, and another cable or USB port.",
            "E4001" => "There is no image for flash of this size.",
            "E4002" => "The flash could not be erased: unplug the board, plug it in again, and try again.",
            "E4003" => "The image was not written completely: try again, with --baud 115200 or another cable.",
            "E4004" => "The flash could not be read: try again with --baud 115200, or without a backup.",
            "E4005" or "E6000" => Open(port),
            "E6001" => "nanoff was told no port.",
            "E6002" => $"{port} is in use by another program: close its monitor or debugger and try again.",
            "E9000" => "nanoff does not know one of the options: update it with 'dotnet tool update -g nanoff'.",
            "E9002" or "E9003" or "E9004" => "The backup could not be written: is its folder there and writable?",
            "E9005" => $"There is no image named {target}: 'nanoff --listtargets --platform esp32' lists those there are.",
            "E9006" => "nanoff could not make its folder for images: is the disk full, or your home folder read-only?",
            "E9007" => "The image could not be downloaded: is there an Internet connection? Without one, --archive DIR.",
            "E9008" => "nanoff did not find the program to deploy.",
            "E9009" => "nanoff refused the address.",
            "E9010" => $"No board was found on {port}.",
            "E9011" or "E9012" => "The runtime's file is missing or no .bin file.",
            "E9013" => "nanoff does not know this platform: update it with 'dotnet tool update -g nanoff'.",
            "E9015" => $"The archive has no image {target}: fill it with 'nanoff --updatearchive --archivepath DIR "
                + $"--target {target}' while there is a connection.",
            "" => "nanoff broke: update it with 'dotnet tool update -g nanoff'.",
            _ => "nanoff failed.",
        };
        string said = failure.Text.Trim().TrimEnd('.');
        string source = failure.Code.Length == 0 ? "nanoff" : $"nanoff {failure.Code}";
        return $"{advice} ({source}{(said.Length == 0 ? string.Empty : $": {said}")})";
    }

    private static string Open(string port) =>
        $"{port} cannot be opened: is the board plugged in, does another program have it"
        + (OperatingSystem.IsLinux()
            ? ", may you open it (sudo usermod -aG dialout $USER, then log in again)?"
            : "?");
}
