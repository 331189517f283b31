using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// Board time as a <see cref="TimeProvider"/>, so that the gateway lives by the clock of the virtual boards.
/// </summary>
internal sealed class BoardTimeProvider(BoardClock clock) : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => clock.NowMicros;

    public override DateTimeOffset GetUtcNow() => _start.AddMicroseconds(clock.NowMicros);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
        {
            throw new NotSupportedException("Timers on board time run once; set them again with Change.");
        }

        var timer = new BoardTimer(clock, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class BoardTimer(BoardClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _lock = new();
        private ClockTimer? _next;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _next?.Cancel();
                _next = null;
                if (_disposed)
                {
                    return false;
                }

                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    // The clock's thread must not wait, and a callback may.
                    _next = clock.Schedule((long)dueTime.TotalMicroseconds, Post);
                }

                return true;
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

        private void Post() => clock.RunOnPool(() => callback(state));
    }
}
