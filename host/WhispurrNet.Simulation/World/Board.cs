using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Radio;
using WhispurrNet.Simulation.Streams;

namespace WhispurrNet.Simulation.World;

/// <summary>One node of a world: a board with Bluetooth, or a gateway without.</summary>
internal sealed class Board : INodeEvents
{
    private readonly Medium _medium;
    private readonly byte[] _unit = new byte[1024];
    private readonly List<SimStream> _streams = [];
    private long _wakeMs = long.MaxValue;
    private IMeshNode? _node;
    private SimRadio? _radio;

    public Board(Medium medium, int number, bool hasRadio)
    {
        _medium = medium;
        Number = number;
        HasRadio = hasRadio;
    }

    /// <summary>From 0, gateways behind the boards.</summary>
    public int Number { get; }

    /// <summary>Its Bluetooth address.</summary>
    public ulong Address => (ulong)Number + 1;

    /// <summary>Whether it is a board.</summary>
    public bool HasRadio { get; }

    /// <summary>What runs in it.</summary>
    public IMeshNode Node => _node!;

    public SimRadio Radio => _radio ??= new SimRadio(_medium, this);

    /// <summary>Times that it has lost its memory.</summary>
    public int Epoch { get; private set; } = -1;

    public bool IsPowered { get; private set; }

    /// <summary>Out of everybody's range, memory and all.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether others can hear it.</summary>
    public bool IsThere => IsPowered && !IsAway;

    /// <summary>On which side of the line that splits the square.</summary>
    public bool IsLeft { get; set; }

    /// <summary>Frames that were new to it.</summary>
    public int FramesStored { get; private set; }

    /// <summary>Full handshakes so far.</summary>
    public uint Handshakes => _node is WhispurrNode node ? node.Handshakes : 0;

    /// <summary>When it was last switched on.</summary>
    public long StartedMs { get; private set; }

    public void Attach(SimStream stream) => _streams.Add(stream);

    /// <summary>Starts a program.</summary>
    public void PowerOn(Func<Board, IMeshNode> create)
    {
        Epoch++;
        IsPowered = true;
        StartedMs = _medium.NowMs;
        _node = create(this);
        foreach (SimStream stream in _streams)
        {
            stream.DialSoon();
        }

        Pump();
    }

    /// <summary>Everything that is not in flash is gone.</summary>
    public void PowerOff()
    {
        IsPowered = false;
        _wakeMs = long.MaxValue;
        if (HasRadio)
        {
            Radio.PowerOff();
        }

        foreach (SimStream stream in _streams)
        {
            stream.Cut();
        }
    }

    /// <summary>Does what a pump does after every event: time, streams, contact, whispers, radio, next deadline.</summary>
    public void Pump()
    {
        if (!IsPowered)
        {
            return;
        }

        long nowMs = _medium.NowMs;
        Node.HandleTimeout(nowMs);
        foreach (SimStream stream in _streams)
        {
            stream.Flush(this, _unit);
        }

        if (HasRadio)
        {
            Radio.Contact?.Serve(this);
        }

        for (int number = Node.PollDelivered(nowMs); number >= 0; number = Node.PollDelivered(nowMs))
        {
            _medium.Ledger.Delivered(this, number);
        }

        if (HasRadio)
        {
            Radio.Ask();
        }

        WakeAt(Math.Min(Node.NextDeadlineMs, HasRadio ? Radio.DeadlineMs : long.MaxValue));
    }

    void INodeEvents.FrameStored(ulong frameId, bool isMine)
    {
        FramesStored++;
        _medium.FrameStored(this, frameId, isMine);
    }

    void INodeEvents.IdentityTaken(byte[] id) => _medium.Ledger.IdentityTaken(this, id);

    void INodeEvents.Acknowledged(SimulatedWhisper whisper) => _medium.Ledger.Acknowledged(whisper);

    int INodeEvents.NodeOf(byte[] id) => _medium.Ledger.NodeOf(id);

    private void WakeAt(long atMs)
    {
        if (atMs == long.MaxValue || (_wakeMs <= atMs && _wakeMs > _medium.NowMs))
        {
            return;
        }

        _wakeMs = Math.Max(atMs, _medium.NowMs + 1);
        long mine = _wakeMs;
        _medium.Time.At(mine, () =>
        {
            if (_wakeMs == mine)
            {
                _wakeMs = long.MaxValue;
                Pump();
            }
        });
    }
}
