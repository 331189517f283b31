using WhispurrNet.Board.Serial;

namespace WhispurrNet.Cli.Bridge;

/// <summary>
/// The bridge's end of the session with a board, shared by those who move bytes: one lock, and who waits for what. Its clock
/// is the machine's, which does not stop while the port is away.
/// </summary>
internal sealed class BridgeLine : IDisposable
{
    /// <summary>Messages that wait for the board's acknowledgement, and those from it that wait for the gateway.</summary>
    public const int RingSize = 16;

    private readonly Lock _lock = new();
    private readonly SerialSession _session = new(false, SerialFrame.MessageSizeMax, RingSize, RingSize);
    private readonly TimeProvider _time;
    private readonly long _start;

    public BridgeLine(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>There is something to write to the port.</summary>
    public Signal Line { get; } = new();

    /// <summary>The session has begun or ended.</summary>
    public Signal Session { get; } = new();

    /// <summary>There is a message for the gateway.</summary>
    public Signal Arrived { get; } = new();

    /// <summary>There is room for messages to the board.</summary>
    public Signal Room { get; } = new();

    private long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>State, number and last reason of the session, at one moment.</summary>
    public (SerialSessionState State, uint Number, SerialCloseReason Reason) Read()
    {
        lock (_lock)
        {
            return (_session.State, _session.Session, _session.Reason);
        }
    }

    /// <summary>Reads the counters, and how many messages to the board are not acknowledged.</summary>
    public (BridgeCounts Counts, int Unacknowledged) Count()
    {
        lock (_lock)
        {
            return (new BridgeCounts(_session.Counters), _session.Unacknowledged);
        }
    }

    /// <summary>Bytes came from the port.</summary>
    public void Receive(byte[] bytes, int count)
    {
        lock (_lock)
        {
            _session.Receive(bytes, 0, count, NowMs);
        }

        Wake();
    }

    /// <summary>The port is back.</summary>
    public void Restored()
    {
        lock (_lock)
        {
            _session.LineRestored(NowMs);
        }

        Line.Set();
    }

    /// <summary>The next bytes for the port; 0 for none, and then how long to wait for a cause.</summary>
    public int PollTransmit(byte[] line, out TimeSpan wait)
    {
        lock (_lock)
        {
            long nowMs = NowMs;
            int count = _session.PollTransmit(line, nowMs);
            long dueMs = _session.NextDeadlineMs;
            wait = dueMs == long.MaxValue
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromMilliseconds(Math.Clamp(dueMs - nowMs, 1, SerialSession.StateEveryMs));
            return count;
        }
    }

    /// <summary>Grants a session, if it is still the one that is asked for.</summary>
    public bool Accept(uint number)
    {
        bool granted;
        lock (_lock)
        {
            granted = _session.Session == number && _session.State == SerialSessionState.Requested;
            if (granted)
            {
                _session.Accept(NowMs);
            }
        }

        Wake();
        return granted;
    }

    /// <summary>Ends or refuses a session, if it is still that one.</summary>
    public void Close(uint number, SerialCloseReason reason)
    {
        lock (_lock)
        {
            if (_session.Session == number)
            {
                _session.Close(reason);
            }
        }

        Wake();
    }

    /// <summary>Gives the next message of a session to the gateway; -1 if none waits.</summary>
    public int TryReceive(uint number, byte[] message)
    {
        int count;
        lock (_lock)
        {
            count = _session.Session == number ? _session.TryReceive(message) : -1;
        }

        if (count >= 0)
        {
            Line.Set();
        }

        return count;
    }

    /// <summary>Takes a message to the board.</summary>
    /// <returns>False while there is no room, or when the session is over.</returns>
    public bool TrySend(uint number, byte[] message, int count)
    {
        bool taken;
        lock (_lock)
        {
            taken = _session.Session == number && _session.TrySend(message, 0, count, NowMs);
        }

        if (taken)
        {
            Line.Set();
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Line.Dispose();
        Session.Dispose();
        Arrived.Dispose();
        Room.Dispose();
    }

    private void Wake()
    {
        Line.Set();
        Session.Set();
        Arrived.Set();
        Room.Set();
    }
}

/// <summary>Counters of the bridge's end at one moment.</summary>
internal sealed record BridgeCounts(
    uint Sessions, uint FromBoard, uint ToBoard, uint Acknowledged, uint Resent, uint Repeated, uint Damaged, uint Strange)
{
    public BridgeCounts(SerialCounters counters)
        : this(
            counters.Sessions, counters.Received, counters.Sent, counters.Acknowledged, counters.Resent,
            counters.Repeated, counters.Damaged, counters.Strange)
    {
    }
}
