using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Ranges;

/// <summary>Gateways with many frames, and links between them over time.</summary>
internal static class RangeBench
{
    private const int LinksMax = 4;

    private static readonly FrameMaker s_maker = new(2);
    private static readonly List<byte[]> s_frames = [];
    private static readonly Lock s_lock = new();

    /// <summary>A gateway, or a node of its size that offers everything.</summary>
    public static NodeCore Node(int seed, bool wide = true, Action<NodeConfiguration>? configure = null)
    {
        NodeLimits limits = NodeLimits.Desk();
        limits.Links = LinksMax;
        limits.KeyPairs = 2;
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home, limits);
        configuration.Wide = wide ? new RangeReconciler() : null;
        configure?.Invoke(configuration);
        return TestNetwork.Node(seed, configuration);
    }

    /// <summary>Frames of others, always the same ones under the same numbers.</summary>
    public static byte[][] Frames(int from, int count)
    {
        lock (s_lock)
        {
            while (s_frames.Count < from + count)
            {
                s_frames.Add(s_maker.Resonate());
            }

            return [.. s_frames.GetRange(from, count).Select(f => (byte[])f.Clone())];
        }
    }

    public static ulong IdOf(byte[] frame)
    {
        lock (s_lock)
        {
            return s_maker.IdOf(frame);
        }
    }

    /// <summary>Brings frames over a link of their own, which is closed then.</summary>
    public static void Fill(NodeCore node, IEnumerable<byte[]> frames, long nowMs = 0)
    {
        WirePeer peer = new(node, nowMs: nowMs);
        peer.Meet();
        foreach (byte[] frame in frames)
        {
            peer.SendFrame(frame);
        }

        node.CloseLink(peer.Link, nowMs);
    }

    /// <summary>A link on which time passes in steps.</summary>
    /// <param name="pair">The link.</param>
    /// <param name="fromMs">From here on.</param>
    /// <param name="toMs">Up to here.</param>
    /// <param name="each">Called before each step.</param>
    public static void Run(LinkPair pair, long fromMs, long toMs, Action<long>? each = null)
    {
        const int step = 100;
        for (long nowMs = fromMs; nowMs <= toMs; nowMs += step)
        {
            each?.Invoke(nowMs);
            pair.Initiator.HandleTimeout(nowMs);
            pair.Responder.HandleTimeout(nowMs);
            pair.Run(nowMs);
        }
    }

    public static LinkPair Stream(NodeCore initiator, NodeCore responder, long nowMs = 0) =>
        new(initiator, responder, LinkKind.Stream, nowMs);

    /// <summary>Bytes that both nodes sent, but for records that carry frames.</summary>
    public static long BytesBesidesFrames(params NodeCore[] nodes)
    {
        const int frameRecord = 1 + 256 + 16;
        return nodes.Sum(n => (long)n.Statistics.BytesSent - ((long)n.Statistics.FramesSent * frameRecord));
    }

    /// <summary>Sums over ranges or parts of ids, as PROTOCOL.md has them.</summary>
    /// <param name="peer">Its link's key salts them.</param>
    /// <param name="ids">Message ids.</param>
    /// <param name="range">0: over the 16 ranges; 1 to 16: over the parts of one.</param>
    public static byte[] SumsOf(WirePeer peer, IEnumerable<ulong> ids, int range)
    {
        uint[] sums = new uint[16];
        foreach (ulong hash in ids.Select(id => HashOf(peer, id)))
        {
            int ofRange = (int)(hash >> 60);
            if (range == 0 || ofRange == range - 1)
            {
                sums[range == 0 ? ofRange : (int)((hash >> 56) & 15)] += (uint)hash;
            }
        }

        return [(byte)range, .. sums.SelectMany(BitConverter.GetBytes)];
    }

    public static ulong HashOf(WirePeer peer, ulong id)
    {
        byte[] bytes = BitConverter.GetBytes(id);
        Array.Reverse(bytes);
        SipHash hash = new();
        hash.SetKey(peer.Handshake.Secrets, 32);
        return hash.Compute(bytes, 2, 6);
    }
}
