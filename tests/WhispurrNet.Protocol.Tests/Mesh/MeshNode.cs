using WhispurrNet.Protocol.Crypto;
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
    /// <summary>Stands for an emergency where an intent is asked for: no intent may be named so.</summary>
    public const string Emergency = "! ";

    private readonly EventQueue _time;
    private readonly NodeLimits _limits;
    private readonly WhisperMessage _message;
    private readonly FrameStore _store;
    private readonly byte[] _unit;
    private readonly List<MeshStream> _streams = [];
    private long _wakeMs = long.MaxValue;
    private int _strangersMax;

    public MeshNode(
        EventQueue time, int number, int network, NodeConfiguration configuration, int seed, IHmacSha256? hmac = null)
    {
        _time = time;
        _limits = configuration.Limits;
        Number = number;
        FrameSize = configuration.FrameSize;
        Network = network;
        Core = TestNetwork.Node(seed, configuration, time.NowMs, hmac);
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

    /// <summary>Called before a unit is taken: from whom, over what, and its bytes.</summary>
    public Action<MeshNode, LinkKind, ArraySegment<byte>>? Receiving { get; set; }

    /// <summary>Called when it is taken.</summary>
    public Action? Received { get; set; }

    /// <summary>Called with every whisper that the application got.</summary>
    public Action<WhisperMessage>? Opened { get; set; }

    /// <summary>Called when everything that was due is done.</summary>
    public Action<MeshNode>? Pumped { get; set; }

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

    /// <summary>Takes a unit that another node sent.</summary>
    public void Receive(MeshNode from, LinkKind kind, int link, byte[] unit, int count)
    {
        Receiving?.Invoke(from, kind, new ArraySegment<byte>(unit, 0, count));
        Core.Receive(link, unit, 0, count, _time.NowMs);
        Received?.Invoke();
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
                WhisperType.Emergency => Emergency,
                WhisperType.Whisper => "@",
                _ => _message.Intent ?? "?",
            };
            Got.Add($"{to} {text}");
            Assert.Equal(_message.Intent != null, _message.Type == WhisperType.Resonance);

            // A direct whisper may overtake its sender's card; nothing else proves a sender.
            Assert.True(_message.Type == WhisperType.Whisper || !_message.SenderProven);
            Opened?.Invoke(_message);
        }

        Radio?.Ask();
        CheckBounds();
        Pumped?.Invoke(this);
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
