using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>Strangers' quarter, pushes and offers.</summary>
public class SharesTests
{
    private readonly FrameMaker _maker = new(2);
    private readonly FrameMaker _foreign = new(3, TestNetwork.Foreign);

    [Fact]
    public void StrangersGetAQuarterOfTheStore()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        for (int i = 0; i < 20; i++)
        {
            peer.SendFrame(_foreign.Broadcast());
        }

        Assert.Equal(4, node.HeldFrames);
        Assert.Equal(16u, node.Statistics.EvictedStranger);
    }

    [Fact]
    public void OwnFramesTakeTheWholeStoreAndThenPushOutTheOneThatEndsSoonest()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        peer.SendFrame(_foreign.Broadcast());
        byte[] first = _maker.Broadcast(lifetimeUnits: 800);
        peer.SendFrame(first);
        DrainWhispers(node);
        for (int i = 0; i < 16; i++)
        {
            peer.SendFrame(_maker.Broadcast());
            DrainWhispers(node);
        }

        Assert.Equal(16, node.HeldFrames);
        Assert.Equal(1u, node.Statistics.EvictedStranger);
        Assert.Equal(1u, node.Statistics.EvictedOwn);
        Assert.False(node.CopyFrame(_maker.IdOf(first), new byte[256]));
    }

    [Fact]
    public void AnEvictedFrameStaysSeen()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        byte[] first = _foreign.Broadcast();
        peer.SendFrame(first);
        for (int i = 0; i < 4; i++)
        {
            peer.SendFrame(_foreign.Broadcast());
        }

        peer.SendFrame(first);
        Assert.Equal(1u, node.Statistics.Duplicates);
    }

    [Fact]
    public void ARefusedFrameIsNotSeenAndIsTakenLater()
    {
        // Unread whispers may not be evicted.
        NodeCore node = TestNetwork.Node(1);
        Recorder recorder = new();
        node.Observer = recorder;
        WirePeer peer = Met(node);
        for (int i = 0; i < 16; i++)
        {
            peer.SendFrame(_maker.Broadcast());
        }

        byte[] further = _maker.Broadcast();
        peer.SendFrame(further);
        Assert.Equal([FrameVerdict.NoRoom], recorder.Refused);
        Assert.Equal(1u, node.Statistics.RefusedNoRoom);
        DrainWhispers(node);
        peer.SendFrame(further);

        Assert.True(node.CopyFrame(_maker.IdOf(further), new byte[256]));
    }

    [Fact]
    public void AFloodOfStrangersDoesNotMakeTheNodeForgetItsOwn()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        byte[] own = _maker.Broadcast(lifetimeUnits: 1);
        peer.SendFrame(own);
        node.HandleTimeout(4000);
        for (int i = 0; i < 400; i++)
        {
            peer.SendFrame(_foreign.Broadcast());
        }

        FrameCodec.WriteMutable(own, 0, 256, 10, 900);
        peer.SendFrame(own);
        Assert.Equal(1u, node.Statistics.Duplicates);
    }

    [Fact]
    public void AKeylessRelayGivesStrangersEverything()
    {
        NodeCore relay = TestNetwork.Node(1, TestNetwork.Keyless);
        WirePeer peer = Met(relay);
        for (int i = 0; i < 20; i++)
        {
            peer.SendFrame(i % 2 == 0 ? _foreign.Broadcast() : _maker.Broadcast());
        }

        Assert.Equal(16, relay.HeldFrames);
        Assert.Equal(20u, relay.Statistics.FramesStranger);
        WirePeer taker = new(relay, LinkKind.Contact);
        Assert.Equal(16, WirePeer.NamesOf(taker.Meet()[0]).Length);
    }

    [Fact]
    public void AMemberNamesAllButSendsThreeStrangersInAContact()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        byte[][] strangers = [.. Enumerable.Range(0, 4).Select(_ => _foreign.Broadcast())];
        byte[] own = _maker.Broadcast();
        peer.SendFrame(own);
        Array.ForEach(strangers, peer.SendFrame);

        // Its own first, then the newest; the one left over comes in the next contact.
        ulong[] first = TakeInContact(node, 0b11111);
        Assert.Equal(IdsOf(own, strangers[3], strangers[2], strangers[1]), first);
        Assert.Equal(IdsOf(strangers[0]), TakeInContact(node, 0b10000));
    }

    [Fact]
    public void AMemberSendsThreeStrangersAContactHoweverManyComeMeanwhile()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer source = Met(node);
        WirePeer taker = new(node, LinkKind.Contact);
        source.SendFrame(_foreign.Broadcast());
        Assert.Equal(WirePeer.Offer, Assert.Single(taker.Meet())[0]);
        int sent = 0;
        for (int i = 0; i < 6; i++)
        {
            source.SendFrame(_foreign.Broadcast());
            taker.Send(WirePeer.Pull, 1);
            List<byte[]> said = taker.Receive();
            Assert.Equal(WirePeer.Offer, said[^1][0]);
            sent += said.Count(r => r[0] == WirePeer.Frame);
        }

        Assert.Equal(3, sent);
    }

    [Fact]
    public void AStrangerWithoutRoomIsRefusedAndSeen()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        for (int i = 0; i < 4; i++)
        {
            peer.SendFrame(_foreign.Broadcast());
        }

        byte[] older = _foreign.Broadcast(lifetimeUnits: 899);
        peer.SendFrame(older);
        peer.SendFrame(older);

        Assert.Equal(1u, node.Statistics.RefusedNoRoom);
        Assert.Equal(1u, node.Statistics.Duplicates);
        Assert.Equal(0u, node.Statistics.EvictedStranger);
    }

    [Fact]
    public void ANewFrameIsPushedToThreeStreamsAndOfferedToTheOthers()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            NodeCore node = TestNetwork.Node(seed, limits: Wide());
            WirePeer source = Met(node);
            WirePeer[] others = [.. Enumerable.Range(0, 6).Select(_ => Met(node))];
            source.SendFrame(_maker.Broadcast());

            byte[] said = [.. others.Select(o => Assert.Single(o.Receive())[0])];
            Assert.Equal(3, said.Count(t => t == WirePeer.Frame));
            Assert.Equal(3, said.Count(t => t == WirePeer.Offer));
            Assert.Empty(source.Receive());
        }
    }

    [Fact]
    public void EveryStreamIsDrawnForAPushEquallyOften()
    {
        int[] pushed = new int[6];
        NodeCore node = TestNetwork.Node(5, limits: Wide());
        WirePeer source = Met(node);
        WirePeer[] others = [.. Enumerable.Range(0, 6).Select(_ => Met(node))];
        for (int i = 0; i < 600; i++)
        {
            source.SendFrame(_maker.Broadcast());
            for (int o = 0; o < 6; o++)
            {
                pushed[o] += others[o].Receive().Count(r => r[0] == WirePeer.Frame);
            }

            DrainWhispers(node);
        }

        // Half of 600 each; five standard deviations are 61.
        Assert.All(pushed, count => Assert.InRange(count, 239, 361));
    }

    [Fact]
    public void WithFewerThanThreeStreamsAllGetThePush()
    {
        NodeCore node = TestNetwork.Node(1, limits: Wide());
        WirePeer source = Met(node);
        WirePeer one = Met(node);
        WirePeer two = Met(node);
        source.SendFrame(_maker.Broadcast());

        Assert.Equal(WirePeer.Frame, Assert.Single(one.Receive())[0]);
        Assert.Equal(WirePeer.Frame, Assert.Single(two.Receive())[0]);
    }

    [Fact]
    public void WithoutHopsLeftAFrameIsOnlyOffered()
    {
        NodeCore node = TestNetwork.Node(1, limits: Wide());
        WirePeer source = Met(node);
        WirePeer other = Met(node);
        source.SendFrame(_maker.Broadcast(hops: 0));

        Assert.Equal(WirePeer.Offer, Assert.Single(other.Receive())[0]);
    }

    [Fact]
    public void AContactIsOfferedToAndNeverPushedTo()
    {
        NodeCore node = TestNetwork.Node(1, limits: Wide());
        WirePeer source = Met(node);
        source.SendFrame(_maker.Broadcast());
        WirePeer contact = new(node, LinkKind.Contact);
        Assert.Equal(WirePeer.Offer, Assert.Single(contact.Meet())[0]);
        source.SendFrame(_maker.Broadcast());

        Assert.Empty(contact.Receive());
    }

    private ulong[] IdsOf(params byte[][] frames)
    {
        return [.. frames.Select(_maker.IdOf)];
    }

    /// <summary>Pulls the bits given of the one offer of a contact; returns the ids of what came.</summary>
    private ulong[] TakeInContact(NodeCore node, byte bits)
    {
        WirePeer taker = new(node, LinkKind.Contact);
        Assert.Equal(5, WirePeer.NamesOf(Assert.Single(taker.Meet())).Length);
        taker.Send(WirePeer.Pull, bits);
        List<byte[]> said = taker.Receive();
        Assert.Equal(WirePeer.Done, said[^1][0]);
        node.CloseLink(taker.Link, 0);
        return [.. said[..^1].Select(r => _maker.IdOf(r[1..]))];
    }

    private static NodeLimits Wide()
    {
        NodeLimits limits = NodeLimits.Small();
        limits.Links = 8;
        return limits;
    }

    private static WirePeer Met(NodeCore node)
    {
        WirePeer peer = new(node);
        peer.Meet();
        return peer;
    }

    private static void DrainWhispers(NodeCore node)
    {
        WhisperMessage message = TestNetwork.Message(node);
        while (node.PollWhisper(message))
        {
        }
    }
}
