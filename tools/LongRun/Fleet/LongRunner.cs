using WhispurrNet.LongRun.Faults;
using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>Lets a fleet live for a time: faults, whispers of the desk, and the ledger that is kept of it.</summary>
internal sealed class LongRunner(RunOptions options, Action<FaultyFleet>? progress = null)
{
    private static readonly TimeSpan DeskPause = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan ProcessPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProgressPause = TimeSpan.FromHours(6);

    private readonly PriorityQueue<Action, (double Ms, int Order)> _plan = new();
    private int _order;
    private double _nowMs;

    /// <summary>Runs it to its end.</summary>
    public RunReport Run()
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        using var fleet = new FaultyFleet(options);
        var faults = new FaultInjector(fleet, options.Seed, options.Loss);
        using (ClockHold hold = fleet.Clock.Hold())
        {
            Live(hold, fleet, faults);
        }

        return RunReport.Of(options, fleet, faults, System.Diagnostics.Stopwatch.GetElapsedTime(started));
    }

    private void Live(ClockHold hold, FaultyFleet fleet, FaultInjector faults)
    {
        fleet.Start();
        Repeat(ProcessPause, () => fleet.Journal.Process(fleet.Clock.NowMs));
        Repeat(DeskPause, () => fleet.WhisperFromDesk($"desk {fleet.Clock.NowMs}"));
        Repeat(ProgressPause, () => progress?.Invoke(fleet));
        if (options.WithFaults)
        {
            PlanFault(faults);
        }

        double endMs = options.Duration.TotalMilliseconds;
        while (_plan.TryDequeue(out Action? action, out (double Ms, int Order) due) && due.Ms < endMs)
        {
            WaitUntil(hold, fleet.Clock, due.Ms);
            action();
        }

        WaitUntil(hold, fleet.Clock, endMs);
    }

    private void WaitUntil(ClockHold hold, BoardClock clock, double ms)
    {
        double pauseMs = ms - clock.NowMs;
        if (pauseMs > 0)
        {
            hold.Wait(TimeSpan.FromMilliseconds(pauseMs));
        }

        _nowMs = ms;
    }

    private void PlanFault(FaultInjector faults) => Plan(faults.Pause(options.BetweenFaults), () =>
    {
        faults.Strike(Plan);
        PlanFault(faults);
    });

    private void Repeat(TimeSpan period, Action action) => Plan(period, () =>
    {
        action();
        Repeat(period, action);
    });

    private void Plan(TimeSpan after, Action action) =>
        _plan.Enqueue(action, (_nowMs + after.TotalMilliseconds, _order++));
}
