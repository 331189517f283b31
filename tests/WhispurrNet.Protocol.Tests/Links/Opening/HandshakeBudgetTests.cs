using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>No curve operation beyond the budgets, and none for whom there is no key pair.</summary>
public class HandshakeBudgetTests
{
    [Fact]
    public void EveryBudgetIsItsOwn()
    {
        NodeLimits limits = NodeLimits.Small();
        HandshakeBudget budget = new(limits, keyless: false);
        Assert.Equal(8, TakeAll(budget, HandshakeBudget.Members, 0));
        Assert.Equal(2, TakeAll(budget, HandshakeBudget.Strangers, 0));
        Assert.Equal(8, TakeAll(budget, HandshakeBudget.Dialled, 0));

        Assert.Equal(6, TakeAll(budget, HandshakeBudget.Members, 60_000));
        Assert.Equal(1, TakeAll(budget, HandshakeBudget.Strangers, 60_000));
        Assert.Equal(6, TakeAll(budget, HandshakeBudget.Dialled, 60_000));
    }

    [Fact]
    public void ToAKeylessRelayStrangersAreAllThereIs()
    {
        HandshakeBudget budget = new(NodeLimits.Desk(), keyless: true);

        Assert.Equal(256, TakeAll(budget, HandshakeBudget.Strangers, 0));
    }

    /// <summary>A first message of an outsider, right in every byte but the guard, costs no key pair beyond the budget.</summary>
    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void StrangersTogetherHaveOneSmallBudget(LinkKind kind)
    {
        NodeCore node = new(Configuration(TestNetwork.Home), new Protocol.Crypto.HmacSha256(), TestNetwork.Seed(1), 0);
        KeyPairPool pairs = OpeningPair.PartOf<KeyPairPool>(node);
        int answered = 0;
        for (int i = 0; i < 20; i++)
        {
            node.HandleTimeout(0);
            Assert.True(pairs.IsFull);
            answered += Dial(node, kind, TestNetwork.Foreign, 0) == WireHandshake.StrangersHandshake2 ? 1 : 0;
            Assert.Equal(i < 2, !pairs.IsFull);
        }

        Assert.Equal(2, answered);
        Assert.Equal(18u, node.Statistics.HandshakesRefused);

        // A member is not kept out by them.
        Assert.Equal(WireHandshake.Handshake2, Dial(node, kind, TestNetwork.Home, 0));
    }

    [Fact]
    public void WithoutAKeyPairAContactFailsAndAStreamMakesOne()
    {
        NodeCore node = TestNetwork.Node(1);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(WireHandshake.Handshake2, Dial(node, LinkKind.Contact, TestNetwork.Home, 0));
        }

        Assert.Equal(0, Dial(node, LinkKind.Contact, TestNetwork.Home, 0));
        Assert.Equal(1u, node.Statistics.KeyPairsMissing);
        Assert.Equal(WireHandshake.Handshake2, Dial(node, LinkKind.Stream, TestNetwork.Home, 0));
        int contact = node.OpenLink(LinkKind.Contact, true, 20, 0, 0);
        Assert.Equal(0, Dial(node, LinkKind.Stream, TestNetwork.Home, 0));
        Assert.Equal(2u, node.Statistics.KeyPairsMissing);
        node.HandleTimeout(0);
        Assert.Equal(0, OpeningPair.PartOf<KeyPairPool>(node).Count);

        node.CloseLink(contact, 0);
        node.HandleTimeout(0);
        Assert.Equal(1, OpeningPair.PartOf<KeyPairPool>(node).Count);
        Assert.Equal(WireHandshake.Handshake2, Dial(node, LinkKind.Contact, TestNetwork.Home, 0));
    }

    [Fact]
    public void WhoIsMetByRadioAndAnswersAsAStrangerIsOne()
    {
        NodeCore node = new(Configuration(TestNetwork.Home), new Protocol.Crypto.HmacSha256(), TestNetwork.Seed(1), 0);
        int finished = 0;
        for (ulong i = 0; i < 6; i++)
        {
            NodeCore foreign = TestNetwork.Node(50 + (int)i, TestNetwork.Foreign);
            finished += new OpeningPair(LinkKind.Contact, node, foreign).Link() ? 1 : 0;
        }

        Assert.Equal(2, finished);
        Assert.Equal(4u, node.Statistics.HandshakesRefused);

        // What a node was told to dial is none of theirs.
        Assert.True(new OpeningPair(LinkKind.Stream, node, TestNetwork.Node(60, TestNetwork.Keyless)).Link());
    }

    [Fact]
    public void PairsAreTakenOnceAndOverwritten()
    {
        KeyPairPool pool = new(2);
        Protocol.Crypto.ChaChaRandom random = new(TestNetwork.Seed(1));
        Protocol.Crypto.MacWorkspace mac = new(new Protocol.Crypto.HmacSha256());
        for (int i = 0; i < 5; i++)
        {
            pool.Make(random, mac);
        }

        Assert.Equal(2, pool.Count);
        byte[] memory = ObjectGraph.Walk(pool).Select(e => e.Value).OfType<byte[]>().Single();
        byte[] key = new byte[32];
        byte[] publicKey = new byte[32];
        byte[] computed = new byte[32];
        while (pool.TryTake(key, publicKey))
        {
            new Protocol.Crypto.X25519().ScalarMultiplyBase(key, computed);
            Assert.Equal(publicKey, computed);
            Assert.Equal(-1, memory.AsSpan().IndexOf(key));
        }

        Assert.All(memory, b => Assert.Equal(0, b));
        pool.Make(random, mac);
        pool.Wipe();
        Assert.All(memory, b => Assert.Equal(0, b));
        Assert.False(pool.TryTake(key, publicKey));
    }

    private static NodeConfiguration Configuration(int network)
    {
        return new NodeConfiguration
        {
            Network = TestNetwork.Key(network), Limits = NodeLimits.Small(), Discoverable = false,
        };
    }

    private static int TakeAll(HandshakeBudget budget, int whom, long nowMs)
    {
        int taken = 0;
        while (budget.TryTake(whom, nowMs))
        {
            taken++;
        }

        return taken;
    }

    /// <summary>Sends the first message of a handshake.</summary>
    /// <returns>The type of the answer, 0 without one.</returns>
    private static byte Dial(NodeCore node, LinkKind kind, int network, long nowMs)
    {
        int link = node.OpenLink(kind, false, 20, 0, nowMs);
        byte[] first = new WireHandshake(TestNetwork.Key(network)).WriteFirst();
        FragmentWriter writer = new(first.Length);
        first.CopyTo(writer.Record, 0);
        writer.Load(first.Length);
        byte[] unit = new byte[node.MaxUnit];
        while (kind == LinkKind.Contact && writer.IsBusy)
        {
            node.Receive(link, unit, 0, writer.Next(unit, 0, 20), nowMs);
        }

        if (kind == LinkKind.Stream)
        {
            node.Receive(link, first, 0, first.Length, nowMs);
        }

        int count = node.PollTransmit(link, unit, 0, nowMs);
        node.CloseLink(link, nowMs);
        return count == 0 ? (byte)0 : unit[kind == LinkKind.Contact ? 4 : 0];
    }
}
