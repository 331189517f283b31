using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>What is no longer needed is nowhere in anything that the node holds on to.</summary>
public class SecretsAreWipedTests
{
    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void ASecretIsGoneWhenTheNextOneIsConfirmed(LinkKind kind)
    {
        OpeningPair pair = OpeningPair.Members(kind);
        Assert.True(pair.Link());
        for (int i = 0; i < 3; i++)
        {
            byte[] former = Assert.Single(OpeningPair.SecretsOf(pair.A));
            Assert.True(Holds(pair.A, former) && Holds(pair.B, former));
            Assert.True(pair.Link(true));
            Assert.False(Holds(pair.A, former));
            Assert.False(Holds(pair.B, former));
        }
    }

    [Fact]
    public void LinkKeysAreGoneWithTheLink()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = new(node);
        peer.Meet();
        Assert.True(Holds(node, peer.Handshake.InitiatorKey));
        Assert.True(Holds(node, peer.Handshake.ResponderKey));
        Assert.True(Holds(node, peer.Handshake.Secrets[32..48]));

        node.CloseLink(peer.Link, 0);

        Assert.False(Holds(node, peer.Handshake.InitiatorKey));
        Assert.False(Holds(node, peer.Handshake.ResponderKey));
        Assert.False(Holds(node, peer.Handshake.Secrets[32..48]));
        Assert.True(Holds(node, peer.Handshake.Secrets[..32]));
    }

    [Fact]
    public void NothingOfAnOpeningIsLeftWhenTheLinkFails()
    {
        OpeningPair pair = OpeningPair.Members(LinkKind.Stream);
        Assert.True(pair.Link());
        int objects = ObjectGraph.Walk(pair.A).Count();
        for (int cut = 1; cut < 100; cut += 9)
        {
            pair.Link(true, cut);
            Assert.Equal(objects, ObjectGraph.Walk(pair.A).Count());
        }
    }

    [Fact]
    public void SecretsEndFourHoursAfterTheirHandshake()
    {
        OpeningPair pair = OpeningPair.Members(LinkKind.Contact);
        Assert.True(pair.Link());
        byte[] secret = Assert.Single(OpeningPair.SecretsOf(pair.A));
        long endMs = PeerTable.SecretSeconds * 1000L;
        pair.A.HandleTimeout(endMs - 1000);
        Assert.True(Holds(pair.A, secret));
        Assert.True(pair.A.NextDeadlineMs <= endMs);
        pair.A.HandleTimeout(endMs);

        Assert.False(Holds(pair.A, secret));
        Assert.Equal(0, OpeningPair.PeersOf(pair.A).Count);
    }

    [Fact]
    public void WipeLeavesNoSecretNoKeyPairAndNoLinkKey()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = new(node);
        peer.Meet();
        node.HandleTimeout(0);
        byte[] pairs = ObjectGraph.Walk(OpeningPair.PartOf<Protocol.Links.Opening.KeyPairPool>(node))
            .Select(e => e.Value).OfType<byte[]>().Single();
        byte[] pair = pairs[..32];
        Assert.True(Holds(node, pair));

        node.Wipe();

        Assert.False(Holds(node, pair));
        Assert.False(Holds(node, peer.Handshake.Secrets[..32]));
        Assert.False(Holds(node, peer.Handshake.InitiatorKey));
        Assert.False(Holds(node, peer.Handshake.ResponderKey));
        Assert.False(Holds(node, peer.Handshake.PublicKey[..8]));
    }

    /// <summary>The HMAC is not the node's, and remembers the last key that it was given.</summary>
    private static bool Holds(NodeCore node, byte[] secret)
    {
        return ObjectGraph.Walk(node, o => o is Protocol.Crypto.IHmacSha256).Select(e => e.Value).OfType<byte[]>()
            .Any(bytes => bytes.AsSpan().IndexOf(secret) >= 0);
    }
}
