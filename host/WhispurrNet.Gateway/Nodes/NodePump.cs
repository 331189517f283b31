using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Nodes;

/// <summary>
/// Drives one <see cref="NodeCore"/>: the lock around it, its deadline timer, and the links through which its units
/// leave. All members may be called from any thread; none waits for a peer.
/// </summary>
internal sealed class NodePump : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NodeCore _core;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly Dictionary<int, PumpLink> _links = [];
    private readonly List<PumpLink> _round = [];
    private readonly byte[] _unit;
    private readonly WhisperMessage _whisper;
    private long _armedMs = long.MaxValue;
    private bool _disposed;

    /// <summary>Takes over a node.</summary>
    /// <param name="time">The clock of the node and of its timer.</param>
    /// <param name="make">Makes the node for a first <c>nowMs</c>.</param>
    public NodePump(TimeProvider time, Func<long, NodeCore> make)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _core = make(NowMs);
        _unit = new byte[_core.MaxUnit];
        _whisper = new WhisperMessage(_core.MaxFramePayload);
        _core.SetUnixTime((uint)time.GetUtcNow().ToUnixTimeSeconds(), NowMs);
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Kick();
    }

    /// <summary>
    /// Called for each whisper that the node opened, while the node is held: copy what is needed and return.
    /// </summary>
    public Action<WhisperMessage>? WhisperArrived { get; set; }

    /// <summary>
    /// Called each time the node has done all that it can do now, while it is held: look and return.
    /// </summary>
    public Action<NodeCore, long>? Settled { get; set; }

    /// <summary>Milliseconds of the node's clock.</summary>
    public long NowMs => (long)_time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Opens a link whose units have any size up to the node's largest.</summary>
    /// <returns>The link, or null when the node's table is full (which the node counts).</returns>
    public PumpLink? OpenStream(bool initiator, ILinkOutlet outlet, string peer)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return null;
            }

            int number = _core.OpenLink(LinkKind.Stream, initiator, _core.MaxUnit, 0, NowMs);
            if (number < 0)
            {
                return null;
            }

            var link = new PumpLink(number, LinkKind.Stream, outlet, peer);
            _links.Add(number, link);
            Run();
            return link;
        }
    }

    /// <summary>The connection is gone. Harmless on a link that the node has given up.</summary>
    public void Close(PumpLink link)
    {
        lock (_lock)
        {
            if (!_disposed && link.IsOpen)
            {
                Forget(link);
                Run();
            }
        }
    }

    /// <summary>Hands one received unit to the node; dropped when the link is closed.</summary>
    public void Receive(PumpLink link, byte[] buffer, int count)
    {
        lock (_lock)
        {
            if (!_disposed && link.IsOpen)
            {
                _core.Receive(link.Number, buffer, 0, count, NowMs);
                Run();
            }
        }
    }

    /// <summary>Lets the node work: its deadline has come, or an outlet has room again.</summary>
    public void Kick()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Run();
            }
        }
    }

    /// <summary>Calls the node, then lets it work.</summary>
    /// <param name="call">Gets the node and <c>nowMs</c>; must neither wait nor call back into the pump.</param>
    /// <exception cref="ObjectDisposedException">The node's keys are wiped.</exception>
    public T With<T>(Func<NodeCore, long, T> call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            T result = call(_core, NowMs);
            Run();
            return result;
        }
    }

    /// <summary>
    /// The other end of an open link as its connection tells, or null. Only to be called while the node is held.
    /// </summary>
    public string? PeerOf(int number) => _links.TryGetValue(number, out PumpLink? link) ? link.Peer : null;

    /// <summary>Closes every link, wipes the node's keys and stops the timer.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            foreach (PumpLink link in _links.Values.ToArray())
            {
                Forget(link);
            }

            _core.Wipe();
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            // A timer may be a little early; forgetting what it was armed for makes Arm set it again.
            _armedMs = long.MinValue;
        }

        Kick();
    }

    private void Run()
    {
        long nowMs = NowMs;
        _core.HandleTimeout(nowMs);
        Transmit(nowMs);
        while (_core.PollWhisper(_whisper))
        {
            WhisperArrived?.Invoke(_whisper);
        }

        Settled?.Invoke(_core, nowMs);
        Arm(_core.NextDeadlineMs);
    }

    private void Transmit(long nowMs)
    {
        // Closing a link changes the table, so the round works on a copy.
        _round.Clear();
        _round.AddRange(_links.Values);
        foreach (PumpLink link in _round)
        {
            // A full outlet leaves its units in the node, which knows best what a late peer should get.
            while (link.Outlet.HasRoom)
            {
                int count = _core.PollTransmit(link.Number, _unit, 0, nowMs);
                if (count == 0)
                {
                    break;
                }

                link.Outlet.Enqueue(_unit.AsSpan(0, count).ToArray());
            }

            if (_core.GetLinkState(link.Number) != LinkState.Open)
            {
                Forget(link);
            }
        }
    }

    private void Forget(PumpLink link)
    {
        link.IsOpen = false;
        _core.CloseLink(link.Number, NowMs);
        _links.Remove(link.Number);
        link.Outlet.Close();
    }

    private void Arm(long deadlineMs)
    {
        if (deadlineMs == _armedMs)
        {
            return;
        }

        _armedMs = deadlineMs;
        TimeSpan wait = deadlineMs == long.MaxValue
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Clamp(deadlineMs - NowMs, 1, int.MaxValue));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
