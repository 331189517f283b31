namespace WhispurrNet.Virtual;

/// <summary>
/// NimBLE's host task as managed code meets it: it hands over one event at a time and waits for the answer, two seconds
/// at most, while everything behind it waits too (facts 1.3, 1.5). The ether's lock is held by every caller.
/// </summary>
internal sealed class HostTask(Ether ether)
{
    private readonly Queue<Item> _queue = new();
    private Item? _current;
    private ushort _nextId;

    /// <summary>The event that waits for its answer, if any.</summary>
    public Item? Current => _current;

    /// <summary>Queues an event.</summary>
    /// <param name="start">Hands the event with its id to managed code.</param>
    /// <param name="timedOut">Nobody answered in time.</param>
    /// <param name="payload">What managed code fetches under the id.</param>
    public void Enqueue(Action<ushort> start, Action timedOut, object payload)
    {
        _queue.Enqueue(new Item(start, timedOut, payload));
        Next();
    }

    /// <summary>Ends the current event; false if it is not the one named.</summary>
    public bool TryComplete(ushort id)
    {
        if (_current is null || _current.Id != id)
        {
            return false;
        }

        _current.Timeout?.Cancel();
        _current = null;
        Next();
        return true;
    }

    /// <summary>Forgets everything: the stack went down.</summary>
    public void Clear()
    {
        _current?.Timeout?.Cancel();
        _current = null;
        _queue.Clear();
    }

    private void Next()
    {
        if (_current is not null || !_queue.TryDequeue(out Item? item))
        {
            return;
        }

        _current = item;
        item.Id = ++_nextId;
        item.Timeout = ether.After(BluetoothLimits.HandlerMs, () =>
        {
            if (_current == item)
            {
                _current = null;
                item.TimedOut();
                Next();
            }
        });
        item.Start(item.Id);
    }

    internal sealed class Item(Action<ushort> start, Action timedOut, object payload)
    {
        public Action<ushort> Start { get; } = start;

        public Action TimedOut { get; } = timedOut;

        public object Payload { get; } = payload;

        public ushort Id { get; set; }

        public ClockTimer? Timeout { get; set; }
    }
}
