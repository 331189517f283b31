using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>One node of a virtual mesh: a core, what its application got, and its streams.</summary>
internal sealed class MeshNode
{
    private readonly EventQueue _time;
    private readonly NodeLimits _limits;
    private readonly WhisperMessage _message;
    private readonly FrameStore _store;
    private readonly byte[] _unit;
    private readonly List<MeshStream> _streams = [];
    private long _wakeMs = long.MaxValue;
    private int _strangersMax;

    public MeshNode(EventQueue time, int number, int network, NodeConfiguration configuration, int seed)
    {
        _time = time;
        _limits = configuration.Limits;
        Number = number;
        FrameSize = configuration.FrameSize;
        Network = network;
        Core = TestNetwork.Node(seed, configuration, time.NowMs);
        _message = TestNetwork.Message(Core);
        _store = ObjectGraph.Walk(Core).Select(e => e.Value).OfType<FrameStore>().Single();
        _unit = new byte[Core.MaxUnit];
        _strangersMax = network == TestNetwork.Keyless ? _limits.Frames : _limits.StrangerFrames;
    }

    public int Number { get; }

    public int Network { get; }

    public NodeCore Core { get; }

    public int FrameSize { get; }

    /// <summary>Null for a node without Bluetooth.</summary>
    public MeshRadio? Radio { get; set; }

    /// <summary>The identity that it has now.</summary>
    public byte[] Id => Convert.FromHexString(Core.IdentityText[..32]);

    /// <summary>Intents that it listens to.</summary>
    public HashSet<string> Intents { get; } = [];

    /// <summary>Text of every whisper that the application got, in order.</summary>
    public List<string> Got { get; } = [];

    public ulong Address => (ulong)(0xB0 + Number);

    public void Tune(string intent)
    {
        Assert.True(Core.Tune(intent));
        Intents.Add(intent);
    }

    public void Attach(MeshStream stream)
    {
        _streams.Add(stream);
    }

    /// <summary>Does what a pump does after every event: time, streams, whispers, radio, next deadline.</summary>
    public void Pump()
    {
        long nowMs = _time.NowMs;
        Core.HandleTimeout(nowMs);
        foreach (MeshStream stream in _streams)
        {
            stream.Flush(this, _unit);
        }

        while (Core.PollWhisper(_message))
        {
            string text = System.Text.Encoding.ASCII.GetString(_message.Payload, 0, _message.PayloadCount);
            string to = _message.Type switch
            {
                WhisperType.Broadcast => "*",
                WhisperType.Emergency => VirtualMesh.Emergency,
                WhisperType.Whisper => "@",
                _ => _message.Intent ?? "?",
            };
            Got.Add($"{to} {text}");
            Assert.Equal(_message.Intent != null, _message.Type == WhisperType.Resonance);

            // A direct whisper may overtake its sender's card; nothing else proves a sender.
            Assert.True(_message.Type == WhisperType.Whisper || !_message.SenderProven);
        }

        Radio?.Ask();
        CheckBounds();
        WakeAt(Math.Min(Core.NextDeadlineMs, Radio?.DeadlineMs ?? long.MaxValue));
    }

    private void WakeAt(long atMs)
    {
        if (atMs == long.MaxValue || (_wakeMs <= atMs && _wakeMs > _time.NowMs))
        {
            return;
        }

        _wakeMs = Math.Max(atMs, _time.NowMs + 1);
        long mine = _wakeMs;
        _time.At(mine, () =>
        {
            if (_wakeMs == mine)
            {
                _wakeMs = long.MaxValue;
                Pump();
            }
        });
    }

    private void CheckBounds()
    {
        Assert.InRange(Core.HeldFrames, 0, _limits.Frames);
        Assert.InRange(_store.Strangers, 0, _strangersMax);
        Assert.InRange(Core.Neighbours.Count, 0, _limits.Neighbours);
        Assert.InRange(Core.KnownContacts, 0, _limits.Contacts);
    }
}
