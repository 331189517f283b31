namespace WhispurrNet.Virtual;

/// <summary>What a board's threads can wait for: the state behind an event, a thread's end or a queue.</summary>
public sealed class WaitPoint
{
    /// <summary>Creates the state.</summary>
    /// <param name="signaled">Whether the first wait passes at once.</param>
    /// <param name="autoReset">Whether one passing wait clears it.</param>
    public WaitPoint(bool signaled, bool autoReset)
    {
        Signaled = signaled;
        AutoReset = autoReset;
    }

    internal bool Signaled { get; set; }

    internal bool AutoReset { get; }

    internal List<Waiter> Waiters { get; } = [];
}

/// <summary>One thread waiting for one or several <see cref="WaitPoint"/>s.</summary>
internal sealed class Waiter(WaitPoint[] points, bool all, BoardThread? thread)
{
    public const int TimedOut = 258;
    public const int PowerOff = -1;

    private readonly object _released = new();
    private volatile bool _done;

    public WaitPoint[] Points { get; } = points;

    public bool Done => _done;

    public int Result { get; private set; }

    /// <summary>
    /// Blocks until <see cref="Finish"/>. A monitor, since it sleeps at once: what spins first takes the processor from
    /// the very thread it waits for.
    /// </summary>
    public void WaitUntilDone()
    {
        lock (_released)
        {
            while (!_done)
            {
                Monitor.Wait(_released);
            }
        }
    }

    /// <summary>Takes the signals it waits for, if they are there; true ends the wait.</summary>
    public bool TryTake()
    {
        if (all)
        {
            foreach (WaitPoint point in Points)
            {
                if (!point.Signaled)
                {
                    return false;
                }
            }

            foreach (WaitPoint point in Points)
            {
                Consume(point);
            }

            Result = 0;
            return true;
        }

        for (int i = 0; i < Points.Length; i++)
        {
            if (Points[i].Signaled)
            {
                Consume(Points[i]);
                Result = i;
                return true;
            }
        }

        return false;
    }

    public void Finish(int? result = null)
    {
        Result = result ?? Result;
        foreach (WaitPoint point in Points)
        {
            point.Waiters.Remove(this);
        }

        // From here on, not from the moment the host lets it run: board time must not pass it by.
        thread?.SetBusy();
        lock (_released)
        {
            _done = true;
            Monitor.Pulse(_released);
        }
    }

    private static void Consume(WaitPoint point)
    {
        if (point.AutoReset)
        {
            point.Signaled = false;
        }
    }
}
