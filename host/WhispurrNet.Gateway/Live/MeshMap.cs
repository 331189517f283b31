namespace WhispurrNet.Gateway.Live;

/// <summary>
/// What is known of the mesh: nodes, links, and where whispers went and arrived, put together from what the nodes
/// report. It feeds the page and whoever measures. Every table is bounded. All members may be called from any thread.
/// </summary>
public sealed class MeshMap
{
    /// <summary>Most nodes shown; further ones are left out.</summary>
    public const int MaxNodes = 300;

    /// <summary>Most whispers remembered; the oldest goes first.</summary>
    public const int MaxWhispers = 100;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly FrameTrails _trails = new();
    private readonly Dictionary<string, NodeState> _nodes = [];
    private readonly Dictionary<(string First, string Second), PairState> _pairs = [];
    private readonly IdentityTable _identities = new();
    private readonly WhisperTable _whispers = new(MaxWhispers);

    /// <summary>An empty map.</summary>
    /// <param name="time">The clock by which latency is told.</param>
    public MeshMap(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _origin = time.GetTimestamp();
    }

    internal LiveHub Hub { get; } = new();

    /// <summary>Shows a node before it has reported anything.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="order">Its place on a line of boards, from 0.</param>
    /// <param name="online">Whether it runs already.</param>
    public void AddNode(string name, NodeKind kind, int? order = null, bool online = false)
    {
        lock (_lock)
        {
            if (_nodes.Count < MaxNodes)
            {
                _nodes[name] = new NodeState(name, kind, order) { Online = online };
                PublishMesh();
            }
        }
    }

    /// <summary>Shows that two nodes are in each other's reach.</summary>
    public void AddReach(string first, string second, bool bluetooth)
    {
        lock (_lock)
        {
            Pair(first, second, bluetooth);
            PublishMesh();
        }
    }

    /// <summary>Takes in what a node says of itself.</summary>
    public void Report(string node, NodeReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        lock (_lock)
        {
            if (!_nodes.TryGetValue(node, out NodeState? state))
            {
                return;
            }

            switch (report)
            {
                case BootReport boot:
                    (state.Online, state.Size) = (true, boot.Size);
                    OnIdentity(state, boot.Identity);
                    break;
                case IdentityReport renewed:
                    OnIdentity(state, renewed.Identity);
                    break;
                case ContactReport:
                    state.Contacts++;
                    PublishMesh();
                    break;
                case LinkOpenedReport opened:
                    OnLinkOpened(node, opened);
                    break;
                case LinkClosedReport closed:
                    OnLinkClosed(closed);
                    break;
                case FrameStoredReport stored:
                    OnFrameStored(state, stored);
                    break;
                case WhisperSentReport sent:
                    OnWhisperSent(node, sent);
                    break;
                case WhisperStatusReport status:
                    OnWhisperStatus(status);
                    break;
                case WhisperReadReport read:
                    OnWhisperRead(node, read);
                    break;
                case StatisticsReport statistics:
                    state.Statistics = statistics.Values;
                    break;
                case ErrorReport error:
                    state.LastError = error.Message;
                    PublishMesh();
                    break;
            }
        }
    }

    /// <summary>Adds a payload that the local node knows, because it sent or opened the whisper.</summary>
    public void ShowPayload(string frameId, string text, int bytes)
    {
        lock (_lock)
        {
            if (_whispers.Find(frameId) is { } whisper)
            {
                (whisper.Payload, whisper.Bytes) = (text, bytes);
                PublishWhisper(frameId);
            }
        }
    }

    /// <summary>Nodes and links now.</summary>
    public MeshView ReadMesh()
    {
        lock (_lock)
        {
            return View();
        }
    }

    /// <summary>The remembered whispers, newest first.</summary>
    public IReadOnlyList<WhisperView> ReadWhispers()
    {
        lock (_lock)
        {
            return [.. _whispers.Ids.Select(id => View(id, _whispers.Find(id)!))];
        }
    }

    /// <summary>One whisper by its frame, or null.</summary>
    public WhisperView? ReadWhisper(string frameId)
    {
        lock (_lock)
        {
            return _whispers.Find(frameId) is { } whisper ? View(frameId, whisper) : null;
        }
    }

    /// <summary>The node that has or had an identity, or null when none has told.</summary>
    public string? ReadNodeOf(string identity)
    {
        lock (_lock)
        {
            return _identities.NodeOf(identity);
        }
    }

    /// <summary>The counters that a node last reported; empty when it never did.</summary>
    public IReadOnlyDictionary<string, long> ReadStatistics(string node)
    {
        lock (_lock)
        {
            return _nodes.TryGetValue(node, out NodeState? state) ? state.Statistics : new Dictionary<string, long>();
        }
    }

    /// <summary>The way of a frame from its origin to a node; null when a part of it is unknown.</summary>
    public IReadOnlyList<Hop>? ReadPath(string frameId, string node)
    {
        lock (_lock)
        {
            return _trails.PathTo(frameId, node);
        }
    }

    /// <summary>Frames that a node was seen to store, oldest first, as far as they are remembered.</summary>
    public IReadOnlyList<string> ReadFramesOf(string node)
    {
        lock (_lock)
        {
            return [.. _trails.FramesOf(node)];
        }
    }

    private long NowMs => (long)_time.GetElapsedTime(_origin).TotalMilliseconds;

    private void OnLinkOpened(string node, LinkOpenedReport report)
    {
        LinkTrail link = _trails.Open(node, report);
        if (link.IsComplete)
        {
            Pair(link.First!, link.Second!, link.IsBluetooth).Met++;

            // What was stored before the second end had spoken can be shown now.
            foreach ((string frameId, string stored) in _trails.StoredOver(report.Tag))
            {
                PublishMove(frameId, stored);
                PublishWhisper(frameId);
            }
        }

        PublishMesh();
    }

    private void OnLinkClosed(LinkClosedReport report)
    {
        if (_trails.Close(report.Tag) is not { } link)
        {
            return;
        }

        if (link.IsComplete && report.State == "failed")
        {
            Pair(link.First!, link.Second!, link.IsBluetooth).Failed++;
        }

        PublishMesh();
    }

    private void OnFrameStored(NodeState node, FrameStoredReport report)
    {
        if (!_trails.Store(node.Name, report))
        {
            return;
        }

        node.Frames++;
        if (report.Tag != FrameStoredReport.NoTag)
        {
            PublishMove(report.FrameId, node.Name);
        }
    }

    private void OnIdentity(NodeState node, string identity)
    {
        node.Identity = identity;
        _identities.Note(node.Name, identity);
        PublishMesh();
    }

    private void OnWhisperSent(string node, WhisperSentReport report)
    {
        WhisperState whisper = _whispers.FindOrAdd(report.FrameId, report.Kind, report.Intent, node);
        whisper.SentMs ??= NowMs;
        whisper.To ??= report.To;
        if (report.WhisperId is { } id)
        {
            (whisper.WhisperId, whisper.Status) = (id, "queued");
        }

        PublishWhisper(report.FrameId);
    }

    private void OnWhisperStatus(WhisperStatusReport report)
    {
        if (_whispers.FindFrame(report.WhisperId) is { } frameId)
        {
            _whispers.Find(frameId)!.Status = report.Status;
            PublishWhisper(frameId);
        }
    }

    private void OnWhisperRead(string node, WhisperReadReport report)
    {
        WhisperState whisper = _whispers.FindOrAdd(
            report.FrameId, report.Kind, report.Intent, _identities.NodeOf(report.From) ?? report.From);
        whisper.Bytes ??= report.Bytes;
        if (report.Kind == WhisperKinds.Direct)
        {
            // Whoever reads it is the one it is for.
            whisper.To ??= node;
        }

        if (whisper.Deliveries.All(d => d.Node != node))
        {
            long? latencyMs = whisper.SentMs is { } sentMs ? NowMs - sentMs : null;
            whisper.Deliveries.Add(
                new DeliveryView(node, DateTimeOffset.Now, latencyMs, null, null, report.IsProven));
        }

        PublishWhisper(report.FrameId);
    }

    private PairState Pair(string first, string second, bool bluetooth)
    {
        (string, string) key = string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first);
        if (!_pairs.TryGetValue(key, out PairState? pair))
        {
            pair = new PairState(bluetooth);
            _pairs.Add(key, pair);
        }

        return pair;
    }

    private MeshView View()
    {
        List<LinkTrail> open = [.. _trails.OpenLinks];
        var nodes = _nodes.Values
            .Select(n => new NodeView(n.Name, n.Kind, n.Order, n.Online, n.Identity, n.Size, n.Frames, n.Contacts, n.LastError))
            .ToList();
        var openPairs = open.Where(l => l.IsComplete).Select(l => (l.First!, l.Second!)).ToHashSet();
        var links = _pairs.Select(pair => new LinkView(
            pair.Key.First,
            pair.Key.Second,
            pair.Value.Bluetooth,
            openPairs.Contains(pair.Key) || openPairs.Contains((pair.Key.Second, pair.Key.First)),
            pair.Value.Met,
            pair.Value.Failed)).ToList();

        // A peer that does not report for itself, such as a real board, is known by its address only.
        foreach (LinkTrail link in open.Where(l => !l.IsComplete && l.Peer is not null && !_nodes.ContainsKey(l.Peer)))
        {
            nodes.Add(new NodeView(link.Peer!, NodeKind.Peer, null, true, null, null, 0, 0, null));
            links.Add(new LinkView(link.First!, link.Peer!, link.IsBluetooth, true, 1, 0));
        }

        return new MeshView(nodes, links);
    }

    private WhisperView View(string frameId, WhisperState whisper)
    {
        var deliveries = whisper.Deliveries.Select(delivery =>
        {
            IReadOnlyList<Hop>? path = _trails.PathTo(frameId, delivery.Node);
            return delivery with { Hops = path?.Count, BluetoothHops = path?.Count(hop => hop.IsBluetooth) };
        });
        return new WhisperView(
            frameId,
            whisper.Kind,
            whisper.Intent,
            whisper.From,
            whisper.To is { } to ? _identities.NodeOf(to) ?? to : null,
            whisper.SentAt,
            whisper.Payload,
            whisper.Bytes,
            [.. deliveries],
            whisper.Status);
    }

    private void PublishMesh() => Hub.Publish("mesh", View);

    private void PublishWhisper(string frameId)
    {
        if (_whispers.Find(frameId) is { } whisper)
        {
            Hub.Publish("whisper", () => View(frameId, whisper));
        }
    }

    private void PublishMove(string frameId, string node)
    {
        if (_trails.LastHop(frameId, node) is { } hop)
        {
            string? kind = _whispers.Find(frameId)?.Kind;
            Hub.Publish("move", () => new MoveView(frameId, hop.From, hop.To, hop.IsBluetooth, kind));
        }
    }

    private sealed class NodeState(string name, NodeKind kind, int? order)
    {
        public string Name { get; } = name;

        public NodeKind Kind { get; } = kind;

        public int? Order { get; } = order;

        public bool Online { get; set; }

        public string? Identity { get; set; }

        public string? Size { get; set; }

        public int Frames { get; set; }

        public int Contacts { get; set; }

        public string? LastError { get; set; }

        public IReadOnlyDictionary<string, long> Statistics { get; set; } = new Dictionary<string, long>();
    }

    private sealed class PairState(bool bluetooth)
    {
        public bool Bluetooth { get; } = bluetooth;

        public int Met { get; set; }

        public int Failed { get; set; }
    }
}
