using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>
/// Board time as a <see cref="TimeProvider"/> whose callbacks run on the clock's own thread: board time stands still
/// until they are through, so not even a clock that jumps from event to event can leave them behind.
/// </summary>
internal sealed class ClockTimeProvider(BoardClock clock) : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch.AddYears(56);

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => clock.NowMicros;

    public override DateTimeOffset GetUtcNow() => _start.AddMicroseconds(clock.NowMicros);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            throw new NotSupportedException("Timers on board time run once; set them again with Change.");
        }

        var timer = new OnceTimer(clock, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class OnceTimer(BoardClock clock, Action callback) : ITimer
    {
        private readonly Lock _lock = new();
        private ClockTimer? _next;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _next?.Cancel();
                _next = _disposed || dueTime == Timeout.InfiniteTimeSpan
                    ? null
                    : clock.Schedule((long)dueTime.TotalMicroseconds, callback);
                return !_disposed;
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _disposed = true;
                _next?.Cancel();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
