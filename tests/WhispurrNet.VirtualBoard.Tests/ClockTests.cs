namespace WhispurrNet.Virtual.Tests;

/// <summary>Board time.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.09)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Speeds_below_a_tenth_are_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoardClock(speed));

    [Theory]
    [InlineData(0.5)]
    [InlineData(100)]
    public async Task Timers_run_in_order_at_the_time_they_are_due(double speed)
    {
        using var clock = new BoardClock(speed);
        var times = new List<long>();
        int[] delays = [70, 10, 40, 10];
        var done = new TaskCompletionSource();
        clock.Schedule(0, () =>
        {
            // On the clock's thread, where no time passes meanwhile.
            long start = clock.NowMicros;
            foreach (int delay in delays)
            {
                clock.ScheduleMs(delay, () => Add(clock.NowMicros - start));
            }
        });

        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal([10_000, 10_000, 40_000, 70_000], times);

        void Add(long time)
        {
            times.Add(time);
            if (times.Count == delays.Length)
            {
                done.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_canceled_timer_does_not_run()
    {
        using var clock = new BoardClock(10);
        bool ran = false;
        clock.ScheduleMs(20, () => ran = true).Cancel();
        await clock.Delay(TimeSpan.FromMilliseconds(40), TestContext.Current.CancellationToken);

        Assert.False(ran);
    }

    [Fact]
    public void A_busy_loop_does_not_stop_time_for_good()
    {
        using var bench = new Bench();
        VirtualBoard busy = bench.Run("a", "Threads.Abort");
        VirtualBoard other = bench.Run("b", entry: null);

        Assert.InRange(int.Parse(bench.Expect(other, "waited ")), 500, 505);
        Assert.Equal("True", bench.Expect(busy, "aborted "));
        Assert.True(bench.Clock.HeldMs > 0);
    }

    [Fact]
    public void Threads_that_only_wake_each_other_do_not_stop_time_for_good()
    {
        using var bench = new Bench();

        bench.Expect(bench.Run("a", "Threads.PingPong"), "a second has passed");
    }
}
