using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Tests.Mesh;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>
/// Boards and relays somewhere on a plane, in range of their nearest; half of the relays are gateways that boards keep
/// streams to, the others boards without this network's key. Members whisper; relays look.
/// </summary>
internal sealed class ObservedMesh
{
    public const uint Epoch = 1_790_000_000;

    private const int Nearest = 4;
    private const int StreamsEach = 2;
    private const int SwitchOnMs = 10 * 60 * 1000;
    private const int HourMs = 3_600_000;

    private readonly EventQueue _time = new();
    private readonly Random _random;
    private readonly RunOptions _options;
    private readonly List<MeshNode> _nodes = [];
    private readonly Dictionary<MeshNode, OriginWatcher> _watchers = [];

    public ObservedMesh(RunOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        Recording.Nodes = options.Nodes;
        for (int i = 0; i < options.Nodes; i++)
        {
            if (i < options.Relays)
            {
                AddRelay(i);
            }
            else
            {
                AddMember(i);
            }
        }

        Connect();
    }

    public Recording Recording { get; } = new();

    /// <summary>What a radio hears that is everywhere.</summary>
    public RadioLog Radio { get; } = new();

    public IReadOnlyList<MeshNode> Nodes => _nodes;

    public IEnumerable<MeshNode> Members => _nodes.Skip(_options.Relays);

    public long NowMs => _time.NowMs;

    /// <summary>Runs the mesh with members that talk.</summary>
    public Recording Run()
    {
        Traffic traffic = new(this, _random);
        foreach (MeshNode node in _nodes)
        {
            int onMs = _random.Next(SwitchOnMs);
            _time.At(onMs, () =>
            {
                SetClock(node);
                node.Pump();
            });
            if (_watchers.ContainsKey(node))
            {
                traffic.Start(node, onMs);
            }
        }

        _time.RunUntil((long)(_options.Hours * HourMs));
        return Recording;
    }

    public void At(long atMs, Action action)
    {
        _time.At(atMs, action);
    }

    /// <summary>Does something that makes a member send, and notes what that was.</summary>
    /// <returns>Id of the frame, 0 when none was made.</returns>
    public ulong Send(
        MeshNode node, FrameKind kind, string? conversation, Func<SendResult> send, ulong answerTo = 0)
    {
        OriginWatcher watcher = _watchers[node];
        watcher.NameOwn(node.Core.Statistics, _time.NowMs);
        SendResult result = send();
        ulong id = result == SendResult.Queued ? watcher.Name(kind, conversation, _time.NowMs, answerTo) : 0;
        node.Pump();
        watcher.NameOwn(node.Core.Statistics, _time.NowMs);
        return id;
    }

    /// <summary>Notes that a member has opened a direct whisper.</summary>
    public void NoteOpened(MeshNode node, ulong frameId)
    {
        _watchers[node].LastOpened = frameId;
    }

    private void AddRelay(int number)
    {
        NodeLimits limits = NodeLimits.Full();
        limits.Links = 16;
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Keyless, limits);
        TappedHmac tap = new(configuration.FrameSize);
        MeshNode node = new(_time, number, TestNetwork.Keyless, configuration, Seed(number), tap);
        int from = -1;
        node.Receiving = (sender, kind, unit) =>
        {
            from = sender.Number;
            Radio.Hear(sender, node, kind, unit, _time.NowMs);
        };
        node.Received = () => Radio.Note(node);
        tap.FrameSeen = (id, bytes) => Recording.Sightings.Add(new Sighting(id, bytes, _time.NowMs, number, from));
        if (number % 2 != 0)
        {
            _ = new MeshRadio(_time, _random, () => MeshFaults.None, node);
        }

        Recording.Relays.Add(number);
        _nodes.Add(node);
    }

    private void AddMember(int number)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(
            TestNetwork.Home, number % 2 == 0 ? NodeLimits.Small() : NodeLimits.Full());
        configuration.Discoverable = true;
        configuration.Obfuscation = _options.Obfuscated ? new StealthObfuscation() : null;
        _options.Configure(configuration);
        MeshNode node = new(_time, number, TestNetwork.Home, configuration, Seed(number));
        OriginWatcher watcher = new(number, Recording);
        node.Core.Observer = watcher;
        node.Receiving = (sender, kind, unit) => Radio.Hear(sender, node, kind, unit, _time.NowMs);
        node.Received = () => Radio.Note(node);
        node.Pumped = n => watcher.NameOwn(n.Core.Statistics, _time.NowMs);
        _ = new MeshRadio(_time, _random, () => MeshFaults.None, node);
        _watchers.Add(node, watcher);
        _nodes.Add(node);
    }

    private int Seed(int number)
    {
        return (_options.Seed * 1000) + number;
    }

    private void SetClock(MeshNode node)
    {
        bool isSet = _options.Clocks == Clocks.All || (_options.Clocks == Clocks.Half && node.Number % 2 == 0);
        if (isSet)
        {
            node.Core.SetUnixTime(Epoch + (uint)(_time.NowMs / 1000), _time.NowMs);
        }
    }

    private void Connect()
    {
        Dictionary<MeshNode, (double X, double Y)> places =
            _nodes.ToDictionary(n => n, _ => (_random.NextDouble(), _random.NextDouble()));
        HashSet<(int, int)> pairs = [];
        HashSet<MeshNode> streamless = [.. Members];
        foreach (MeshNode node in _nodes)
        {
            MeshNode[] nearest = [.. _nodes.Where(n => n != node).OrderBy(n => Distance(places[n], places[node]))];
            if (node.Radio == null)
            {
                // Each to one gateway: a small board has two places for links, and one is Bluetooth's.
                foreach (MeshNode member in nearest.Where(streamless.Remove).Take(StreamsEach))
                {
                    _ = new MeshStream(_time, _random, () => MeshFaults.None, member, node);
                }

                continue;
            }

            foreach (MeshNode near in nearest.Where(n => n.Radio != null).Take(Nearest))
            {
                if (pairs.Add((Math.Min(node.Number, near.Number), Math.Max(node.Number, near.Number))))
                {
                    node.Radio.PutInRangeOf(near.Radio!);
                }
            }
        }
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other)
    {
        return Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2);
    }
}
