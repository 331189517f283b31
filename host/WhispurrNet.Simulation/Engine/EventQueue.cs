namespace WhispurrNet.Simulation.Engine;

/// <summary>Virtual time: what is due next runs next; what is due at once runs in the order it was asked for.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long AtMs, long Order)> _queue = new();
    private long _order;

    /// <summary>Now, milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>Events run so far.</summary>
    public long Count { get; private set; }

    /// <summary>Runs something so many milliseconds from now.</summary>
    public void After(long delayMs, Action action)
    {
        At(NowMs + delayMs, action);
    }

    /// <summary>Runs something at a time; one that is over means now.</summary>
    public void At(long atMs, Action action)
    {
        _queue.Enqueue(action, (Math.Max(atMs, NowMs), _order++));
    }

    /// <summary>Runs everything that is due until a time.</summary>
    public void RunUntil(long untilMs)
    {
        while (_queue.TryPeek(out Action? action, out (long AtMs, long Order) next) && next.AtMs <= untilMs)
        {
            _queue.Dequeue();
            NowMs = next.AtMs;
            Count++;
            action();
        }

        NowMs = untilMs;
    }
}
