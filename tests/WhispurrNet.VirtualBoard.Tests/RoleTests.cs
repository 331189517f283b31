namespace WhispurrNet.Virtual.Tests;

/// <summary>One role at a time, and what changing it costs (facts 1.1).</summary>
public sealed class RoleTests
{
    [Fact]
    public void Going_from_server_to_client_directly_throws_facts_1_1()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Serve();

        Assert.Equal("InvalidOperationException", board.Server("ScanWhileServing"));
    }

    [Fact]
    public void Going_through_not_running_works_and_back_again_on_the_same_provider_facts_1_7()
    {
        using var bench = new Bench();
        bench.Ether.Link("a", "b");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        b.Serve();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(2, a.Serve());
            a.Server("Stop");
            Assert.Contains($"{b.BluetoothAddress:X}", a.Scan());
            Assert.Equal("open", a.Open(b));
            Assert.Equal(0, a.Write(5));
            a.Client("Close");
            a.Client("Dispose");
        }

        Assert.Equal(2, a.Serve());
        b.Server("Stop");
        Assert.Contains($"{a.BluetoothAddress:X}", b.Scan());
    }

    [Fact]
    public async Task A_stack_restart_freezes_every_thread_facts_1_1()
    {
        using var bench = new Bench(speed: 4);
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Server("MeasureGaps");
        await bench.Pass(500);
        int before = (int)board.Server("LongestGapMs")!;

        board.Server("MeasureGaps");
        board.Serve();
        await bench.Pass(100);
        int during = (int)board.Server("LongestGapMs")!;

        Assert.InRange(before, 5, 50);
        Assert.True(during >= bench.Ether.Timings.StackStart, $"a gap of {during} ms");
    }

    [Fact]
    public void Stopping_a_scan_takes_the_stack_down_facts_1_1()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Scan(100);

        bench.ExpectAir(air => air.Kind == EtherEventKind.StackStopped, "stack stop");
        Assert.Equal(2, board.Serve());
    }

    [Fact]
    public void Disposing_of_a_device_while_serving_takes_the_server_down_facts_1_1()
    {
        using var bench = new Bench();
        bench.Ether.Link("a", "b");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        b.Serve();
        a.Scan();
        Assert.Equal("open", a.Open(b));
        a.Client("Close");
        bench.ExpectAir(air => air.Kind == EtherEventKind.StackStopped && air.From == "a", 2, "stack stop");
        a.Serve();

        // Right is to dispose before serving again; here it comes too late.
        a.Client("Dispose");

        bench.ExpectAir(air => air.Kind == EtherEventKind.StackStopped && air.From == "a", 3, "server stop");
    }

    [Fact]
    public void The_mode_counts_from_the_moment_it_is_set_even_if_the_stack_refused_facts_1_1()
    {
        using var bench = new Bench();
        bench.Ether.Link("a", "b");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        b.Serve();
        a.Serve();
        Assert.Equal("InvalidOperationException", a.Server("ScanWhileServing"));

        // The library now believes it is a client; the stack still serves, so a scan hears nobody.
        Assert.Equal("", a.Scan(500));
    }
}
