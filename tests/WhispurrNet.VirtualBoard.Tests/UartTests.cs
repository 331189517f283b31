namespace WhispurrNet.Virtual.Tests;

/// <summary>The UARTs of a board, as the firmware's driver has them.</summary>
public sealed class UartTests : IDisposable
{
    private readonly Bench _bench = new(double.PositiveInfinity);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Com1_is_free_only_while_the_debugger_uses_another_line()
    {
        VirtualBoard free = _bench.Run("free", "Idle.Run");
        Assert.Equal("open", Call(free, "Open", "COM1", 512, -1, -1));
        VirtualBoard held = _bench.Make("held", "Idle.Run");
        held.Uarts.DebuggerHoldsCom1 = true;
        held.Start();

        Assert.Equal("ArgumentException", Call(held, "Open", "COM1", 512, -1, -1));
    }

    [Fact]
    public void Com2_needs_pins_and_a_port_is_taken_by_its_first_object()
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        Assert.Equal("ArgumentException", Call(board, "Open", "COM2", 512, -1, -1));
        Assert.Equal("open", Call(board, "Open", "COM2", 512, 4, 5));
        Assert.Equal(921_600, board.Uarts[2].BaudRate);
        Assert.Equal("ArgumentException", Call(board, "OpenAgain", "COM2"));
    }

    [Fact]
    public async Task Bytes_go_both_ways_and_what_comes_before_the_port_is_open_is_lost()
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        board.Uarts[1].Deliver([1, 2, 3]);
        Assert.Equal(3, board.Uarts[1].Unheard);
        var sent = new List<byte>();
        board.Uarts[1].Sent += bytes => sent.AddRange(bytes.Span);
        Call(board, "Open", "COM1", 512, -1, -1);
        board.Uarts[1].Deliver([10, 20, 30]);
        await _bench.Pass(100);

        Assert.Equal("3 bytes, told", Call(board, "Seen"));
        Assert.Equal("2 bytes, sum 30", Call(board, "Read", 2, 1000));
        Call(board, "Write", 300);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (byte)i), sent);
    }

    [Fact]
    public void A_read_gives_all_that_was_asked_for_or_nothing()
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        Call(board, "Open", "COM1", 512, -1, -1);
        board.Uarts[1].Deliver([5, 6]);

        Assert.Equal("timeout", Call(board, "Read", 3, 1000));
        board.Uarts[1].Deliver([7]);
        Assert.Equal("3 bytes, sum 18", Call(board, "Read", 3, 1000));
    }

    [Fact]
    public void A_buffer_that_overflows_loses_all_that_was_in_it()
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        Call(board, "Open", "COM1", 200, -1, -1);
        board.Uarts[1].Deliver(new byte[200]);
        Assert.StartsWith("200 bytes", (string)Call(board, "Seen")!);
        board.Uarts[1].Deliver([1]);

        Assert.StartsWith("0 bytes", (string)Call(board, "Seen")!);
        Assert.Equal(201, board.Uarts[1].Overrun);
    }

    private static object? Call(VirtualBoard board, string step, params object[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.Peripherals.Uarts", step, arguments);
}
