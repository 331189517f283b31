namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>A clock that runs faster than the real one, for nodes that wait for seconds before they say something.</summary>
/// <param name="speed">Its seconds in one real second.</param>
internal sealed class FastTime(int speed) : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _origin = System.GetTimestamp();

    private long _skipped;

    /// <summary>Lets time pass unseen, as on a machine that sleeps.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, (long)(time.TotalSeconds * TimestampFrequency));

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() =>
        ((System.GetTimestamp() - _origin) * speed) + Interlocked.Read(ref _skipped);

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    private TimeSpan Real(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class Timer(ITimer real, FastTime clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(clock.Real(dueTime), clock.Real(period));

        public void Dispose() => real.Dispose();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
