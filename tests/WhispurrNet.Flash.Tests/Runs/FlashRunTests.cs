using WhispurrNet.Cli.Flash;
using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Output;
using WhispurrNet.Flash.Tests.Support;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Flash.Tests.Runs;

/// <summary>Boards flashed by a stand-in for nanoff that is a process on a terminal.</summary>
public sealed class FlashRunTests
{
    private const string Tail = "--suppressnanoffversioncheck";

    public FlashRunTests() => Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");

    [Theory]
    [InlineData("ESP32", "ESP32_BLE_REV3")]
    [InlineData("ESP32-old", "ESP32_BLE_REV0")]
    [InlineData("ESP32-C3", "ESP32_C3")]
    [InlineData("ESP32-C6", "ESP32_C6_THREAD")]
    [InlineData("ESP32-S3", "ESP32_S3_QUAD")]
    public async Task A_chip_is_asked_for_and_its_image_written(string chip, string target)
    {
        using var bench = new Bench(("CHIP", chip));

        Assert.Equal(target, (await bench.RunAsync())!.Name);

        string port = bench.Options.Port;
        Assert.Equal(
            [
                $"--platform esp32 --serialport {port} --devicedetails {Tail}",
                $"--update --target {target} --serialport {port} {Tail}",
            ],
            bench.Runs);
        Assert.Contains(new NanoffEvent.Ended(NanoffOutput.BackingUp, true), bench.Said);
        Assert.Contains(new NanoffEvent.Ended(NanoffOutput.Flashing, true), bench.Said);
        AssertProgressGrows(bench.Said);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Output_in_pieces_of_any_size_is_understood(int chunk)
    {
        using var whole = new Bench();
        using var cut = new Bench(("CHUNK", $"{chunk}"));
        await whole.RunAsync();
        await cut.RunAsync();

        Assert.Equal(whole.Said, cut.Said);
    }

    [Theory]
    [InlineData("ESP32-PICO")]
    [InlineData("ESP32-S2")]
    public async Task A_chip_without_an_image_is_left_as_it_is(string chip)
    {
        using var bench = new Bench(("CHIP", chip));

        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync());

        Assert.Contains("no image with Bluetooth", e.Message, StringComparison.Ordinal);
        Assert.Single(bench.Runs);
    }

    [Theory]
    [InlineData("E2000", "does not answer")]
    [InlineData("E2002", "does not answer")]
    [InlineData("E4000", "hold the BOOT button")]
    [InlineData("E4001", "no image for flash of this size")]
    [InlineData("E4002", "could not be erased")]
    [InlineData("E4003", "not written completely")]
    [InlineData("E4004", "could not be read")]
    [InlineData("E4005", "cannot be opened")]
    [InlineData("E6000", "cannot be opened")]
    [InlineData("E6001", "no port")]
    [InlineData("E6002", "in use by another program")]
    [InlineData("E9000", "does not know one of the options")]
    [InlineData("E9002", "backup could not be written")]
    [InlineData("E9005", "no image named ESP32_BLE_REV3")]
    [InlineData("E9006", "its folder for images")]
    [InlineData("E9007", "could not be downloaded")]
    [InlineData("E9013", "does not know this platform")]
    [InlineData("E9015", "archive has no image ESP32_BLE_REV3")]
    [InlineData("E4096", "nanoff failed")] // 0 in 8 bits.
    public async Task Every_failure_is_one_sentence_of_advice(string code, string advice)
    {
        using var bench = new Bench(("FAIL", code));
        bench.Options = bench.Options with
        {
            MassErase = true,
            Backup = code is "E4004" or "E9002" ? bench.File("backup.bin") : null,
            Image = code.StartsWith("E2", StringComparison.Ordinal) ? bench.File("app.bin") : null,
        };
        await File.WriteAllBytesAsync(bench.File("app.bin"), new byte[10], TestContext.Current.CancellationToken);

        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync());

        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.Contains($"(nanoff {code}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.False(bench.HasOrphans());
    }

    [Fact]
    public async Task Options_reach_nanoff()
    {
        using var bench = new Bench();
        string backup = bench.File("my backup.bin");
        string image = bench.File("app.bin");
        await File.WriteAllBytesAsync(image, new byte[5_000], TestContext.Current.CancellationToken);
        bench.Options = bench.Options with
        {
            FirmwareVersion = "1.17.0.42",
            Archive = bench.File(""),
            BaudRate = 115_200,
            MassErase = true,
            KeepConfiguration = false,
            Backup = backup,
            Image = image,
        };

        await bench.RunAsync();

        string port = bench.Options.Port;
        string folder = Path.GetDirectoryName(backup)!;
        Assert.Equal(
            [
                $"--platform esp32 --serialport {port} --baud 115200 --backuppath {folder} --backupfile my backup.bin "
                    + $"--devicedetails {Tail}",
                $"--update --target ESP32_BLE_REV3 --serialport {port} --baud 115200 --fwversion 1.17.0.42 --archivepath "
                    + $"{bench.File("")} --fromarchive --masserase --nobackupconfig {Tail}",
                $"--nanodevice --deploy --serialport {port} --image {image} {Tail}",
            ],
            bench.Runs);
        Assert.Equal(4 * 1024 * 1024, new FileInfo(backup).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        }
    }

    [Fact]
    public async Task A_program_goes_to_an_address_only_where_that_is_the_right_one()
    {
        using var bench = new Bench();
        string image = bench.File("app.bin");
        await File.WriteAllBytesAsync(image, new byte[5_000], TestContext.Current.CancellationToken);
        bench.Options = bench.Options with { Image = image, Address = 0x1B0000 };

        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync());
        Assert.Contains("would overwrite the runtime", e.Message, StringComparison.Ordinal);
        Assert.Single(bench.Runs);

        bench.Options = bench.Options with { Address = 0x1E0000 };
        await bench.RunAsync();
        Assert.Equal(
            $"--platform esp32 --serialport {bench.Options.Port} --deploy --image {image} --address 0x1E0000 {Tail}",
            bench.Runs[^1]);
        Assert.Contains(new NanoffEvent.Ended(NanoffOutput.FlashingDeployment, true), bench.Said);
    }

    [Fact]
    public async Task A_configuration_is_restored_where_the_board_has_its_own_and_nowhere_else()
    {
        using var bench = new Bench(("FLASH", "/nowhere"));
        byte[] then = FlashImage.Make(new Partition("config", 0x3C0000, 0x40000));
        then[0x3C0000] = 77;
        byte[] moved = FlashImage.Make(new Partition("config", 0x3B0000, 0x40000));
        await File.WriteAllBytesAsync(bench.File("then.bin"), then, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(bench.File("moved.bin"), moved, TestContext.Current.CancellationToken);

        using var same = new Bench(("FLASH", bench.File("then.bin")));
        same.Options = same.Options with { Restore = bench.File("then.bin") };
        Assert.Null(await same.RunAsync());
        Assert.Equal(2, same.Runs.Length);
        Assert.EndsWith($"--address 0x3C0000 {Tail}", same.Runs[1], StringComparison.Ordinal);

        using var other = new Bench(("FLASH", bench.File("moved.bin")));
        other.Options = other.Options with { Restore = bench.File("then.bin") };
        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => other.RunAsync());
        Assert.Contains("is not restored", e.Message, StringComparison.Ordinal);
        Assert.Single(other.Runs);
    }

    [Fact]
    public async Task Ports_that_cannot_be_opened_are_told_before_anything_runs()
    {
        using var bench = new Bench();
        bench.Options = bench.Options with { Port = "/dev/ttyUSB_none" };

        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync());

        Assert.Equal("There is no port /dev/ttyUSB_none.", e.Message);
        Assert.Empty(bench.Runs);
    }

    private static void AssertProgressGrows(List<NanoffEvent> said)
    {
        double[] shares = [.. said.OfType<NanoffEvent.Progress>()
            .Where(progress => progress.Step == NanoffOutput.BackingUp).Select(progress => progress.Share)];
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], shares);
        Assert.True(said.OfType<NanoffEvent.Progress>().Count(progress => progress.Step == NanoffOutput.Flashing) > 8);
    }
}
