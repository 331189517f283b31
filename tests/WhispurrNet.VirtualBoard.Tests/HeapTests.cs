namespace WhispurrNet.Virtual.Tests;

/// <summary>The managed heap of a profile: what counts, what comes back, and what is refused (facts 1.6 and 7).</summary>
public sealed class HeapTests
{
    [Theory]
    [InlineData("Leak")]
    [InlineData("StartThreads")]
    public void A_program_that_keeps_everything_runs_out_of_memory_facts_7(string method)
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.C3);

        Exception refused = Assert.Throws<OutOfMemoryException>(() => Call(board, method));

        Assert.Contains("of 54472 bytes are free", refused.Message, StringComparison.Ordinal);
        Assert.InRange(board.Heap!.Refused, 1, 20);
        Assert.InRange(board.Heap.UsedBytes, 54_472 - 2_000, 54_472);
    }

    [Fact]
    public void A_call_lies_on_the_heap_and_a_recursion_without_end_fills_it_facts_7()
    {
        using var bench = new Bench();
        VirtualBoard small = Start(bench, BoardProfile.C3);
        VirtualBoard large = Start(bench, BoardProfile.S3Octal, "b");

        Assert.Throws<OutOfMemoryException>(() => Call(small, "Recurse", 0));
        Assert.Throws<OutOfMemoryException>(() => Call(small, "Descend", 400));
        Assert.Equal(25, Call(small, "Descend", 25));
        Assert.Equal(400, Call(large, "Descend", 400));
        Assert.Throws<OutOfMemoryException>(() => Call(large, "Recurse", 0));
    }

    [Fact]
    public void No_object_has_more_than_65535_blocks_facts_7()
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.S3Octal);

        Call(board, "TakeArray", 786_420 - 20);
        Exception refused = Assert.Throws<OutOfMemoryException>(() => Call(board, "TakeArray", 786_420 - 19));

        Assert.Contains("an object may have 786420 bytes", refused.Message, StringComparison.Ordinal);
        Assert.True(board.Heap!.LimitBytes - board.Heap.UsedBytes > 1_000_000);
    }

    [Fact]
    public void Everything_takes_whole_blocks_of_12_bytes_facts_7()
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.C3);

        // An array of four references, an object of two fields, a boxed number, a text of 30, a delegate.
        Assert.Equal("72 36 24 48 36", Call(board, "Sizes"));
        Assert.Equal("1020 1020", Call(board, "Free", 1000));
    }

    [Fact]
    public void Garbage_is_collected_when_an_allocation_does_not_fit()
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.C3);

        Assert.Equal(2_000_000, Call(board, "Litter", 2000));
        Assert.Equal("number 2999 of 3000".Length, Call(board, "LitterText", 3000));
        Assert.Equal(40, Call(board, "RunThreads", 40));

        Assert.Equal(0, board.Heap!.Refused);
    }

    [Fact]
    public void A_program_may_catch_it_let_go_and_go_on()
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.C3);

        Assert.Equal("went on with 100", Call(board, "Recover"));
    }

    [Fact]
    public void A_restart_empties_the_heap_and_the_host_may_shrink_it_at_any_time()
    {
        using var bench = new Bench();
        VirtualBoard board = Start(bench, BoardProfile.C3);
        Call(board, "TakeArray", 6_000);
        long used = board.Heap!.UsedBytes;

        board.Restart();
        Assert.InRange(board.Heap.UsedBytes, 1, used - 6_000);
        board.Heap.LimitBytes = board.Heap.UsedBytes + 3_000;
        Assert.Throws<OutOfMemoryException>(() => Call(board, "TakeArray", 6_000));
        board.Heap.LimitBytes = BoardProfile.C3.HeapBytes;
        Call(board, "TakeArray", 6_000);
    }

    [Fact]
    public void Without_a_profile_nothing_is_counted()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Call(board, "TakeArray", 2_000_000);

        Assert.Null(board.Heap);
    }

    private static VirtualBoard Start(Bench bench, BoardProfile profile, string name = "a")
    {
        VirtualBoard board = bench.Start(bench.Make(name, "Memory.Run", profile: profile));
        bench.Expect(board, "ready");
        return board;
    }

    private static object? Call(VirtualBoard board, string method, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.Memory", method, arguments);
}
