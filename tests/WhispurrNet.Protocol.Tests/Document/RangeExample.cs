using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Ranges;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>
/// The worked example of ranges: a gateway that holds one frame dials another that holds none there but wants to see the
/// parts. The records are without their protection.
/// </summary>
internal static class RangeExample
{
    public static string Ranges()
    {
        NodeConfiguration configuration = new()
        {
            Network = NetworkKey.FromJoinCode(WorkedExamples.JoinCodeText),
            Limits = NodeLimits.Desk(),
            Discoverable = false,
            Wide = new RangeReconciler(),
        };
        NodeCore node = new(configuration, new HmacSha256(), [.. Enumerable.Repeat((byte)4, NodeCore.SeedSize)], 0);
        byte[] payload = Encoding.ASCII.GetBytes(WorkedExamples.Payload);
        node.Broadcast(payload, 0, payload.Length, 0);
        byte[] key = [.. Enumerable.Repeat((byte)5, 32)];
        WireHandshake handshake = new(configuration.Network, key, [.. Enumerable.Repeat((byte)6, 32)]);
        WirePeer peer = new(node, nodeInitiates: true, handshake: handshake) { Features = 1 };
        ulong hash = RangeBench.HashOf(peer, node.LastSentId);
        List<(string, string)> lines =
        [
            ("short-id key", WorkedExamples.Hex(handshake.Secrets.AsSpan(32, 16))),
            ("held by the initiator", node.LastSentId.ToString("x16")),
            ("its SipHash", hash.ToString("x16")),
        ];

        byte range = (byte)((hash >> 60) + 1);
        byte[] hello = peer.Receive().Single(), ownHello = peer.HelloRecord();
        peer.Send(ownHello);
        byte[] sums = peer.Receive().Single(), parts = [WirePeer.Sums, range, .. new byte[64]];
        peer.Send(parts);
        peer.Send(WirePeer.Name, 0);
        List<byte[]> said = peer.Receive();
        (string, byte[])[] records =
        [
            ("initiator: HELLO", hello), ("responder: HELLO", ownHello), ("initiator: SUMS", sums), ("responder: SUMS", parts),
            ("responder: NAME", [WirePeer.Name, 0]), ("initiator: NAME", said[0]), ("initiator: OFFER", said[1]),
        ];
        lines.AddRange(records.Select(r => (r.Item1, WorkedExamples.Hex(r.Item2))));
        return WorkedExamples.Lines([.. lines]);
    }
}
