using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>
/// Two nodes that dial each other over and over: what is under way can be cut after any byte, changed, recorded and
/// replayed. Either has an address at which the other dials it.
/// </summary>
internal sealed class OpeningPair
{
    public const ulong AddressA = 0xA0;
    public const ulong AddressB = 0xB0;

    private readonly LinkKind _kind;

    public OpeningPair(LinkKind kind, NodeCore a, NodeCore b)
    {
        _kind = kind;
        A = a;
        B = b;
    }

    /// <summary>Dials first, and so is side A of the first secret.</summary>
    public NodeCore A { get; set; }

    public NodeCore B { get; set; }

    public long NowMs { get; set; }

    /// <summary>What goes over the link now: true from the side that dials.</summary>
    public List<(bool Forth, byte[] Unit)> Wire { get; } = [];

    /// <summary>Changes units on their way; null takes one away.</summary>
    public Func<bool, byte[], byte[]?>? Attack { get; set; }

    public LinkState DialledState { get; private set; }

    public LinkState OtherState { get; private set; }

    public static OpeningPair Members(LinkKind kind)
    {
        return new OpeningPair(kind, TestNetwork.Node(1), TestNetwork.Node(2));
    }

    /// <summary>One link from its beginning until both sides are silent, or so many bytes were carried, and then its end.</summary>
    /// <param name="fromA">Who dials.</param>
    /// <param name="bytesMax">Bytes until it is cut: of the unit that is on its way its first bytes arrive.</param>
    /// <returns>True when both sides came to an end of their own accord, in good order.</returns>
    public bool Link(bool fromA = true, int bytesMax = int.MaxValue)
    {
        (NodeCore dialling, NodeCore other) = fromA ? (A, B) : (B, A);
        dialling.HandleTimeout(NowMs);
        other.HandleTimeout(NowMs);
        Wire.Clear();
        int link = dialling.OpenLink(_kind, true, FragmentWriter.UnitSizeMin, fromA ? AddressB : AddressA, NowMs);
        int otherLink = other.OpenLink(_kind, false, FragmentWriter.UnitSizeMin, 0, NowMs);
        int left = bytesMax;
        bool quiet = false;
        while (!quiet && left > 0)
        {
            quiet = !Carry(dialling, link, other, otherLink, true, ref left)
                & !Carry(other, otherLink, dialling, link, false, ref left);
        }

        (DialledState, OtherState) = (dialling.GetLinkState(link), other.GetLinkState(otherLink));
        bool good = left > 0 && DialledState == OtherState
            && DialledState == (_kind == LinkKind.Contact ? LinkState.Finished : LinkState.Open)
            && dialling.GetLinkTag(link) == other.GetLinkTag(otherLink);
        dialling.CloseLink(link, NowMs);
        other.CloseLink(otherLink, NowMs);
        return good;
    }

    /// <summary>Bytes that a link of its own accord takes.</summary>
    public int BytesOnWire => Wire.Sum(w => w.Unit.Length);

    public static PeerTable PeersOf(NodeCore node) => PartOf<PeerTable>(node);

    public static T PartOf<T>(NodeCore node)
    {
        return ObjectGraph.Walk(node).Select(e => e.Value).OfType<T>().Single();
    }

    /// <summary>All secrets that a node has with anybody.</summary>
    public static List<byte[]> SecretsOf(NodeCore node)
    {
        PeerTable peers = PeersOf(node);
        List<byte[]> secrets = [];
        for (int i = 0; i < 2 * peers.Capacity; i++)
        {
            if (peers.HasSecret(i / 2, i % 2))
            {
                byte[] secret = new byte[PeerTable.SecretSize];
                peers.CopySecret(i / 2, i % 2, secret);
                secrets.Add(secret);
            }
        }

        return secrets;
    }

    private bool Carry(NodeCore from, int fromLink, NodeCore to, int toLink, bool forth, ref int left)
    {
        byte[] buffer = new byte[from.MaxUnit];
        int count = left > 0 ? from.PollTransmit(fromLink, buffer, 0, NowMs) : 0;
        if (count == 0)
        {
            return false;
        }

        byte[]? unit = buffer[..Math.Min(count, left)];
        left -= unit.Length;
        Wire.Add((forth, [.. unit]));
        unit = Attack == null ? unit : Attack(forth, unit);
        if (unit != null)
        {
            to.Receive(toLink, unit, 0, unit.Length, NowMs);
        }

        return true;
    }
}
