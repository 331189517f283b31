using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

/// <summary>One record after another against a node in both roles and on both kinds of link.</summary>
public class LinkRecordTests
{
    private readonly NodeCore _node = TestNetwork.Node(1);

    public static TheoryData<LinkKind, bool> Roles => new()
    {
        { LinkKind.Contact, false }, { LinkKind.Contact, true }, { LinkKind.Stream, false }, { LinkKind.Stream, true },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public void HellosOpenTheLinkAndGiveItATag(LinkKind kind, bool nodeInitiates)
    {
        Recorder recorder = new();
        _node.Observer = recorder;
        WirePeer peer = new(_node, kind, nodeInitiates);
        Assert.Empty(recorder.Opened);

        peer.Meet();

        Assert.Equal(_node.GetLinkTag(peer.Link), Assert.Single(recorder.Opened).Tag);
        Assert.NotEqual(0u, _node.GetLinkTag(peer.Link));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void ARecordBeforeTheHelloEndsTheLink(LinkKind kind, bool nodeInitiates)
    {
        for (byte type = 2; type < 40; type++)
        {
            WirePeer peer = new(_node, kind, nodeInitiates);
            peer.Receive();

            AssertRefuses(peer, type);
            _node.CloseLink(peer.Link, 0);
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void ASecondHelloEndsTheLink(LinkKind kind, bool nodeInitiates)
    {
        WirePeer peer = new(_node, kind, nodeInitiates);
        peer.Meet();

        AssertRefuses(peer, peer.HelloRecord());
    }

    [Fact]
    public void AHelloOfAnotherSizeClassEndsTheLink()
    {
        WirePeer peer = new(_node);

        AssertRefuses(peer, peer.HelloRecord(16, 0x80));
    }

    [Fact]
    public void AHelloOfAnotherLengthEndsTheLink()
    {
        WirePeer shorter = new(_node);
        AssertRefuses(shorter, shorter.HelloRecord()[..^1]);
        WirePeer longer = new(_node);
        AssertRefuses(longer, [.. longer.HelloRecord(), 0]);
    }

    [Theory]
    [InlineData(new byte[] { WirePeer.Offer })]
    [InlineData(new byte[] { WirePeer.Offer, 0 })]
    [InlineData(new byte[] { WirePeer.Offer, 1, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { WirePeer.Offer, 1, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(new byte[] { WirePeer.Offer, 255, 1, 2, 3, 4, 5, 6 })]
    [InlineData(new byte[] { WirePeer.Pull })]
    [InlineData(new byte[] { WirePeer.Pull, 1 })]
    [InlineData(new byte[] { WirePeer.Done, 0 })]
    [InlineData(new byte[] { WirePeer.Ping, 1, 2, 3 })]
    [InlineData(new byte[] { WirePeer.Pong, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { WirePeer.Heartbeat, 0 })]
    public void AMalformedRecordEndsTheLink(byte[] record)
    {
        WirePeer peer = new(_node);
        peer.Meet();

        AssertRefuses(peer, record);
    }

    [Fact]
    public void AnOfferOfMoreThanTheNodeTakesEndsTheLink()
    {
        WirePeer peer = new(_node);
        peer.Meet();

        peer.SendOffer([.. Enumerable.Range(1, 17).Select(i => (ulong)i)]);

        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void ASecondOfferBeforeThePullEndsTheLink()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.SendOffer(1, 2, 3);

        peer.SendOffer(4);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.RecordsRefused);
    }

    [Fact]
    public void DoneOnAStreamBringsItToItsEnd()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Done);

        Assert.Equal([WirePeer.Done], Assert.Single(peer.Receive()));
        Assert.Equal(LinkState.Finished, peer.State);
    }

    [Theory]
    [InlineData(new byte[] { WirePeer.Done })]
    [InlineData(new byte[] { WirePeer.Offer, 1, 1, 2, 3, 4, 5, 6 })]
    [InlineData(new byte[] { WirePeer.Frame, 1 })]
    public void WhatDoneExcludesEndsTheContact(byte[] record)
    {
        _node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(_node, LinkKind.Contact);
        peer.Meet();
        peer.Send(WirePeer.Done);
        Assert.Equal(LinkState.Open, peer.State);

        AssertRefuses(peer, record);
    }

    [Theory]
    [InlineData(new byte[] { WirePeer.Pull, 0, 0, 0 }, false)]
    [InlineData(new byte[] { WirePeer.Pull, 0, 2 }, false)]
    [InlineData(new byte[] { WirePeer.Pull, 0, 1 }, true)]
    [InlineData(new byte[] { WirePeer.Pull }, false)]
    [InlineData(new byte[] { WirePeer.Pull, 0x02 }, false)]
    [InlineData(new byte[] { WirePeer.Pull, 0x80 }, false)]
    [InlineData(new byte[] { WirePeer.Pull, 0x01 }, true)]
    [InlineData(new byte[] { WirePeer.Pull, 0x00 }, true)]
    public void APullMustFitTheOffer(byte[] pull, bool fits)
    {
        _node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(_node);
        Assert.Single(WirePeer.NamesOf(Assert.Single(peer.Meet())));

        peer.Send(pull);

        Assert.Equal(fits ? LinkState.Open : LinkState.Failed, peer.State);
    }

    [Fact]
    public void ASecondPullForOneOfferEndsTheLink()
    {
        _node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Pull, 1);

        AssertRefuses(peer, WirePeer.Pull, 1);
    }

    [Fact]
    public void APingIsAnsweredWithItsToken()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Ping, 1, 2, 3, 0xFF);

        Assert.Equal([WirePeer.Pong, 1, 2, 3, 0xFF], Assert.Single(peer.Receive()));
    }

    [Fact]
    public void HeartbeatAndPongAreTaken()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Heartbeat);
        peer.Send(WirePeer.Pong, 0, 0, 0, 0);

        Assert.Empty(peer.Receive());
        Assert.Equal(LinkState.Open, peer.State);
    }

    [Fact]
    public void ARecordOfAnUnknownTypeIsSkippedAndCounted()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        for (int type = 12; type < 256; type++)
        {
            peer.Send((byte)type, 1, 2, 3);
        }

        Assert.Equal(LinkState.Open, peer.State);
        Assert.Equal(244u, _node.Statistics.RecordsUnknown);
    }

    [Fact]
    public void ARefusedFrameDoesNotEndTheLink()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Frame);
        peer.Send(WirePeer.Frame, 1, 2, 3);
        peer.SendFrame(new byte[256]);

        Assert.Equal(LinkState.Open, peer.State);
        Assert.Equal(2u, _node.Statistics.RefusedLength);
        Assert.Equal(1u, _node.Statistics.RefusedVersion);
    }

    [Fact]
    public void ADamagedRecordEndsTheLinkAndIsCounted()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.SendBytes([1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.RecordsDamaged);
        Assert.Equal(1u, _node.Statistics.LinksFailed);
    }

    [Fact]
    public void ARecordLongerThanAnyEndsTheLink()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(new byte[600]);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.RecordsDamaged);
    }

    [Fact]
    public void AnEmptyUnitEndsTheLink()
    {
        WirePeer peer = new(_node);
        _node.Receive(peer.Link, [], 0, 0, 0);

        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void AFailedLinkIsSilentAndDeaf()
    {
        _node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(_node);
        peer.Meet();
        peer.Send(WirePeer.Done, 0);
        peer.Send(WirePeer.Ping, 1, 2, 3, 4);

        Assert.Empty(peer.Receive());
        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.LinksFailed);
    }

    [Fact]
    public void AnUnsentOwnWhisperIsNamedAndSentWhenPulled()
    {
        _node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(_node);
        byte[] offer = Assert.Single(peer.Meet());
        Assert.Equal([peer.ShortId(_node.LastSentId)], WirePeer.NamesOf(offer));

        peer.Send(WirePeer.Pull, 1);
        byte[] frame = Assert.Single(peer.Receive());

        Assert.Equal(WirePeer.Frame, frame[0]);
        Assert.Equal(_node.LastSentId, new FrameMaker(1).IdOf(frame[1..]));
    }

    private void AssertRefuses(WirePeer peer, params byte[] record)
    {
        uint before = _node.Statistics.RecordsRefused;
        Assert.Equal(LinkState.Open, peer.State);

        peer.Send(record);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(before + 1, _node.Statistics.RecordsRefused);
    }
}
