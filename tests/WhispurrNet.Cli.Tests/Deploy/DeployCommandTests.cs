using System.Text.Json;
using WhispurrNet.Cli.Deploy;
using WhispurrNet.Cli.Up;
using WhispurrNet.DeviceImages;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Tests;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;
using WhispurrNet.Virtual.Serial.Tests.Support;

namespace WhispurrNet.Cli.Tests.Deploy;

/// <summary><c>whispurr deploy</c> as a process, against virtual boards on real ptys.</summary>
public sealed class DeployCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr-deploy-").FullName;
    private readonly BoardClock _clock = new(1);

    [Fact]
    public async Task An_image_is_deployed()
    {
        RequirePty();
        using var ether = new Ether(_clock, seed: 1);
        using VirtualBoard board = Make(ether);
        await using var port = new PtyBoard(board);
        port.PowerOn();
        string image = Write(Images.Random(1));

        WhispurrProcess.Result dry = await WhispurrProcess.RunAsync(
            "deploy", "--port", port.PortName, "--image", image, "--dry-run");
        Assert.Equal(string.Empty, dry.Error);
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("ESP32_C3", dry.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was written", dry.Output, StringComparison.Ordinal);
        Assert.True(board.IsOn);

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "deploy", "--port", port.PortName, "--image", image, "--json");
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(report.GetProperty("written").GetBoolean());
        Assert.True(report.GetProperty("restarted").GetBoolean());
        Assert.Equal(3, report.GetProperty("assemblies").GetArrayLength());
    }

    [Fact]
    public async Task An_image_that_does_not_fit_is_refused_in_one_sentence_each()
    {
        RequirePty();
        using var ether = new Ether(_clock, seed: 1);
        using VirtualBoard board = Make(ether);
        await using var port = new PtyBoard(board);
        port.PowerOn();
        string image = Write(Images.Of(PeBuilder.CoreLibrary with { NativeChecksum = 1 }));

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "deploy", "--port", port.PortName, "--image", image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "mscorlib 1.17.11.0 needs native code with checksum 0x00000001", result.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was written.", result.Error, StringComparison.Ordinal);
        Assert.True(board.IsOn);
    }

    [Fact]
    public async Task Boards_of_up_can_be_deployed_to()
    {
        RequirePty();
        string image = Write(Images.Random(2));
        using WhispurrProcess up = WhispurrProcess.Start(
            new Dictionary<string, string>(), "up", "--boards", "2", "--port", "0", "--serial", "--json");
        JsonElement started = JsonDocument.Parse((await up.ReadLineAsync())!).RootElement;
        string[] ports = [.. started.GetProperty("ports").EnumerateArray().Select(p => p.GetString()!)];
        Assert.Equal(2, ports.Length);

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "deploy", "--port", ports[1], "--image", image, "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.True(JsonDocument.Parse(result.Output).RootElement.GetProperty("written").GetBoolean());
    }

    [Fact]
    public async Task A_board_at_another_rate_is_found_and_a_silent_one_is_not()
    {
        RequirePty();
        using var ether = new Ether(_clock, seed: 1);
        using VirtualBoard board = Make(ether);
        await using var port = new PtyBoard(
            board, new() { Description = DeviceDescription.C3 with { BaudRate = 115_200 } });
        port.PowerOn();
        string image = Write(Images.Random(6));

        WhispurrProcess.Result found = await WhispurrProcess.RunAsync(
            "deploy", "--port", port.PortName, "--image", image, "--dry-run");
        Assert.Equal(0, found.ExitCode);

        WhispurrProcess.Result lost = await WhispurrProcess.RunAsync(
            "deploy", "--port", port.PortName, "--image", image, "--baud", "921600");
        Assert.Equal(1, lost.ExitCode);
        Assert.Contains("No board answers", lost.Error, StringComparison.Ordinal);
        Assert.True(board.IsOn);
    }

    [Fact]
    public async Task A_single_board_can_be_deployed_to()
    {
        RequirePty();
        using WhispurrProcess board = WhispurrProcess.Start(
            new Dictionary<string, string>(), "board", LineOptions.BundledProgram, "--serial", "--json");
        JsonElement said = JsonDocument.Parse((await board.ReadLineAsync())!).RootElement;
        Assert.Equal("port", said.GetProperty("event").GetString());

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "deploy", "--port", said.GetProperty("name").GetString()!, "--image", Write(Images.Random(5)), "--dry-run");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("nothing was written", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy --image x.bin", "--port")]
    [InlineData("deploy --port /dev/none", "--image FILE or --build PROJECT")]
    [InlineData("deploy --port /dev/none --image x --build y", "--image FILE or --build PROJECT")]
    [InlineData("deploy --port /dev/none --image /nowhere/x.bin", "There is no image")]
    [InlineData("deploy --port /dev/none --build /nowhere/x.nfproj", "There is no project")]
    [InlineData("deploy --port /dev/none --image x --via pigeon", "wire or nanoff")]
    [InlineData("deploy --port /dev/none --image x --baud 0", "--baud")]
    [InlineData("up --images folder", "--images needs --serial")]
    public async Task What_the_user_has_to_change_is_said(string line, string sentence)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_file_that_is_no_image_and_a_port_that_is_none_are_refused()
    {
        string junk = Path.Combine(_folder, "junk.bin");
        File.WriteAllBytes(junk, new byte[500]);
        WhispurrProcess.Result image = await WhispurrProcess.RunAsync("deploy", "--port", "/dev/none", "--image", junk);
        Assert.Equal(2, image.ExitCode);
        Assert.Contains("at byte 0 there is no PE file", image.Error, StringComparison.Ordinal);

        WhispurrProcess.Result port = await WhispurrProcess.RunAsync(
            "deploy", "--port", "/dev/none", "--image", Write(Images.Random(3)));
        Assert.Equal(1, port.ExitCode);
        Assert.Single(port.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Nanoff_is_told_the_port_and_the_image_and_never_a_target()
    {
        string image = Write(Images.Random(4));
        WhispurrProcess.Result dry = await WhispurrProcess.RunAsync(
            "deploy", "--port", "/dev/ttyUSB0", "--image", image, "--via", "nanoff", "--dry-run");
        Assert.StartsWith(
            $"nanoff --nanodevice --deploy --serialport /dev/ttyUSB0 --image {image}",
            dry.Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("--target", dry.Output, StringComparison.Ordinal);

        WhispurrProcess.Result missing = await WhispurrProcess.RunAsync(
            new Dictionary<string, string> { ["PATH"] = _folder },
            "deploy", "--port", "/dev/ttyUSB0", "--image", image, "--via", "nanoff");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("dotnet tool install -g nanoff", missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "/p/X.nfproj : error NU1101: Unable to find package nanoFramework.Device.Bluetooth. No packages exist",
        "needs the package nanoFramework.Device.Bluetooth")]
    [InlineData("/p/X.cs(3,4): error CS1002: ; expected [/p/X.nfproj]", "cannot be built: CS1002: ; expected")]
    [InlineData("", "makes no image")]
    public void A_failed_build_is_explained(string output, string sentence) =>
        Assert.Contains(sentence, ImageBuilder.Explain("X.nfproj", output), StringComparison.Ordinal);

    public void Dispose()
    {
        _clock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void RequirePty() =>
        Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");

    private static VirtualBoard Make(Ether ether) => new(new VirtualBoardOptions
    {
        Name = "b1",
        BluetoothAddress = 1,
        EntryAssembly = LineOptions.BundledProgram,
        Clock = ether.Clock,
        Ether = ether,
    });

    private string Write(DeploymentImage image)
    {
        string path = Path.Combine(_folder, $"{image.Bytes.Length}.bin");
        File.WriteAllBytes(path, image.Bytes.ToArray());
        return path;
    }
}
