using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>The heap that a node core holds on to, by structure. The HMAC is the board's and not counted.</summary>
internal sealed class NodeFootprint
{
    public const string Frames = "frames held";
    public const string SeenOwn = "ids seen, own network";
    public const string SeenStrangers = "ids seen, strangers";
    public const string Neighbours = "neighbours";
    public const string Links = "links";
    public const string Keys = "key ring";
    public const string Delivered = "inner ids given to the application";
    public const string Contacts = "contacts";
    public const string Identity = "identities and mailboxes";
    public const string Clock = "clock";
    public const string Statuses = "status of own whispers";
    public const string Outgoing = "whispers and acknowledgements under way, none";
    public const string Random = "random source";
    public const string Rest = "everything else";

    public static readonly string[] Groups =
        [
            Frames, SeenOwn, SeenStrangers, Neighbours, Links, Keys, Delivered, Contacts, Identity, Statuses, Outgoing,
            Clock, Random, Rest,
        ];

    private readonly Dictionary<string, int> _bytes = Groups.ToDictionary(g => g, _ => 0);

    public NodeFootprint(NodeCore core)
    {
        // Every object belongs to the group of the named structure nearest above it.
        Dictionary<string, string> groupOfPath = [];
        foreach ((string path, object value) in ObjectGraph.Walk(core, o => o is IHmacSha256))
        {
            string parent = path.Length == 0 ? "" : path[..Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['))];
            string group = NamedGroup(path, value) ?? groupOfPath.GetValueOrDefault(parent, Rest);
            groupOfPath[path] = group;
            _bytes[group] += ManagedHeap.SizeOf(value);
        }
    }

    public int Total => _bytes.Values.Sum();

    public int this[string group] => _bytes[group];

    private static string? NamedGroup(string path, object value)
    {
        return value switch
        {
            FrameStore => Frames,
            SeenCache when path.EndsWith("seenOwn", StringComparison.Ordinal) => SeenOwn,
            SeenCache when path.EndsWith("seenStrangers", StringComparison.Ordinal) => SeenStrangers,
            SeenCache => Delivered,
            NeighbourTable => Neighbours,
            KeyRing or NetworkKeys => Keys,
            ContactTable => Contacts,
            EphemeralIdentity or MailboxRing => Identity,
            PeerClock => Clock,
            StatusTable => Statuses,
            { } when value.GetType().Name is "Outbox" or "AckQueue" or "AckKeys" => Outgoing,
            ChaChaRandom => Random,
            Array when path.EndsWith("links", StringComparison.Ordinal) => Links,
            NodeStatistics or GossipEngine or MacWorkspace => Rest,
            _ => null,
        };
    }
}
