namespace WhispurrNet.Virtual;

/// <summary>The device's Timer: due times in board time, callbacks on the board's one timer thread.</summary>
public sealed class BoardTimer(BoardContext board, Action callback)
{
    private readonly object _lock = new();
    private ClockTimer? _due;
    private long _dueMicros;
    private int _generation;
    private bool _queued;

    /// <summary>
    /// Sets both times, in board milliseconds; a negative due time stops it, a period of zero or less makes it fire
    /// once.
    /// </summary>
    public void Change(int dueMs, int periodMs)
    {
        lock (_lock)
        {
            _generation++;
            _due?.Cancel();
            _due = null;
            if (dueMs >= 0)
            {
                _dueMicros = board.Clock.NowMicros + (dueMs * 1000L);
                Arm(periodMs);
            }
        }
    }

    private void Arm(int periodMs)
    {
        int generation = _generation;
        _due = board.Clock.Schedule(_dueMicros - board.Clock.NowMicros, () => Fire(generation, periodMs));
    }

    private void Fire(int generation, int periodMs)
    {
        lock (_lock)
        {
            if (generation != _generation || board.IsOff)
            {
                return;
            }

            if (!_queued)
            {
                _queued = true;
                board.Timers.Post(() => Run(generation));
            }

            if (periodMs > 0)
            {
                // From the time it was due, not from now: a period must not drift with the host's lateness.
                _dueMicros = Math.Max(_dueMicros + (periodMs * 1000L), board.Clock.NowMicros);
                Arm(periodMs);
            }
        }
    }

    private void Run(int generation)
    {
        lock (_lock)
        {
            _queued = false;
            if (generation != _generation)
            {
                return;
            }
        }

        callback();
    }
}
