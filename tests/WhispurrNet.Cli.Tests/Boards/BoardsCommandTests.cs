using System.Text.Json;
using WhispurrNet.Cli.Boards;
using WhispurrNet.Cli.Up;
using WhispurrNet.Serial;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Tests;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Tests.Boards;

/// <summary><c>whispurr boards</c>: against virtual boards on real ptys.</summary>
public sealed class BoardsCommandTests : IDisposable
{
    private static readonly InquiryOptions s_ask = new(true, TimeSpan.Zero, InquiryOptions.UsualBaudRates);

    private readonly BoardClock _clock = new(1);
    private readonly Ether _ether;

    public BoardsCommandTests()
    {
        Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");
        _ether = new Ether(_clock, seed: 1);
    }

    public void Dispose()
    {
        _ether?.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task A_board_that_is_asked_says_its_firmware_and_its_program()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(board);
        port.Burn(Images.Of(
            PeBuilder.CoreLibrary,
            new PeBuilder("WhispurrNet.Board", new(0, 1, 0, 7)) { Content = new byte[5_000] },
            new PeBuilder("Kitchen", new(2, 3, 4, 5))).Bytes.Span);
        port.PowerOn();

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "boards", "--port", port.PortName, "--ask", "--json");

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        JsonElement found = JsonDocument.Parse(result.Output).RootElement.GetProperty("ports")[0];
        Assert.Equal(port.PortName, found.GetProperty("name").GetString());
        JsonElement answer = found.GetProperty("answer");
        Assert.Equal("ESP32_C3", answer.GetProperty("target").GetString());
        Assert.Equal("1.17.0.0", answer.GetProperty("clr").GetString());
        Assert.Equal("nanoCLR running @ virtual board", answer.GetProperty("build").GetString());
        Assert.False(answer.GetProperty("booter").GetBoolean());
        Assert.Equal(921_600, answer.GetProperty("baudRate").GetInt32());
        Assert.Equal("0.1.0.7", answer.GetProperty("whispurrNet").GetString());
        Assert.Equal(
            ["mscorlib 1.17.11.0", "WhispurrNet.Board 0.1.0.7", "Kitchen 2.3.4.5"],
            answer.GetProperty("program").EnumerateArray().Select(a => $"{a.GetProperty("name")} {a.GetProperty("version")}"));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("trouble").ValueKind);
    }

    [Fact]
    public async Task A_board_that_came_with_its_program_says_what_that_is()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(board);
        port.PowerOn();

        BoardAnswer answer = await new BoardInquiry(SerialPorts.ForThisSystem, s_ask)
            .RunAsync(port.PortName, TestContext.Current.CancellationToken);

        Version own = typeof(BoardInquiry).Assembly.GetName().Version!;
        Assert.Equal(own.ToString(), answer.WhispurrNet.ToString());
        Assert.Contains(answer.Program, assembly => assembly.Name == "EmotionSample");
    }

    [Fact]
    public async Task A_board_that_is_only_listened_to_says_its_name()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(board);
        var listen = new InquiryOptions(false, TimeSpan.FromSeconds(20), InquiryOptions.UsualBaudRates);
        Task<BoardAnswer> hearing = new BoardInquiry(SerialPorts.ForThisSystem, listen)
            .RunAsync(port.PortName, TestContext.Current.CancellationToken);
        port.PowerOn();

        BoardAnswer answer = await hearing;

        // Without settings a board has this name.
        Assert.Equal("board", answer.Name);
        Assert.NotEmpty(answer.Identity!);
        Assert.Null(answer.Firmware);
        Assert.Null(answer.Trouble);
    }

    [Fact]
    public async Task A_board_at_another_rate_is_found_there()
    {
        using VirtualBoard board = Make();
        await using var port = new PtyBoard(
            board, new PtyBoardOptions { Description = DeviceDescription.C3 with { BaudRate = 115_200 } });
        port.PowerOn();

        BoardAnswer answer = await new BoardInquiry(SerialPorts.ForThisSystem, s_ask)
            .RunAsync(port.PortName, TestContext.Current.CancellationToken);

        Assert.Equal(115_200, answer.BaudRate);
        Assert.Equal("ESP32_C3", answer.Firmware!.Target);
    }

    [Fact]
    public async Task Silence_a_busy_port_and_a_missing_one_are_each_told()
    {
        using PseudoTerminal silent = PseudoTerminal.Open();
        using PseudoTerminal busy = PseudoTerminal.Open();
        using ISerialPort holder = SerialPorts.ForThisSystem.Open(busy.Name, new SerialPortOptions());

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "boards", "--port", silent.Name, "--port", busy.Name, "--port", "/dev/ttyUSB_none", "--ask", "--listen", "0",
            "--json");

        Assert.Equal(1, result.ExitCode);
        string[] troubles = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("ports").EnumerateArray()
            .Select(port => port.GetProperty("answer").GetProperty("trouble").GetString()!)];
        Assert.Equal(
            ["Nothing answered.", $"{busy.Name} is in use by another program.", "There is no port /dev/ttyUSB_none."],
            troubles);
    }

    [Fact]
    public async Task Unasked_no_port_is_opened()
    {
        using PseudoTerminal port = PseudoTerminal.Open();
        using ISerialPort holder = SerialPorts.ForThisSystem.Open(port.Name, new SerialPortOptions());

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("boards", "--port", port.Name, "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.False(JsonDocument.Parse(result.Output).RootElement.GetProperty("ports")[0].TryGetProperty("answer", out _));
    }

    [Fact]
    public async Task Watching_ends_well_with_its_user()
    {
        using WhispurrProcess whispurr = WhispurrProcess.Start(
            new Dictionary<string, string>(), "boards", "--watch", "--port", "/dev/ttyUSB_none", "--json");
        Assert.Equal("""{"event":"watching"}""", await whispurr.ReadLineAsync());

        Assert.Equal(0, await whispurr.EndAsync());
        Assert.Equal(string.Empty, whispurr.ReadError());
    }

    [Fact]
    public void A_table_names_the_device_and_the_chip()
    {
        var bridge = new SerialPortInfo("/dev/ttyUSB0", 0x10C4, 0xEA60, "0001", "CP2102N");
        var own = new SerialPortInfo("/dev/ttyACM0", 0x303A, 0x1001, null, null);
        var strange = new SerialPortInfo("/dev/ttyACM1", 0x1234, 0x5678, null, "A \x1b[31mred\x1b[0m one");
        var answer = new BoardAnswer
        {
            Firmware = new TargetInfo(default, new(1, 17, 0, 0), "", "ESP32_C3", "ESP32", ""),
            Program = [new LoadedAssembly("WhispurrNet.Board", new(0, 1, 0, 0))],
            Name = "kitchen",
            Identity = "aa:bb",
        };

        Assert.Equal("/dev/ttyUSB0  10c4:ea60 CP2102/CP2104  ESP32 of any kind", BoardListing.ToLine(new(bridge, null)));
        Assert.Equal(
            "/dev/ttyACM0  303a:1001 USB-Serial-JTAG  ESP32-C3, C5, C6, C61, H2, P4 or S3  ESP32_C3 1.17.0.0  0.1.0.0  "
            + "kitchen aa:bb",
            BoardListing.ToLine(new(own, answer)));
        Assert.Equal("/dev/ttyACM1  1234:5678 A ?[31mred?[0m one", BoardListing.ToLine(new(strange, null)));
        Assert.Equal(6, BoardListing.ToTable([new(bridge, null), new(own, answer)]).Columns.Count);
        Assert.Equal(3, BoardListing.ToTable([new(bridge, null)]).Columns.Count);
    }

    private VirtualBoard Make() => new(new VirtualBoardOptions
    {
        Name = "b1",
        BluetoothAddress = 1,
        EntryAssembly = LineOptions.BundledProgram,
        Clock = _ether.Clock,
        Ether = _ether,
    });
}
