using WhispurrNet.DeviceImages;
using WhispurrNet.DeviceImages.Deploying;
using WhispurrNet.Serial;
using WhispurrNet.Virtual.Serial.Line;
using WhispurrNet.Virtual.Serial.Programs;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>A real pty with device programs behind it.</summary>
public sealed class PtyBoardTests : IDisposable
{
    private static readonly Exception? s_noPty = ProbePty();

    private readonly BoardClock _clock = new(20);
    private readonly Ether _ether;
    private readonly ProgramImage _hello = ProgramImage.Create("BoardPrograms");
    private readonly ProgramImage _button = ProgramImage.Create("ButtonSample");

    public PtyBoardTests()
    {
        Assert.SkipWhen(s_noPty is not null, $"This machine gives no pty: {s_noPty?.Message}");
        _ether = new Ether(_clock, seed: 1);
    }

    [Fact]
    public async Task ItsProgramPrintsRawTextAndEndsWithAPacket()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(board);
        using ISerialPort line = Open(port);
        var sink = new LineSink();
        await using var client = new WireProtocolClient(line, sink);
        port.PowerOn();
        await Eventually.Is(() => sink.Text.Contains("waited 5", StringComparison.Ordinal));
        Assert.Contains("hello\r\n", sink.Text, StringComparison.Ordinal);
        await Eventually.Is(() => sink.Packets.Contains(Command.ProgramExit));
        Assert.Equal(Command.Ping, sink.Packets[0]);
        PingPayload ping = await client.PingAsync(cancellation: TestContext.Current.CancellationToken);
        Assert.True(ping.Flags.HasFlag(PingFlags.ProgramExited));
    }

    [Fact]
    public async Task AfterADeploymentTheOtherProgramRuns()
    {
        using VirtualBoard board = Make();
        var programs = _hello.Known();
        programs.AddFolder(_button.Folder);
        await using var port = new PtyBoard(board, new() { Programs = programs });
        port.PowerOn();
        using ISerialPort line = Open(port);
        var sink = new LineSink();
        await using var client = new WireProtocolClient(line, sink);
        await DeployAsync(client, _button.Image);
        await Eventually.Is(() => sink.Text.Contains("only relays", StringComparison.Ordinal));
        await DeployAsync(client, _hello.Image);
        await Eventually.Is(() => sink.Text.Contains("waited 5", StringComparison.Ordinal));
        Assert.Equal(0, port.PulledAway);
    }

    [Fact]
    public async Task AnImageItDoesNotKnowIsRefusedClearly()
    {
        using VirtualBoard board = Make();
        string? refusal = null;
        await using var port = new PtyBoard(board, new() { Programs = _hello.Known() });
        port.Refused += (_, reason) => refusal = reason;
        port.PowerOn();
        using ISerialPort line = Open(port);
        var sink = new LineSink();
        await using var client = new WireProtocolClient(line, sink);
        await DeployAsync(client, _button.Image);
        await Eventually.Is(() => refusal is not null);
        Assert.Contains("This virtual board does not know", refusal, StringComparison.Ordinal);
        await Eventually.Is(() => sink.Text.Contains(refusal!, StringComparison.Ordinal));
        Assert.False(board.IsOn);
    }

    [Fact]
    public void AnAssemblyThatWasBuiltAnewIsRefused()
    {
        File.AppendAllText(Path.Combine(_hello.Folder, "WhispurrNet.BoardPrograms.exe"), "x");
        Assert.Null(_hello.Known().Find(_hello.Image.Parts, out string? refusal));
        Assert.Contains("built anew", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherBuildOfAKnownAssemblyIsRefused()
    {
        ImagePart[] parts = [.. _hello.Image.Parts];
        parts[^1] = parts[^1] with { Assembly = parts[^1].Assembly with { Sha256 = new string('0', 64) } };
        Assert.Null(_hello.Known().Find(parts, out string? refusal));
        Assert.Contains("not this build of it", refusal, StringComparison.Ordinal);
        Assert.NotNull(_hello.Known().Find(_hello.Image.Parts, out _));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task ADeploymentInterruptedOnTheRealLineIsDoneAgain(int seed)
    {
        using VirtualBoard board = Make();
        var faults = new DeviceFaults { PowerCutAfterReceived = new Random(seed).Next(340, 2_000) };
        await using var port = new PtyBoard(board, new() { Programs = _hello.Known(), Faults = faults });
        port.PowerOn();
        using ISerialPort line = Open(port);
        var sink = new LineSink();
        await using (var client = new WireProtocolClient(line, sink, new(TimeSpan.FromSeconds(2), 1)))
        {
            await Assert.ThrowsAsync<WireProtocolException>(() => DeployAsync(client, _hello.Image));
        }

        Assert.False(port.IsOn);
        port.PowerOn();
        await using var again = new WireProtocolClient(line, sink);
        await DeployAsync(again, _hello.Image);
        await Eventually.Is(() => sink.Text.Contains("waited 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AtAnotherRateEverythingIsGarbled()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(board);
        using ISerialPort line = SerialPorts.ForThisSystem.Open(port.PortName, new(460_800));
        var sink = new LineSink();
        await using var client = new WireProtocolClient(line, sink, new(TimeSpan.FromMilliseconds(200), 1));
        port.PowerOn();
        await Eventually.Is(() => sink.Text.Length > 20);
        Assert.DoesNotContain("hello", sink.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WireProtocolException>(
            () => client.PingAsync(cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void TheRomIsReadAtItsOwnRateOnly()
    {
        byte[] text = "ESP-ROM:esp32c3\r\n"u8.ToArray();
        Assert.Equal(text, UartLine.Resample(text, 115_200, 115_200));
        byte[] fast = UartLine.Resample(text, 115_200, 921_600);
        Assert.NotEmpty(fast);
        Assert.False(fast.AsSpan().IndexOf("ROM"u8) >= 0);

        // A little off is read well, as real lines are.
        Assert.Equal(text, UartLine.Resample(text, 115_200, 117_000));
    }

    public void Dispose()
    {
        _ether?.Dispose();
        _clock.Dispose();
        _hello.Dispose();
        _button.Dispose();
    }

    private static Exception? ProbePty()
    {
        try
        {
            WhispurrNet.Serial.Unix.PseudoTerminal.Open().Dispose();
            return null;
        }
        catch (Exception e) when (e is SerialPortException or PlatformNotSupportedException)
        {
            return e;
        }
    }

    private static ISerialPort Open(PtyBoard port) =>
        SerialPorts.ForThisSystem.Open(port.PortName, new SerialPortOptions());

    private static async Task DeployAsync(WireProtocolClient client, DeploymentImage image)
    {
        var deployer = new Deployer(client);
        DeployPlan plan = await deployer.PlanAsync(image, TestContext.Current.CancellationToken);
        await deployer.DeployAsync(plan, null, TestContext.Current.CancellationToken);
    }

    private VirtualBoard Make() => new(new VirtualBoardOptions
    {
        Name = "b1",
        BluetoothAddress = 1,
        EntryAssembly = Path.Combine(_hello.Folder, "WhispurrNet.BoardPrograms.exe"),
        Clock = _clock,
        Ether = _ether,
    });
}
