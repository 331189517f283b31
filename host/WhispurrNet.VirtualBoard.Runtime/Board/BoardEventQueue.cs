namespace WhispurrNet.Virtual;

/// <summary>
/// The queue between a board's hardware and its managed code: one thread delivers all Bluetooth and network events in
/// order, so a slow handler stalls them all; at most <see cref="Capacity"/> wait, later ones are lost (facts 1.5).
/// </summary>
public sealed class BoardEventQueue
{
    /// <summary>Events that can wait.</summary>
    public const int Capacity = 128;

    private readonly BoardContext _board;
    private readonly string _name;
    private readonly Queue<Action> _events = new();
    private readonly WaitPoint _arrived = new(signaled: false, autoReset: true);
    private readonly int _capacity;
    private bool _running;
    private long _dropped;

    internal BoardEventQueue(BoardContext board, string name, int capacity)
    {
        _board = board;
        _name = name;
        _capacity = capacity;
    }

    /// <summary>Events lost because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Hands an event over; false if the queue was full and the event is lost.</summary>
    public bool Post(Action deliver)
    {
        lock (_events)
        {
            if (_events.Count >= _capacity)
            {
                Interlocked.Increment(ref _dropped);
                return false;
            }

            _events.Enqueue(deliver);
            if (!_running)
            {
                _running = true;
                _board.StartThread(_name, Run);
            }
        }

        _board.Set(_arrived);
        return true;
    }

    // Without memory for the next event the runtime throws all of them away (facts 1.5).
    private void Discard()
    {
        lock (_events)
        {
            Interlocked.Add(ref _dropped, _events.Count);
            _events.Clear();
        }
    }

    private void Run()
    {
        while (true)
        {
            Action? deliver;
            lock (_events)
            {
                _events.TryDequeue(out deliver);
            }

            if (deliver is null)
            {
                _board.Wait([_arrived], all: false, timeoutMs: -1);
                continue;
            }

            _board.Pass();
            try
            {
                deliver();
            }
            catch (Exception exception) when (exception is not PowerOffException)
            {
                if (exception is OutOfMemoryException)
                {
                    Discard();
                }

                // The runtime gives the next event a fresh thread.
                _board.ReportDeath(BoardThread.Current!, exception);
            }
        }
    }
}
