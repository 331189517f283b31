using System.Text;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// Many nodes in virtual time from one seed. Every concern draws from a random stream of its own, so that a change in
/// one does not shift the others.
/// </summary>
internal sealed class VirtualMesh
{
    private const long FaultMs = 300_000;

    private readonly EventQueue _time = new();
    private readonly Random _radio;
    private readonly Random _streams;
    private readonly Random _traffic;
    private readonly int _seed;
    private readonly List<Whisper> _whispers = [];

    public VirtualMesh(int seed)
    {
        _seed = seed;
        _radio = new Random(seed * 4);
        _streams = new Random((seed * 4) + 1);
        _traffic = new Random((seed * 4) + 2);
        Topology = new Random((seed * 4) + 3);
    }

    public Random Topology { get; }

    /// <summary>Bytes of every whisper, at least.</summary>
    public int TextLength { get; init; }

    /// <summary>Whether nodes send their contact cards; to be set before there are any.</summary>
    public bool Discoverable { get; init; } = true;

    /// <summary>How bad the air is; heavy for the first five minutes.</summary>
    public MeshFaults Faults { get; private set; } = MeshFaults.Heavy;

    /// <summary>How bad the air is after that; not at all unless said otherwise.</summary>
    public MeshFaults FaultsAfter { get; init; } = MeshFaults.None;

    /// <summary>How long a mesh may take after the faults until everything has arrived.</summary>
    public long HealedMs { get; init; } = 2_400_000;

    /// <summary>Changes the configuration of every node.</summary>
    public Action<NodeConfiguration> Configure { get; init; } = _ => { };

    public int FrameSize => Nodes[0].FrameSize;

    public long NowMs => _time.NowMs;

    private long LastSentMs => _whispers.Max(w => w.AtMs);

    public List<MeshNode> Nodes { get; } = [];

    public IEnumerable<MeshNode> Members => Nodes.Where(n => n.Network == TestNetwork.Home);

    /// <summary>A board with Bluetooth; small and full boards in turn.</summary>
    public MeshNode Board(int network = TestNetwork.Home)
    {
        return Board(network, Nodes.Count % 2 == 0 ? NodeLimits.Small() : NodeLimits.Full());
    }

    /// <summary>A board with Bluetooth, of a size.</summary>
    /// <param name="network">Its network.</param>
    /// <param name="limits">Its size.</param>
    /// <param name="configure">Changes the configuration of this node only; may be null.</param>
    public MeshNode Board(int network, NodeLimits limits, Action<NodeConfiguration>? configure = null)
    {
        MeshNode node = Add(network, limits, configure);
        node.Radio = new MeshRadio(_time, _radio, () => Faults, node);
        return node;
    }

    /// <summary>A relay without keys and without Bluetooth.</summary>
    public MeshNode Relay()
    {
        NodeLimits limits = NodeLimits.Full();
        limits.Links = 16;
        return Add(TestNetwork.Keyless, limits);
    }

    /// <summary>Does something at a time of the test's choosing.</summary>
    public void At(long atMs, Action action)
    {
        _time.At(atMs, action);
    }

    public void InRange(MeshNode one, MeshNode other)
    {
        one.Radio!.PutInRangeOf(other.Radio!);
    }

    public void Stream(MeshNode initiator, MeshNode responder)
    {
        _ = new MeshStream(_time, _streams, () => Faults, initiator, responder);
    }

    /// <summary>Stands for an emergency where an intent is asked for: no intent may be named so.</summary>
    public const string Emergency = MeshNode.Emergency;

    /// <summary>Sends whispers at random moments of the first four minutes: null for a broadcast.</summary>
    public void Send(MeshNode from, string? intent)
    {
        Send(from, intent, _traffic.Next(240_000), isRequired: true);
    }

    /// <summary>Sends a whisper at a moment of the test's choosing.</summary>
    public void SendAt(MeshNode from, string? intent, long atMs)
    {
        Send(from, intent, atMs, isRequired: true);
    }

    /// <summary>Sends a direct whisper as soon as the sender knows the contact card of the one it is for.</summary>
    public void SendDirect(MeshNode from, MeshNode to)
    {
        Send(from, null, _traffic.Next(240_000), isRequired: true, to);
    }

    /// <summary>The same; it need not arrive, but must do no harm.</summary>
    public void SendInVain(MeshNode from, string? intent)
    {
        Send(from, intent, _traffic.Next(240_000), isRequired: false);
    }

    /// <summary>
    /// Sends a whisper when the faults have been over for long enough that no jitter makes it look older.
    /// </summary>
    public void SendLate(MeshNode from, string? intent)
    {
        Send(from, intent, (2 * FaultMs) + _traffic.Next(60_000), isRequired: true);
    }

    /// <summary>Runs a mesh without faults for so long, and judges nothing.</summary>
    public void RunCalmly(long untilMs)
    {
        Faults = MeshFaults.None;
        foreach (MeshNode node in Nodes)
        {
            _time.At(_traffic.Next(20_000), node.Pump);
        }

        _time.RunUntil(untilMs);
    }

    /// <summary>How many of the required whispers reached those addressees that the caller counts, and of how many.</summary>
    public (int Arrived, int Due) Tally(Func<MeshNode, bool> counts)
    {
        int arrived = 0;
        int due = 0;
        foreach (Whisper whisper in _whispers.Where(w => w.IsRequired))
        {
            MeshNode[] addressees = [.. AddresseesOf(whisper).Where(counts)];
            due += addressees.Length;
            arrived += addressees.Count(n => n.Got.Contains(whisper.Line));
        }

        return (arrived, due);
    }

    /// <summary>
    /// Five minutes of faults, then none: within forty more everything must have arrived, once, and nowhere else.
    /// </summary>
    public void Run()
    {
        foreach (MeshNode node in Nodes)
        {
            // Boards are not switched on together.
            _time.At(_traffic.Next(20_000), node.Pump);
        }

        _time.RunUntil(FaultMs);
        CheckNothingWrong();
        Faults = FaultsAfter;
        bool arrived = _time.RunUntil(FaultMs + HealedMs, () => MissingCount() == 0 && _time.NowMs >= LastSentMs);
        Assert.True(arrived, Describe());
        TestContext.Current.TestOutputHelper?.WriteLine(Describe());

        // What arrived must stay arrived once.
        _time.RunUntil(_time.NowMs + 300_000);
        CheckNothingWrong();
        CheckNobodyElseCouldRead();
    }

    public string Describe()
    {
        StringBuilder text = new($"seed {_seed}, {_time.NowMs / 1000} s, {MissingCount()} missing\n");
        foreach (Whisper whisper in _whispers)
        {
            IEnumerable<MeshNode> lacking = AddresseesOf(whisper).Where(n => !n.Got.Contains(whisper.Line));
            text.AppendLine($"{whisper.Line}: lacking at {string.Join(',', lacking.Select(n => n.Number))}");
        }

        foreach (MeshNode node in Nodes)
        {
            text.Append($"node {node.Number} network {node.Network} contacts {node.Radio?.Contacts}: ");
            text.AppendLine(node.Core.Statistics.ToLine());
        }

        return text.ToString();
    }

    private MeshNode Add(int network, NodeLimits limits, Action<NodeConfiguration>? configure = null)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(network, limits);
        configuration.Discoverable = Discoverable;
        Configure(configuration);
        configure?.Invoke(configuration);
        MeshNode node = new(_time, Nodes.Count, network, configuration, (_seed * 1000) + Nodes.Count);
        Nodes.Add(node);
        return node;
    }

    private void Send(MeshNode from, string? intent, long atMs, bool isRequired, MeshNode? to = null)
    {
        Whisper whisper = new(from, to, intent, TextOf(from), atMs, isRequired);
        _whispers.Add(whisper);
        _time.At(atMs, () => Originate(whisper));
    }

    private string TextOf(MeshNode from)
    {
        return $"whisper {_whispers.Count} of {from.Number}".PadRight(TextLength, '.');
    }

    private void Originate(Whisper whisper)
    {
        byte[] payload = Encoding.ASCII.GetBytes(whisper.Text);
        NodeCore core = whisper.From.Core;
        SendResult result = whisper switch
        {
            { To: { } to } => core.Direct(to.Id, payload, 0, payload.Length, _time.NowMs),
            { Intent: Emergency } => core.Emergency(payload, 0, payload.Length, _time.NowMs),
            { Intent: { } intent } => core.Resonate(intent, payload, 0, payload.Length, _time.NowMs),
            _ => core.Broadcast(payload, 0, payload.Length, _time.NowMs),
        };
        if (result is SendResult.Congested or SendResult.UnknownContact)
        {
            _time.After(10_000, () => Originate(whisper));
            return;
        }

        Assert.Equal(SendResult.Queued, result);
        whisper.Frame = new byte[FrameSize];
        Assert.True(whisper.From.Core.CopyFrame(whisper.From.Core.LastSentId, whisper.Frame));
        whisper.From.Pump();
    }

    private IEnumerable<MeshNode> AddresseesOf(Whisper whisper)
    {
        return Members.Where(n => n != whisper.From && n.Network == whisper.From.Network
            && (whisper.To == null || whisper.To == n)
            && (whisper.Intent is null or Emergency || n.Intents.Contains(whisper.Intent)));
    }

    private int MissingCount()
    {
        return _whispers.Where(w => w.IsRequired).Sum(w => AddresseesOf(w).Count(n => !n.Got.Contains(w.Line)));
    }

    /// <summary>Every application got each whisper at most once, and none that is not for it.</summary>
    private void CheckNothingWrong()
    {
        foreach (MeshNode node in Nodes)
        {
            Assert.Equal(node.Got.Distinct(), node.Got);
            IEnumerable<string> meant = _whispers.Where(w => AddresseesOf(w).Contains(node)).Select(w => w.Line);
            Assert.Empty(node.Got.Except(meant));
        }
    }

    private void CheckNobodyElseCouldRead()
    {
        foreach (Whisper whisper in _whispers)
        {
            MeshNode[] others = [.. Nodes.Except(AddresseesOf(whisper)).Where(n => n != whisper.From)];
            Assert.All(others, n => Assert.Equal(0, n.Core.CountKeysThatOpen(whisper.Frame)));
            Assert.All(AddresseesOf(whisper), n => Assert.Equal(1, n.Core.CountKeysThatOpen(whisper.Frame)));
        }
    }

    private sealed record Whisper(MeshNode From, MeshNode? To, string? Intent, string Text, long AtMs, bool IsRequired)
    {
        public byte[]? Frame { get; set; }

        public string Line => $"{Intent ?? (To == null ? "*" : "@")} {Text}";
    }
}
