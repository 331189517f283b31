namespace WhispurrNet.Virtual.Tests;

/// <summary>What one board's radio saw, written down and played again without the others.</summary>
public sealed class TraceTests
{
    private static readonly TimeSpan s_time = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_contact_of_two_programs_is_played_to_the_client_alone()
    {
        (string trace, IReadOnlyList<string> lines) = RecordContact();
        (TracePlayer player, IReadOnlyList<string> again) = Play(trace, "Central.Run");

        Assert.Null(player.Deviation);
        Assert.Contains("notified 3", lines);
        Assert.Equal(lines, again);
        Assert.True(player.IsOver);
    }

    [Fact]
    public void A_board_that_does_otherwise_is_caught_at_the_first_record_that_differs()
    {
        (string trace, _) = RecordContact();
        (TracePlayer player, _) = Play(trace, "EchoServer.Run");

        Assert.Equal(2, player.Deviation!.Line);
        Assert.Equal("SetMode(2)", player.Deviation.Expected);
        Assert.Equal("SetMode(1)", player.Deviation.Actual);
    }

    [Fact]
    public void A_board_that_does_nothing_is_caught_too()
    {
        (string trace, _) = RecordContact();
        (TracePlayer player, _) = Play(trace, "Idle.Run");

        Assert.Equal(new TraceDeviation(2, "SetMode(2)", "nothing"), player.Deviation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"trace\":2,\"board\":\"a\",\"address\":1}")]
    [InlineData("{\"trace\":1,\"board\":\"a\",\"address\":1}\nnonsense")]
    public void What_is_no_trace_is_refused(string text)
    {
        using var clock = new BoardClock(double.PositiveInfinity);

        Assert.Throws<FormatException>(() => new TracePlayer(clock, new StringReader(text)));
    }

    // All boards start at one moment and are cut off at one.
    private static IReadOnlyList<string> Run(BoardClock clock, VirtualBoard board, params VirtualBoard[] others)
    {
        var lines = new List<string>();
        var end = new TaskCompletionSource();
        board.SerialLine += (_, line) => lines.Add(line.Text);
        board.PowerChanged += (_, power) =>
        {
            if (!power.IsOn)
            {
                end.TrySetResult();
            }
        };
        using (ClockHold hold = clock.Hold())
        {
            board.Start();
            Array.ForEach(others, other => other.Start());
            hold.Wait(s_time);
            board.PowerOff();
            Array.ForEach(others, other => other.PowerOff());
        }

        Assert.True(end.Task.Wait(TimeSpan.FromSeconds(30)));
        return lines;
    }

    private static (string Trace, IReadOnlyList<string> Lines) RecordContact()
    {
        var text = new StringWriter();
        using var bench = new Bench(double.PositiveInfinity);
        bench.Ether.Link("server", "client");
        bench.Run("server", "EchoServer.Run");
        var recorder = new TraceRecorder(bench.Ether, TextWriter.Synchronized(text));
        using VirtualBoard client = Program(bench.Clock, recorder, "client", "Central.Run");
        IReadOnlyList<string> lines = Run(bench.Clock, client);
        return (text.ToString(), lines);
    }

    private static (TracePlayer Player, IReadOnlyList<string> Lines) Play(string trace, string entry)
    {
        using var clock = new BoardClock(double.PositiveInfinity);
        var player = new TracePlayer(clock, new StringReader(trace));
        using VirtualBoard board = Program(clock, player, player.BoardName, entry);
        return (player, Run(clock, board));
    }

    private static VirtualBoard Program(BoardClock clock, IEther ether, string name, string entry) =>
        new(new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = 0xA00000000007,
            EntryAssembly = Bench.ProgramPath,
            EntryMethod = $"{Bench.Namespace}.{entry}",
            Clock = clock,
            Ether = ether,
        });
}
