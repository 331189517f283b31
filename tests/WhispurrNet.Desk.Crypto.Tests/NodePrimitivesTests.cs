using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests;

/// <summary>A node with a desk's primitives is, byte for byte, the node that a board is.</summary>
public sealed class NodePrimitivesTests
{
    private const int LinkSteps = 60;

    [Fact]
    public void TwoMembersSayTheSameBytesWithEitherPrimitives()
    {
        List<string> board = Conversation(null, null);

        Assert.True(board.Count > 8, "The two have hardly talked.");
        Assert.Equal(board, Conversation(new NodePrimitives(), new NodePrimitives()));
        Assert.Equal(board, Conversation(new NodePrimitives(new ManagedProvider()), null));
        Assert.Equal(board, Conversation(null, new NodePrimitives(new ManagedProvider())));
    }

    [Fact]
    public void AnIdentitySignsWhatABoardVerifies()
    {
        var sample = new Sample(7);
        byte[] seed = sample.Bytes(32), message = sample.Bytes(50), signature = new byte[70];
        var user = new DeskUserIdentity(seed);
        var board = new Protocol.Extras.Identity.UserIdentity(seed);
        Assert.Equal(board.PublicKey, user.PublicKey);
        user.Sign(message, 4, 40, signature, 3);

        Assert.True(new DeskUserVerifier().Verify(board.PublicKey, message, 4, 40, signature, 3));
        Assert.True(new Protocol.Extras.Identity.UserVerifier().Verify(board.PublicKey, message, 4, 40, signature, 3));
        Assert.False(new DeskUserVerifier().Verify(board.PublicKey, message, 4, 39, signature, 3));
        user.Wipe();
        Assert.Throws<ObjectDisposedException>(() => user.Sign(message, 4, 40, signature, 3));
    }

    // A handshake of members, and a whisper over the link that it opens: every unit that was sent, in hex.
    private static List<string> Conversation(IPrimitives? first, IPrimitives? second)
    {
        NodeCore[] nodes = [Node(first, 1), Node(second, 2)];
        long nowMs = 1000;
        int[] links = [Open(nodes[0], true, nowMs), Open(nodes[1], false, nowMs)];
        var said = new List<string> { nodes[0].IdentityText, nodes[1].IdentityText };
        byte[] unit = new byte[4096], payload = new Sample(9).Bytes(100);
        Assert.Equal(SendResult.Queued, nodes[0].Broadcast(payload, 0, payload.Length, nowMs));
        for (int step = 0; step < LinkSteps; step++, nowMs += 500)
        {
            for (int from = 0; from < 2; from++)
            {
                nodes[from].HandleTimeout(nowMs);
                for (int size; (size = nodes[from].PollTransmit(links[from], unit, 0, nowMs)) > 0;)
                {
                    said.Add($"{from} {Convert.ToHexStringLower(unit.AsSpan(0, size))}");
                    nodes[1 - from].Receive(links[1 - from], unit, 0, size, nowMs);
                }
            }
        }

        Assert.Equal(1u, nodes[1].Statistics.Handshakes);
        var whisper = new WhisperMessage(nodes[1].MaxPayload);
        Assert.True(nodes[1].PollWhisper(whisper));
        Assert.Equal(payload, whisper.Payload[..whisper.PayloadCount]);
        return said;
    }

    private static int Open(NodeCore node, bool initiator, long nowMs) =>
        node.OpenLink(LinkKind.Stream, initiator, node.MaxUnit, 0, nowMs);

    private static NodeCore Node(IPrimitives? primitives, int seed)
    {
        var configuration = new NodeConfiguration
        {
            Network = NetworkKey.FromBytes(new Sample(100).Bytes(32)),
            Limits = NodeLimits.Desk(),
            Primitives = primitives,
        };
        return new NodeCore(configuration, new HmacSha256(), new Sample(seed).Bytes(NodeCore.SeedSize), 0);
    }
}
