using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>Emergencies: who gives them priority, in what, and how much of it there is.</summary>
public class EmergencyTests
{
    private const int StoreMax = 4;

    private readonly NodeCore _node = TestNetwork.Node(1);
    private readonly FrameMaker _maker = new(2);
    private int _origins = 1000;

    [Fact]
    public void TheApplicationGetsItAsOneAndBeforeAllElse()
    {
        WirePeer peer = Met(_node);
        peer.SendFrame(_maker.Broadcast());
        peer.SendFrame(_maker.Broadcast());
        peer.SendFrame(Emergency());
        WhisperMessage message = TestNetwork.Message(_node);

        Assert.True(_node.PollWhisper(message));
        Assert.Equal(WhisperType.Emergency, message.Type);
        Assert.Null(message.Intent);
        Assert.Equal([7], message.Payload[..message.PayloadCount]);
        Assert.True(_node.PollWhisper(message));
        Assert.Equal(WhisperType.Broadcast, message.Type);
        Assert.True(_node.PollWhisper(message));
        Assert.False(_node.PollWhisper(message));
    }

    [Fact]
    public void OutsidersSeeATagLikeAnyOther()
    {
        byte[] frame = Emergency();

        Assert.Equal(1, _node.CountKeysThatOpen(frame));
        Assert.Equal(0, TestNetwork.Node(2, TestNetwork.Foreign).CountKeysThatOpen(frame));
        Assert.NotEqual(frame[2..10], Emergency()[2..10]);
    }

    [Theory]
    [InlineData(WhisperType.Emergency)]
    public void UnderABroadcastsTagItIsRefused(WhisperType type)
    {
        Met(_node).SendFrame(_maker.UnderBroadcastKey(type));

        Assert.False(_node.PollWhisper(TestNetwork.Message(_node)));
        Assert.Equal(1u, _node.Statistics.WhisperMalformed);
        Assert.Equal(0u, _node.Statistics.Emergencies);
    }

    [Fact]
    public void ItIsNamedAndSentFirstInAContact()
    {
        ulong[] ids = new ulong[4];
        for (int i = 0; i < ids.Length; i++)
        {
            SendResult result = i == 1 ? _node.Emergency([7], 0, 1, 0) : _node.Broadcast([1], 0, 1, 0);
            Assert.Equal(SendResult.Queued, result);
            ids[i] = _node.LastSentId;
        }

        WirePeer peer = new(_node, LinkKind.Contact);
        ulong[] names = WirePeer.NamesOf(Assert.Single(peer.Meet()));

        Assert.Equal([ids[1], ids[3], ids[2], ids[0]], names.Select(n => ids.Single(id => peer.ShortId(id) == n)));
        peer.Send(WirePeer.Pull, 0b1111);
        Assert.Equal(
            [ids[1], ids[3], ids[2], ids[0]],
            peer.Receive().Where(r => r[0] == WirePeer.Frame).Select(r => _maker.IdOf(r[1..])));
    }

    [Theory]
    [InlineData(TestNetwork.Home, 7)]
    [InlineData(TestNetwork.Foreign, 3)]
    [InlineData(TestNetwork.Keyless, 3)]
    public void AMemberPushesItToEveryStreamOthersToThree(int network, int pushes)
    {
        NodeLimits limits = NodeLimits.Full();
        limits.Links = 8;
        NodeCore node = TestNetwork.Node(1, network, limits);
        WirePeer[] peers = [.. Enumerable.Range(0, 8).Select(_ => Met(node))];
        peers[0].SendFrame(Emergency());

        Assert.Equal(pushes, peers[1..].Count(p => p.Receive().Any(r => r[0] == WirePeer.Frame)));
        Assert.Equal(network == TestNetwork.Home ? 1u : 0u, node.Statistics.Emergencies);
    }

    [Fact]
    public void ALinkHasThreeAtOnceAndOneMoreEveryMinute()
    {
        NodeCore node = TestNetwork.Node(1, limits: NodeLimits.Full());
        WirePeer peer = Met(node);
        Bring(peer, 5, 0);
        Assert.Equal((3u, 2u), Counts(node));
        Bring(peer, 1, 59_999);
        Assert.Equal((3u, 3u), Counts(node));
        Bring(peer, 2, 60_000);
        Assert.Equal((4u, 4u), Counts(node));

        // What is beyond the budget travels like any other frame, and the application has it.
        Assert.Equal(8, node.HeldFrames);
        Assert.Equal(8, Drain(node));
    }

    [Fact]
    public void WhoConnectsAnewIsGivenNoNewBurst()
    {
        NodeLimits limits = NodeLimits.Full();
        limits.Links = 1;
        NodeCore node = TestNetwork.Node(1, limits: limits);
        for (int i = 0; i < 4; i++)
        {
            WirePeer peer = Met(node);
            Bring(peer, 2, 1000 * i);
            node.CloseLink(peer.Link, 1000 * i);
        }

        Assert.Equal((3u, 5u), Counts(node));
    }

    [Fact]
    public void AnOriginHasThreeAtOnceBesidesItsOtherWhispers()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(SendResult.Queued, _node.Broadcast([1], 0, 1, 0));
        }

        Assert.Equal(SendResult.Congested, _node.Broadcast([1], 0, 1, 0));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(SendResult.Queued, _node.Emergency([1], 0, 1, 0));
        }

        Assert.Equal(SendResult.Congested, _node.Emergency([1], 0, 1, 59_999));
        Assert.Equal(SendResult.Queued, _node.Emergency([1], 0, 1, 60_000));
        Assert.Equal(SendResult.NoNetwork, TestNetwork.Node(2, TestNetwork.Keyless).Emergency([1], 0, 1, 0));
        Assert.Equal(SendResult.PayloadTooLarge, _node.Emergency(new byte[159], 0, 159, 0));
    }

    [Fact]
    public void OneIsHeldUntilItsEndWhateverElseComes()
    {
        byte[] emergency = Emergency();
        WirePeer peer = Met(_node);
        peer.SendFrame(emergency);
        for (int i = 0; i < 60; i++)
        {
            peer.SendFrame(_maker.Broadcast(lifetimeUnits: 2000));
            Drain(_node);
        }

        ulong id = _maker.IdOf(emergency);
        Assert.True(_node.CopyFrame(id, new byte[256]));
        _node.HandleTimeout(3600 * 1000);
        Assert.False(_node.CopyFrame(id, new byte[256]));
    }

    /// <summary>A member that sends nothing but emergencies takes a quarter of the store, and the rest goes on.</summary>
    [Fact]
    public void AFloodOfThemTakesAQuarterOfTheStore()
    {
        for (int i = 0; i < 60; i++)
        {
            long nowMs = i * 60_000;
            WirePeer peer = Met(_node, nowMs);
            Bring(peer, 1, nowMs);
            _node.CloseLink(peer.Link, nowMs);
            Drain(_node);
        }

        Assert.Equal(StoreMax, Held());
        Assert.Equal((uint)StoreMax, _node.Statistics.Emergencies);

        long thenMs = 60 * 60_000;
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(SendResult.Queued, _node.Broadcast([1], 0, 1, thenMs));
        }

        WirePeer honest = Met(_node, thenMs);
        byte[] frame = _maker.Resonance("elsewhere", [1]);
        honest.SendFrame(frame);
        Assert.True(_node.CopyFrame(_maker.IdOf(frame), new byte[256]));
        Assert.Equal(60u, _node.Statistics.Delivered);
    }

    /// <summary>However they come, priority keeps to the budget of each link and to its part of the store.</summary>
    [Fact]
    public void PriorityKeepsToItsLimitsHoweverTheyCome()
    {
        byte[][] frames = [.. Enumerable.Range(0, 40).Select(_ => Emergency())];
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            NodeLimits limits = NodeLimits.Small();
            limits.Links = 3;
            NodeCore node = TestNetwork.Node(seed, limits: limits);
            WirePeer[] peers = [.. Enumerable.Range(0, 3).Select(_ => Met(node))];
            long nowMs = 0;
            foreach (byte[] frame in frames)
            {
                nowMs += random.Next(40_000);
                WirePeer peer = peers[random.Next(3)];
                peer.NowMs = nowMs;
                peer.SendFrame(frame);
                node.HandleTimeout(0);
                Drain(node);

                Assert.InRange(node.Statistics.Emergencies, 1u, 3 * (3 + (uint)(nowMs / 60_000)));
                Assert.InRange(Held(node), 0, StoreMax);
            }

            Assert.Equal(40u, node.Statistics.Emergencies + node.Statistics.EmergenciesOrdinary);
            Assert.Equal(40u, node.Statistics.Delivered);
        }
    }

    private static WirePeer Met(NodeCore node, long nowMs = 0)
    {
        WirePeer peer = new(node, nowMs: nowMs);
        Assert.NotEqual(NodeCore.NoLink, peer.Link);
        peer.Meet();
        return peer;
    }

    private static int Drain(NodeCore node)
    {
        int count = 0;
        WhisperMessage message = TestNetwork.Message(node);
        while (node.PollWhisper(message))
        {
            count++;
        }

        return count;
    }

    private static (uint Priority, uint Ordinary) Counts(NodeCore node)
    {
        return (node.Statistics.Emergencies, node.Statistics.EmergenciesOrdinary);
    }

    private int Held()
    {
        return Held(_node);
    }

    private static int Held(NodeCore node)
    {
        return ObjectGraph.Walk(node).Select(e => e.Value).OfType<FrameStore>().Single().CountOf(FrameStore.Emergency);
    }

    private void Bring(WirePeer peer, int count, long nowMs)
    {
        peer.NowMs = nowMs;
        for (int i = 0; i < count; i++)
        {
            peer.SendFrame(Emergency());
        }
    }

    /// <summary>An emergency of an origin that has sent none before.</summary>
    private byte[] Emergency()
    {
        NodeCore origin = TestNetwork.Node(_origins++);
        byte[] frame = new byte[256];
        Assert.Equal(SendResult.Queued, origin.Emergency([7], 0, 1, 0));
        Assert.True(origin.CopyFrame(origin.LastSentId, frame));
        FrameCodec.WriteMutable(frame, 0, 256, 10, 900);
        return frame;
    }
}
