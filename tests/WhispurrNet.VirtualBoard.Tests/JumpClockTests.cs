using System.Diagnostics;

namespace WhispurrNet.Virtual.Tests;

/// <summary>Board time that jumps to the next timer as soon as no board has work.</summary>
public sealed class JumpClockTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_year_without_work_passes_at_once()
    {
        using var clock = new BoardClock(double.PositiveInfinity);
        long real = Stopwatch.GetTimestamp();
        TimeSpan year = TimeSpan.FromDays(365);
        await clock.Delay(year, TestContext.Current.CancellationToken);

        Assert.Equal(year.TotalMilliseconds, clock.NowMs);
        Assert.True(Stopwatch.GetElapsedTime(real) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Waits_on_a_board_last_exactly_as_long_as_they_should()
    {
        using var bench = new Bench(double.PositiveInfinity);
        using (bench.Clock.Hold())
        {
            VirtualBoard board = bench.Run("a", entry: null);
            Assert.Equal(0, bench.Clock.NowMs);
            board.InvokeStatic($"{Bench.Namespace}.Threads", "WaitAnHour", 7);
            Assert.Equal(7 * 3600 * 1000L, bench.Clock.NowMs);
            Assert.Equal("500", bench.Expect(board, "waited "));
        }
    }

    [Fact]
    public void Timers_and_timeouts_keep_their_order_and_time()
    {
        using var bench = new Bench(double.PositiveInfinity);
        VirtualBoard board = bench.Run("a", "Threads.Wait");

        Assert.Equal("10", bench.Expect(board, "ticks "));
        Assert.Equal("False 300", bench.Expect(board, "timeout "));
        Assert.Equal("1", bench.Expect(board, "any "));
        Assert.Equal("False", bench.Expect(board, "all "));
    }

    [Fact]
    public void A_hold_lets_exactly_so_much_time_pass()
    {
        using var bench = new Bench(double.PositiveInfinity);
        bench.Run("a", "Threads.TimerThrows");
        using ClockHold hold = bench.Clock.Hold();
        long start = bench.Clock.NowMicros;
        for (int i = 1; i <= 50; i++)
        {
            hold.Wait(s_minute);
            Assert.Equal(start + (i * 60_000_000L), bench.Clock.NowMicros);
        }

        Assert.Throws<InvalidOperationException>(() => bench.Clock.Hold());
        Assert.False(hold.WaitUntil(() => false, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)));
        Assert.Equal(start + (50 * 60_000_000L) + 3_000_000, bench.Clock.NowMicros);
    }

    [Fact]
    public void A_busy_loop_sees_real_time_pass()
    {
        using var bench = new Bench(double.PositiveInfinity);
        VirtualBoard busy = bench.Run("a", "Threads.Abort");
        VirtualBoard other = bench.Run("b", entry: null);

        Assert.InRange(int.Parse(bench.Expect(other, "waited ")), 500, 505);
        Assert.Equal("True", bench.Expect(busy, "suspended "));
        Assert.Equal("True", bench.Expect(busy, "resumed "));
        Assert.Equal("True", bench.Expect(busy, "aborted "));
    }

    [Fact]
    public void Threads_that_only_wake_each_other_do_not_stop_time_for_good()
    {
        using var bench = new Bench(double.PositiveInfinity);

        bench.Expect(bench.Run("a", "Threads.PingPong"), "a second has passed");
    }

    [Fact]
    public void A_thread_that_waits_for_a_lock_goes_on_at_the_time_it_is_given_back()
    {
        using var bench = new Bench(double.PositiveInfinity);
        VirtualBoard board = bench.Run("a", "Threads.PassLock");

        Assert.Equal("60000 120000 180000", bench.Expect(board, "got it after "));
    }

    [Fact]
    public void Two_boards_meet_in_the_same_board_time_as_ever()
    {
        using var bench = new Bench(double.PositiveInfinity);
        bench.Ether.Link("server", "client");
        using (bench.Clock.Hold())
        {
            bench.Run("server", "EchoServer.Run");
            bench.Run("client", "Central.Run");
        }

        bench.ExpectAir(air => air.Kind == EtherEventKind.Disconnected, "end of the contact");
        long connected = bench.ExpectAir(air => air.Kind == EtherEventKind.Connected, "contact").BoardMs;
        long written = bench.ExpectAir(air => air.Kind == EtherEventKind.Write, "write").BoardMs;
        long answered = bench.ExpectAir(air => air.Kind == EtherEventKind.Notification, "answer").BoardMs;

        // Discovery takes an exchange per attribute; the answer comes at the next connection event.
        Assert.InRange(written - connected, 500, 1500);
        Assert.InRange(answered - written, 40, 160);
        Assert.DoesNotContain(bench.Air, air => air.Kind == EtherEventKind.ResponseTimeout);
    }

    [Fact]
    public async Task Board_time_waits_for_what_is_under_way_on_a_socket()
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench(double.PositiveInfinity);
        VirtualBoard board = bench.Run("a", "Threads.TimerThrows");
        bench.Until(() => board.Wifi.IsUp, "an address", board);
        string[] back = ((string)board.InvokeStatic(
            $"{Bench.Namespace}.SocketSteps", "RoundTrips", host.Url(), 200)!).Split(' ');

        // The board's ten timers a second do not race ahead of an echo, unless the host stalls for so long.
        Assert.Equal("200", back[0]);
        Assert.InRange(int.Parse(back[1]), 150, 200);
    }
}
