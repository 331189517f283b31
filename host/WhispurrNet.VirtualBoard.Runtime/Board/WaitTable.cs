namespace WhispurrNet.Virtual;

/// <summary>
/// Every wait of one board, under one lock, so that a wait for several things, a timeout in board time and the power
/// going off cannot miss each other.
/// </summary>
internal sealed class WaitTable(BoardClock clock)
{
    private readonly object _lock = new();
    private readonly HashSet<Waiter> _waiting = [];
    private bool _off;

    /// <summary>Signals a point and lets those pass that waited for it, in the order they came.</summary>
    public void Set(WaitPoint point)
    {
        lock (_lock)
        {
            point.Signaled = true;
            foreach (Waiter waiter in point.Waiters.ToArray())
            {
                if (!point.Signaled)
                {
                    return;
                }

                if (waiter.TryTake())
                {
                    _waiting.Remove(waiter);
                    waiter.Finish();
                }
            }
        }
    }

    public void Reset(WaitPoint point)
    {
        lock (_lock)
        {
            point.Signaled = false;
        }
    }

    /// <summary>Waits for one of the points (or all).</summary>
    /// <param name="points">What to wait for; empty to wait for the time only.</param>
    /// <param name="all">Whether every point is needed at once.</param>
    /// <param name="timeoutMs">Board milliseconds; negative for no limit.</param>
    /// <returns>The index of the point, 0 if all were needed, <see cref="Waiter.TimedOut"/> or <see
    /// cref="Waiter.PowerOff"/>.</returns>
    public int Wait(WaitPoint[] points, bool all, long timeoutMs)
    {
        BoardThread? thread = BoardThread.Current;
        var waiter = new Waiter(points, all, thread);
        lock (_lock)
        {
            if (_off)
            {
                return Waiter.PowerOff;
            }

            if (points.Length > 0 && waiter.TryTake())
            {
                return waiter.Result;
            }

            if (timeoutMs == 0)
            {
                return Waiter.TimedOut;
            }

            _waiting.Add(waiter);
            foreach (WaitPoint point in points)
            {
                point.Waiters.Add(waiter);
            }
        }

        ClockTimer? timer = timeoutMs > 0 ? clock.Schedule(timeoutMs * 1000, () => End(waiter, Waiter.TimedOut)) : null;
        lock (_lock)
        {
            if (!waiter.Done)
            {
                thread?.SetIdle(drives: true);
            }
        }

        if (thread is not null)
        {
            clock.Drive(() => waiter.Done);
        }

        waiter.WaitUntilDone();
        timer?.Cancel();
        return waiter.Result;
    }

    /// <summary>Ends every wait, now and later.</summary>
    public void PowerOff()
    {
        lock (_lock)
        {
            _off = true;
            foreach (Waiter waiter in _waiting)
            {
                waiter.Finish(Waiter.PowerOff);
            }

            _waiting.Clear();
        }
    }

    private void End(Waiter waiter, int result)
    {
        lock (_lock)
        {
            if (!waiter.Done)
            {
                _waiting.Remove(waiter);
                waiter.Finish(result);
            }
        }
    }
}
