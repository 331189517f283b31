using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public class ReconciliationTests
{
    private readonly FrameMaker _maker = new(2);
    private readonly FrameMaker _foreign = new(3, TestNetwork.Foreign);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(63)]
    [InlineData(64)]
    public void AnOfferNamesUpToSixtyFourAndItsPullFetchesThem(int count)
    {
        NodeCore node = Full(count, out ulong[] ids);
        WirePeer taker = new(node);
        byte[] offer = Assert.Single(taker.Meet(64));
        Assert.Equal(ids.Reverse().Select(taker.ShortId), WirePeer.NamesOf(offer));

        byte[] pull = new byte[1 + ((count + 7) / 8)];
        pull[0] = WirePeer.Pull;
        for (int i = 0; i < count; i++)
        {
            pull[1 + (i / 8)] |= (byte)(i % 2 == 0 ? 1 << (i % 8) : 0);
        }

        taker.Send(pull);
        ulong[] sent = [.. taker.Receive().Select(r => _maker.IdOf(r[1..]))];

        Assert.Equal(ids.Reverse().Where((_, i) => i % 2 == 0), sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void NoOfferIsLongerThanTheOtherTakes(byte offerMax)
    {
        WirePeer taker = new(Full(64, out _));

        Assert.Equal(offerMax, WirePeer.NamesOf(Assert.Single(taker.Meet(offerMax))).Length);
    }

    [Fact]
    public void OffersGoOnEveryFiveSecondsUntilEverythingWasNamed()
    {
        NodeCore node = Full(20, out ulong[] ids);
        WirePeer taker = new(node);
        List<ulong> names = [.. WirePeer.NamesOf(Assert.Single(taker.Meet(8)))];
        for (int i = 0; i < 2; i++)
        {
            taker.Send(WirePeer.Pull, 0);
            taker.NowMs += 5000;
            names.AddRange(WirePeer.NamesOf(Assert.Single(taker.Receive())));
        }

        Assert.Equal(ids.Reverse().Select(taker.ShortId), names);
    }

    [Fact]
    public void AContactGoesOnOfferingUntilEverythingWasNamed()
    {
        WirePeer taker = new(Full(40, out ulong[] ids), LinkKind.Contact);
        List<byte[]> said = taker.Meet(16);
        List<ulong> names = [];
        while (said[^1][0] == WirePeer.Offer)
        {
            names.AddRange(WirePeer.NamesOf(said[^1]));
            taker.Send([WirePeer.Pull, .. new byte[(said[^1][1] + 7) / 8]]);
            said = taker.Receive();
        }

        Assert.Equal(ids.Reverse().Select(taker.ShortId), names);
        Assert.Equal(WirePeer.Done, said[^1][0]);
    }

    [Theory]
    [InlineData(8999, WirePeer.Frame)]
    [InlineData(9000, WirePeer.Done)]
    public void ALateContactBeginsNothingMore(long nowMs, byte expected)
    {
        WirePeer taker = new(Full(20, out _), LinkKind.Contact);
        Assert.Equal(16, WirePeer.NamesOf(Assert.Single(taker.Meet(16))).Length);
        taker.NowMs = nowMs;
        taker.Send(WirePeer.Pull, 255, 255);

        Assert.Equal(expected, taker.Receive()[0][0]);
    }

    [Fact]
    public void ALateContactIsFinishedAndNotCut()
    {
        WirePeer taker = new(Full(20, out _), LinkKind.Contact);
        taker.Meet(16);
        taker.NowMs = 9000;
        taker.Send(WirePeer.Pull, 255, 255);
        Assert.Equal([WirePeer.Done], Assert.Single(taker.Receive()));
        taker.Send(WirePeer.Done);
        Assert.Empty(taker.Receive());
        Assert.Equal(LinkState.Finished, taker.State);
    }

    [Fact]
    public void AWhisperCountsAsTakenWhenANeighbourShowsThatItHasIt()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.WhisperBurst = 20;
        NodeCore node = TestNetwork.Node(1, configuration);
        while (node.Broadcast([1], 0, 1, 0) == SendResult.Queued)
        {
        }

        // Sent into a contact that is cut: perhaps nobody has it.
        WirePeer cut = new(node, LinkKind.Contact);
        cut.Meet();
        cut.Send(WirePeer.Pull, 255, 255);
        Assert.Equal(17, cut.Receive().Count);
        node.CloseLink(cut.Link, 0);
        Assert.Equal(SendResult.StoreFull, node.Broadcast([1], 0, 1, 0));

        WirePeer next = new(node, LinkKind.Contact);
        next.Meet();
        next.Send(WirePeer.Pull, 255, 127);
        node.CloseLink(next.Link, 0);
        Assert.Equal(SendResult.Queued, node.Broadcast([1], 0, 1, 0));
        Assert.Equal(SendResult.StoreFull, node.Broadcast([1], 0, 1, 0));
    }

    [Fact]
    public void OnlyWhatIsNotSeenIsPulled()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer peer = Met(node);
        byte[] held = _maker.Broadcast();
        byte[] stranger = _foreign.Broadcast();
        byte[] gone = _maker.Broadcast(lifetimeUnits: 1);
        peer.SendFrame(held);
        peer.SendFrame(stranger);
        peer.SendFrame(gone);
        peer.NowMs = 4000;
        node.HandleTimeout(4000);

        peer.SendOffer(1, _maker.IdOf(held), 2, _maker.IdOf(gone), _maker.IdOf(stranger), 3);

        Assert.Equal([WirePeer.Pull, 0b100101], Assert.Single(peer.Receive()));
        Assert.Equal(6u, node.Statistics.Offered);
        Assert.Equal(3u, node.Statistics.Pulled);
    }

    [Fact]
    public void SixtyFourUnknownNamesArePulledWithAllBits()
    {
        NodeCore node = TestNetwork.Node(1, limits: NodeLimits.Full());
        WirePeer peer = Met(node);
        peer.SendOffer([.. Enumerable.Range(1, 64).Select(i => (ulong)i)]);

        Assert.Equal([WirePeer.Pull, .. Enumerable.Repeat((byte)255, 8)], Assert.Single(peer.Receive()));
        Assert.Equal(64u, node.Statistics.Pulled);
    }

    [Fact]
    public void WhatThePeerNamesItIsNotOffered()
    {
        NodeCore node = TestNetwork.Node(1);
        byte[] frame = _maker.Broadcast();
        Met(node).SendFrame(frame);

        // The node initiates a contact and is slower to offer than its peer.
        WirePeer taker = new(node, LinkKind.Contact, nodeInitiates: true);
        taker.Receive();
        taker.Send(taker.HelloRecord());
        taker.SendOffer(_maker.IdOf(frame));

        Assert.Equal([[WirePeer.Pull, 0], [WirePeer.Done]], taker.Receive());
    }

    [Fact]
    public void WhatThePeerNamesIsNotSentEvenIfItWasPulled()
    {
        NodeCore node = TestNetwork.Node(1);
        byte[] frame = _maker.Broadcast();
        Met(node).SendFrame(frame);
        WirePeer taker = new(node);
        taker.Meet();
        taker.SendOffer(_maker.IdOf(frame));
        taker.Send(WirePeer.Pull, 1);

        Assert.Equal(WirePeer.Pull, Assert.Single(taker.Receive())[0]);
    }

    [Fact]
    public void WhatIsEvictedBetweenOfferAndPullIsNotSent()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer source = Met(node);
        source.SendFrame(_maker.Broadcast(lifetimeUnits: 3));
        source.SendFrame(_maker.Broadcast(lifetimeUnits: 900));
        WirePeer taker = new(node);
        Assert.Equal(2, WirePeer.NamesOf(Assert.Single(taker.Meet())).Length);
        node.HandleTimeout(12_000);
        taker.NowMs = 12_000;
        taker.Send(WirePeer.Pull, 3);

        Assert.Equal(WirePeer.Frame, Assert.Single(taker.Receive())[0]);
    }

    [Fact]
    public void ANewFrameInTheSlotOfAnOfferedOneIsNotSentInItsPlace()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer source = Met(node);
        WirePeer taker = Met(node);
        source.SendFrame(_maker.Broadcast(hops: 0, lifetimeUnits: 3));
        Assert.Single(WirePeer.NamesOf(Assert.Single(taker.Receive())));
        node.HandleTimeout(12_000);
        source.NowMs = taker.NowMs = 12_000;
        source.SendFrame(_maker.Broadcast(hops: 0));
        taker.Send(WirePeer.Pull, 1);

        Assert.Equal(WirePeer.Offer, Assert.Single(taker.Receive())[0]);
    }

    [Fact]
    public void OneIdHasAnotherNameOnEveryLink()
    {
        NodeCore node = Full(1, out _);
        WirePeer first = new(node);
        WirePeer second = new(node);

        ulong name = Assert.Single(WirePeer.NamesOf(Assert.Single(first.Meet())));
        Assert.NotEqual(name, Assert.Single(WirePeer.NamesOf(Assert.Single(second.Meet()))));
    }

    [Fact]
    public void TwoNodesLevelOutInOneContact()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            NodeCore a = Filled(seed, seed % 17);
            NodeCore b = Filled(1000 + seed, seed * 7 % 17);
            int before = a.HeldFrames + b.HeldFrames;
            NodeCore full = TestNetwork.Node(seed, limits: NodeLimits.Full());
            Assert.True(LinkPair.Contact(a, full).Units > 0);
            Assert.True(LinkPair.Contact(full, b).Units > 0);

            Assert.Equal(before, full.HeldFrames);
            Assert.Equal(2u, full.Statistics.ContactsFinished);
        }
    }

    private NodeCore Filled(int seed, int count)
    {
        NodeCore node = TestNetwork.Node(seed);
        WirePeer peer = Met(node);
        for (int i = 0; i < count; i++)
        {
            peer.SendFrame(new FrameMaker((seed * 100) + i).Broadcast());
        }

        node.CloseLink(peer.Link, 0);
        return node;
    }

    private NodeCore Full(int count, out ulong[] ids)
    {
        NodeCore node = TestNetwork.Node(1, limits: NodeLimits.Full());
        WirePeer peer = Met(node);
        byte[][] frames = [.. Enumerable.Range(0, count).Select(_ => _maker.Broadcast())];
        Array.ForEach(frames, peer.SendFrame);
        ids = [.. frames.Select(_maker.IdOf)];
        Assert.Equal(count, node.HeldFrames);
        return node;
    }

    private static WirePeer Met(NodeCore node)
    {
        WirePeer peer = new(node);
        peer.Meet();
        return peer;
    }
}
