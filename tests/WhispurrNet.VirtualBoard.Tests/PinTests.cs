namespace WhispurrNet.Virtual.Tests;

/// <summary>Pins from both sides: wired up by the host, used by programs.</summary>
public sealed class PinTests
{
    private const int Lamp = 8;
    private const int Button = 9;

    [Fact]
    public void A_lamp_follows_a_button()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Pins.Follow");
        var seen = new List<PinReport>();
        board.PinChanged += (_, report) => seen.Add(report);
        board.Start();
        Assert.Equal("High", bench.Expect(board, "ready "));
        Assert.Equal(PinDrive.Output, board.Pins.Mode(Lamp));

        board.Pins.Set(Button, high: false);
        bench.Until(() => board.Pins.IsHigh(Lamp), "light", board);
        board.Pins.Release(Button);
        bench.Until(() => seen.Count == 2, "lamp reports", board);

        Assert.Equal([true, false], seen.Select(report => report.IsHigh));
        Assert.All(seen, report => Assert.Equal(Lamp, report.Pin));
    }

    [Fact]
    public void What_the_host_connects_survives_a_power_cycle_and_what_a_program_set_up_does_not()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Pins.Follow");
        board.Pins.Set(Button, high: false);
        board.Start();
        Assert.Equal("Low", bench.Expect(board, "ready "));
        board.Pins.Release(Button);
        board.Pins.Set(Button, high: false);
        bench.Until(() => board.Pins.IsHigh(Lamp), "light", board);

        board.PowerOff();

        Assert.False(board.Pins.IsHigh(Lamp));
        Assert.Null(board.Pins.Mode(Lamp));
        Assert.False(board.Pins.IsHigh(Button));
    }

    [Fact]
    public async Task Bouncing_counts_until_it_is_debounced()
    {
        using var bench = new Bench(speed: 1);
        VirtualBoard raw = bench.Run("a", "Idle.Run");
        raw.InvokeStatic($"{Bench.Namespace}.Pins", "Count", 0);
        Bounce(raw);
        bench.Until(() => (string)raw.InvokeStatic($"{Bench.Namespace}.Pins", "Edges")! == "2 3", "every edge", raw);

        VirtualBoard debounced = bench.Run("b", "Idle.Run");
        debounced.InvokeStatic($"{Bench.Namespace}.Pins", "Count", 200);
        Bounce(debounced);
        await bench.Pass(250);
        bench.Until(
            () => (string)debounced.InvokeStatic($"{Bench.Namespace}.Pins", "Edges")! == "0 1", "one edge", debounced);

        static void Bounce(VirtualBoard board)
        {
            board.Pins.Set(Button, false);
            board.Pins.Set(Button, true);
            board.Pins.Set(Button, false);
            board.Pins.Set(Button, true);
            board.Pins.Set(Button, false);
        }
    }

    [Fact]
    public async Task A_slow_handler_stalls_the_events_and_the_queue_loses_what_it_cannot_hold_facts_1_5()
    {
        using var bench = new Bench(speed: 20);
        VirtualBoard board = bench.Run("a", "Pins.SlowHandler");
        bench.Expect(board, "listening");
        for (int i = 0; i < 400; i++)
        {
            board.Pins.Set(Button, i % 2 == 1);
        }

        bench.Expect(board, "edge");
        await bench.Pass(4000);

        Assert.Single(bench.Lines(board), line => line == "edge");
        Assert.InRange(board.DroppedEvents, 400 - 130, 400 - 128);
    }

    [Fact]
    public void What_the_pin_cannot_do_is_refused()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Throws<ArgumentException>(() => Call(board, "WriteInput"));
        Assert.Throws<InvalidOperationException>(() => Call(board, "OpenTwice"));
        board.Restart();
        Assert.Throws<ObjectDisposedException>(() => Call(board, "UseClosed"));
        Assert.Throws<InvalidOperationException>(() => Call(board, "Drive", 22));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Pins.Set(22, true));
    }

    [Fact]
    public void An_input_only_pin_and_one_of_the_flash_cannot_drive_a_lamp()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Start(bench.Make("a", "Idle.Run", profile: BoardProfile.Esp32BleRev3));

        Call(board, "Drive", 2);
        Assert.True(board.Pins.IsHigh(2));
        Assert.Throws<ArgumentException>(() => Call(board, "Drive", 34));
        Assert.Throws<InvalidOperationException>(() => Call(board, "Drive", 6));
    }

    [Fact]
    public void An_output_reads_low_whatever_it_drives()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Equal("Low", Call(board, "InvertByReading"));
        Assert.False(board.Pins.IsHigh(Lamp));
    }

    private static object? Call(VirtualBoard board, string method, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.Pins", method, arguments);
}
