namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>Virtual time: what is due next runs next; what is due at once runs in the order it was asked for.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long AtMs, long Order)> _queue = new();
    private long _order;

    public long NowMs { get; private set; }

    public void After(long delayMs, Action action)
    {
        At(NowMs + delayMs, action);
    }

    public void At(long atMs, Action action)
    {
        _queue.Enqueue(action, (Math.Max(atMs, NowMs), _order++));
    }

    /// <summary>Runs until the time given, or until the condition holds.</summary>
    /// <returns>True when the condition holds.</returns>
    public bool RunUntil(long untilMs, Func<bool>? condition = null)
    {
        while (_queue.TryPeek(out _, out (long AtMs, long Order) next) && next.AtMs <= untilMs)
        {
            Action action = _queue.Dequeue();
            NowMs = next.AtMs;
            action();
            if (condition?.Invoke() == true)
            {
                return true;
            }
        }

        NowMs = untilMs;
        return condition?.Invoke() == true;
    }
}
