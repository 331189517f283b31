using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Obfuscation;

/// <summary>The first time that a frame is handed on comes late by a random time.</summary>
public class HoldBackTests
{
    private readonly FrameMaker _maker = new(2);

    [Theory]
    [InlineData(false, 15_000)]
    [InlineData(true, 1500)]
    public void NobodyHearsOfAFrameBeforeItsTime(bool emergency, long maxMs)
    {
        List<long> delays = [];
        for (int seed = 1; seed <= 40; seed++)
        {
            NodeCore node = Node(seed);
            WirePeer before = Met(node, 0);
            if (emergency)
            {
                node.Emergency([1], 0, 1, 1000);
            }
            else
            {
                node.Broadcast([1], 0, 1, 1000);
            }

            long dueMs = node.NextDeadlineMs;
            Assert.InRange(dueMs, 1000, 1000 + maxMs);
            node.HandleTimeout(dueMs - 1);
            Assert.Empty(before.Receive());
            Assert.Empty(Met(node, dueMs - 1).Receive());

            node.HandleTimeout(dueMs);
            before.NowMs = dueMs;
            Assert.Equal(WirePeer.Frame, Assert.Single(before.Receive())[0]);
            delays.Add(dueMs - 1000);
        }

        Assert.True(delays.Distinct().Count() > 35);
    }

    [Fact]
    public void ARelayedFrameGoesToAllButTheOneItCameFrom()
    {
        NodeCore node = Node(1);
        WirePeer from = Met(node, 0);
        WirePeer to = Met(node, 0);
        from.SendFrame(_maker.Broadcast());
        from.NowMs = to.NowMs = 16_000;
        node.HandleTimeout(16_000);

        Assert.Empty(from.Receive());
        Assert.Equal(WirePeer.Frame, Assert.Single(to.Receive())[0]);
    }

    /// <summary>The link that a frame came over may be another's by the time it is released.</summary>
    [Fact]
    public void WhoTakesThePlaceOfTheOneItCameFromIsTold()
    {
        NodeCore node = Node(1);
        WirePeer from = Met(node, 0);
        from.SendFrame(_maker.Broadcast());
        node.CloseLink(from.Link, 1);
        WirePeer to = Met(node, 1);
        Assert.Equal(from.Link, to.Link);
        to.NowMs = 16_000;
        node.HandleTimeout(16_000);

        Assert.Equal(WirePeer.Frame, Assert.Single(to.Receive())[0]);
    }

    [Fact]
    public void AFrameThatIsGoneIsNotReleased()
    {
        NodeCore node = Node(1);
        WirePeer from = Met(node, 0);
        WirePeer to = Met(node, 0);
        from.SendFrame(_maker.Resonance("elsewhere", [1]));
        for (int i = 0; i < 40; i++)
        {
            from.SendFrame(_maker.Resonance("elsewhere", [1]));
        }

        node.HandleTimeout(0);
        from.NowMs = to.NowMs = 16_000;
        node.HandleTimeout(16_000);

        Assert.Equal(16, node.HeldFrames);
        Assert.Equal(16, to.Receive().Count(r => r[0] == WirePeer.Frame));
    }

    [Fact]
    public void AContactThatBeganInTheMeantimeIsTold()
    {
        NodeCore node = Node(1);
        node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(node, LinkKind.Contact);
        peer.Send(peer.HelloRecord());
        Assert.Equal([WirePeer.Hello, WirePeer.Done], peer.Receive().Select(r => r[0]));
        node.CloseLink(peer.Link, 0);
        node.HandleTimeout(16_000);

        WirePeer next = new(node, LinkKind.Contact, nowMs: 16_000);
        Assert.Equal(WirePeer.Offer, Assert.Single(next.Meet())[0]);
    }

    private static NodeCore Node(int seed)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Obfuscation = new WithoutCover();
        return TestNetwork.Node(seed, configuration);
    }

    private static WirePeer Met(NodeCore node, long nowMs)
    {
        WirePeer peer = new(node, nowMs: nowMs);
        Assert.NotEqual(NodeCore.NoLink, peer.Link);
        peer.Meet();
        return peer;
    }
}
