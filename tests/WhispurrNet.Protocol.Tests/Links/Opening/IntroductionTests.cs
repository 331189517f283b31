using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>New identities are told inside the resumed link: no handshake is made for them, and cards follow.</summary>
public class IntroductionTests
{
    private const int Hour = 60 * 60 * 1000;

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void AHandshakeTellsBothCards(LinkKind kind)
    {
        OpeningPair pair = new(kind, Discoverable(1), Discoverable(2));
        Assert.True(pair.Link());

        Assert.True(Knows(pair.A, IdOf(pair.B)));
        Assert.True(Knows(pair.B, IdOf(pair.A)));
    }

    [Fact]
    public void WhoIsNotToBeWrittenToTellsItsKeyOnly()
    {
        OpeningPair pair = new(LinkKind.Stream, Discoverable(1), TestNetwork.Node(2));
        Assert.True(pair.Link());

        Assert.Equal(0, pair.A.KnownContacts);
        Assert.Equal(1, pair.B.KnownContacts);
    }

    [Fact]
    public void StrangersTellNoCards()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Foreign);
        configuration.Discoverable = true;
        OpeningPair pair = new(LinkKind.Stream, Discoverable(1), TestNetwork.Node(2, configuration));
        Assert.True(pair.Link());

        Assert.Equal(0, pair.A.KnownContacts);
        Assert.Equal(0, pair.B.KnownContacts);
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void ANewIdentityIsIntroducedOnceInsideTheResumedLink(LinkKind kind)
    {
        OpeningPair pair = new(kind, Discoverable(1), Discoverable(2));
        Assert.True(pair.Link());
        pair.NowMs = 60_000;
        Assert.True(pair.Link());
        PeerTable peers = OpeningPair.PeersOf(pair.B);
        uint age = peers.AgeOf(0, 3700);
        Assert.NotEqual(0u, age);
        byte[] former = IdOf(pair.A);

        pair.NowMs = Hour + 60_000;
        Assert.True(pair.Link());

        Assert.NotEqual(former, IdOf(pair.A));
        Assert.True(Knows(pair.B, IdOf(pair.A)));
        Assert.True(Knows(pair.A, IdOf(pair.B)));
        Assert.Equal(1u, pair.A.Statistics.Handshakes);
        Assert.Equal(1u, pair.A.Statistics.IdentitiesIntroduced);
        Assert.Equal(1u, pair.B.Statistics.IdentitiesIntroduced);
        Assert.Equal(0, peers.FindKey(KeyOf(pair.A), 0, true));
        Assert.Equal(age, peers.AgeOf(0, 3700));
        Assert.False(peers.IsKeyProven(0));

        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.IdentitiesIntroduced);
    }

    [Fact]
    public void AnOpenStreamCarriesTheIntroductionAtOnce()
    {
        NodeCore a = Discoverable(1);
        NodeCore b = Discoverable(2);
        CrossedLinks links = new(a, b);
        links.Dial(0);
        links.Run();
        for (int hour = 1; hour <= 5; hour++)
        {
            for (int minute = 0; minute < 60; minute++)
            {
                links.NowMs += 60_000 / 2;
                a.HandleTimeout(links.NowMs);
                b.HandleTimeout(links.NowMs);
                links.Run();
                links.NowMs += 60_000 / 2;
                links.Run();
                a.HandleTimeout(links.NowMs);
                b.HandleTimeout(links.NowMs);
                links.Run();
            }

            Assert.True(Knows(b, IdOf(a)));
            Assert.True(Knows(a, IdOf(b)));
        }

        Assert.Equal(LinkState.Open, links.StateOf(0, 0));
        Assert.InRange(a.Statistics.IdentitiesIntroduced, 4u, 5u);
        Assert.Equal(1u, a.Statistics.Handshakes);
    }

    /// <summary>A contact that is cut may have brought the new identity or not: it is told again.</summary>
    [Fact]
    public void AnIntroductionThatMayBeLostIsRepeated()
    {
        OpeningPair whole = Aged();
        Assert.True(whole.Link());
        for (int cut = 0; cut < whole.BytesOnWire; cut += 11)
        {
            OpeningPair pair = Aged();
            pair.Link(true, cut);
            Assert.True(pair.Link());
            Assert.True(Knows(pair.B, IdOf(pair.A)), $"cut after {cut}");
            Assert.True(Knows(pair.A, IdOf(pair.B)), $"cut after {cut}");
            Assert.Equal(1u, pair.A.Statistics.Handshakes);
        }
    }

    [Fact]
    public void AnIntroductionOfSomebodyElsesKeyTakesNothingFromIt()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer honest = new(node, address: 0);
        honest.Meet();
        WirePeer liar = new(node);
        liar.Meet();
        PeerTable peers = OpeningPair.PeersOf(node);
        int place = peers.FindKey(honest.Handshake.PublicKey, 0, true);
        liar.Send([WirePeer.Introduce, .. honest.Handshake.PublicKey, .. new byte[72]]);

        Assert.Equal(LinkState.Open, liar.State);
        Assert.Equal(place, peers.FindKey(honest.Handshake.PublicKey, 0, true));
        Assert.True(peers.IsKeyProven(place));
        Assert.Equal(LinkState.Open, honest.State);
    }

    [Theory]
    [InlineData(104, TestNetwork.Home)]
    [InlineData(106, TestNetwork.Home)]
    [InlineData(105, TestNetwork.Foreign)]
    public void AMalformedIntroductionOrAStrangersEndsTheLink(int size, int network)
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = new(node, network: network);
        peer.Meet();
        byte[] record = new byte[size];
        record[0] = WirePeer.Introduce;
        peer.Send(record);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, node.Statistics.RecordsRefused);
    }

    /// <summary>Three nodes that meet by turns for six hours: a pair pays one handshake an hour at most.</summary>
    [Fact]
    public void APairPaysOneHandshakeAnHour()
    {
        const int hours = 6;
        NodeCore[] nodes = [.. Enumerable.Range(0, 3).Select(i => Discoverable(10 + i))];
        for (long nowMs = 0; nowMs < (long)hours * Hour; nowMs += 5 * 60_000)
        {
            for (int i = 0; i < nodes.Length; i++)
            {
                foreach (NodeCore node in nodes)
                {
                    node.HandleTimeout(nowMs);
                    node.HandleTimeout(nowMs);
                }

                NodeCore dialling = nodes[i];
                NodeCore other = nodes[(i + 1) % nodes.Length];
                LinkPair contact = new(
                    dialling, other, LinkKind.Contact, nowMs, responderAddress: 0xC0 + (ulong)((i + 1) % nodes.Length));
                contact.Run(nowMs);
                Assert.True(contact.IsFinished);
                contact.Close(nowMs);
            }
        }

        // Each node has two pairs; the first handshake, then one at every renewal of the secret.
        Assert.All(nodes, n => Assert.InRange(n.Statistics.Handshakes, 2u * (hours - 2), 2u * hours));
        Assert.All(nodes, n => Assert.Equal(0u, n.Statistics.HandshakesFailed + n.Statistics.KeyPairsMissing));
        Assert.All(nodes, n => Assert.Equal(2, OpeningPair.PeersOf(n).Count));
        Assert.All(nodes, n => Assert.True(n.Statistics.Resumptions >= 120));
    }

    private static OpeningPair Aged()
    {
        OpeningPair pair = new(LinkKind.Contact, Discoverable(1), Discoverable(2));
        Assert.True(pair.Link());
        pair.NowMs = Hour + 60_000;
        return pair;
    }

    private static NodeCore Discoverable(int seed)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Discoverable = true;
        return TestNetwork.Node(seed, configuration);
    }

    private static bool Knows(NodeCore node, byte[] id)
    {
        return OpeningPair.PartOf<ContactTable>(node).Find(id) != ContactTable.None;
    }

    private static byte[] IdOf(NodeCore node)
    {
        return Convert.FromHexString(node.IdentityText[..32]);
    }

    private static byte[] KeyOf(NodeCore node)
    {
        byte[] key = new byte[32];
        OpeningPair.PartOf<Protocol.Identity.EphemeralIdentity>(node).CopyPublicKey(key, 0);
        return key;
    }
}
