namespace WhispurrNet.Gateway.Live;

/// <summary>One hop that a frame took.</summary>
/// <param name="From">The node that had it.</param>
/// <param name="To">The node that got it.</param>
/// <param name="IsBluetooth">Over a Bluetooth contact, else over a stream.</param>
public sealed record Hop(string From, string To, bool IsBluetooth);

/// <summary>One link as its two ends reported it; an end that has not spoken yet is null.</summary>
internal sealed class LinkTrail(string tag, bool isBluetooth)
{
    public string Tag { get; } = tag;

    public bool IsBluetooth { get; } = isBluetooth;

    public string? First { get; private set; }

    public string? Second { get; private set; }

    /// <summary>The missing end's address, when the end that has spoken knows it.</summary>
    public string? Peer { get; set; }

    public bool IsOpen { get; set; } = true;

    public bool IsComplete => Second is not null;

    public string? OtherEnd(string node) => First == node ? Second : First;

    public void AddEnd(string node)
    {
        if (First is null)
        {
            First = node;
        }
        else if (First != node && Second is null)
        {
            Second = node;
        }
    }
}

/// <summary>
/// Where frames went: joins what the nodes say about frames with what both ends say about links. Both tables are
/// bounded; the oldest frame goes first, and the oldest link that is closed.
/// </summary>
internal sealed class FrameTrails
{
    /// <summary>Most links remembered.</summary>
    public const int MaxLinks = 1024;

    /// <summary>Most frames remembered.</summary>
    public const int MaxFrames = 512;

    private readonly Dictionary<string, LinkTrail> _links = [];
    private readonly LinkedList<LinkTrail> _linkOrder = [];
    private readonly Dictionary<string, Dictionary<string, string>> _frames = [];
    private readonly Queue<string> _frameOrder = [];

    /// <summary>Links that are open now.</summary>
    public IEnumerable<LinkTrail> OpenLinks => _linkOrder.Where(link => link.IsOpen);

    /// <summary>One end says that a link is open.</summary>
    public LinkTrail Open(string node, LinkOpenedReport report)
    {
        if (!_links.TryGetValue(report.Tag, out LinkTrail? link))
        {
            link = new LinkTrail(report.Tag, report.IsBluetooth);
            _links.Add(report.Tag, link);
            _linkOrder.AddLast(link);
            Bound();
        }

        link.AddEnd(node);
        link.Peer ??= report.Peer;
        return link;
    }

    /// <summary>One end says that a link is closed.</summary>
    /// <returns>The link, or null when it is unknown or was closed already.</returns>
    public LinkTrail? Close(string tag)
    {
        if (!_links.TryGetValue(tag, out LinkTrail? link) || !link.IsOpen)
        {
            return null;
        }

        link.IsOpen = false;
        return link;
    }

    /// <summary>A node has stored a frame. Only the first link counts: a later copy only refreshes the frame.</summary>
    /// <returns>True when this is new.</returns>
    public bool Store(string node, FrameStoredReport report)
    {
        if (!_frames.TryGetValue(report.FrameId, out Dictionary<string, string>? tags))
        {
            tags = [];
            _frames.Add(report.FrameId, tags);
            _frameOrder.Enqueue(report.FrameId);
            if (_frameOrder.Count > MaxFrames)
            {
                _frames.Remove(_frameOrder.Dequeue());
            }
        }

        return tags.TryAdd(node, report.Tag);
    }

    /// <summary>The last hop of a frame to a node, or null while the link's other end is unknown.</summary>
    public Hop? LastHop(string frameId, string node)
    {
        return _frames.TryGetValue(frameId, out Dictionary<string, string>? tags)
            && tags.TryGetValue(node, out string? tag)
            && _links.TryGetValue(tag, out LinkTrail? link)
            && link.OtherEnd(node) is { } other
            ? new Hop(other, node, link.IsBluetooth)
            : null;
    }

    /// <summary>Frames that came over a link, each with the node it came to.</summary>
    public IEnumerable<(string FrameId, string Node)> StoredOver(string tag)
    {
        return from frame in _frames
               from stored in frame.Value
               where stored.Value == tag
               select (frame.Key, stored.Key);
    }

    /// <summary>Frames that a node has stored, oldest first.</summary>
    public IEnumerable<string> FramesOf(string node) => _frameOrder.Where(id => _frames[id].ContainsKey(node));

    /// <summary>The hops of a frame from its origin to a node; null when a part of the way is unknown.</summary>
    public IReadOnlyList<Hop>? PathTo(string frameId, string node)
    {
        if (!_frames.TryGetValue(frameId, out Dictionary<string, string>? tags))
        {
            return null;
        }

        var path = new List<Hop>();
        string at = node;
        while (tags.TryGetValue(at, out string? tag) && tag != FrameStoredReport.NoTag)
        {
            Hop? hop = LastHop(frameId, at);
            if (hop is null || path.Count > tags.Count)
            {
                return null;
            }

            path.Insert(0, hop);
            at = hop.From;
        }

        return tags.ContainsKey(at) ? path : null;
    }

    private void Bound()
    {
        if (_links.Count <= MaxLinks)
        {
            return;
        }

        LinkedListNode<LinkTrail> oldest = _linkOrder.First!;
        for (LinkedListNode<LinkTrail>? entry = oldest; entry is not null; entry = entry.Next)
        {
            if (!entry.Value.IsOpen)
            {
                oldest = entry;
                break;
            }
        }

        _linkOrder.Remove(oldest);
        _links.Remove(oldest.Value.Tag);
    }
}
