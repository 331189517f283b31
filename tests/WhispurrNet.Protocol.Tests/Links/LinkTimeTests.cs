using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

public class LinkTimeTests
{
    private const long Start = 1_000_000;

    private readonly NodeCore _node = TestNetwork.Node(1, nowMs: Start);

    [Theory]
    [InlineData(true, 12_000)]
    [InlineData(false, 15_000)]
    public void AContactEndsAtItsLimitHoweverBusy(bool nodeInitiates, int limitMs)
    {
        WirePeer peer = new(_node, LinkKind.Contact, nodeInitiates, Start);
        peer.Meet();
        for (int t = 1000; t < limitMs; t += 1000)
        {
            peer.NowMs = Start + t;
            peer.Send(WirePeer.Heartbeat);
            _node.HandleTimeout(Start + t);
            Assert.Equal(LinkState.Open, peer.State);
        }

        _node.HandleTimeout(Start + limitMs - 1);
        Assert.Equal(LinkState.Open, peer.State);
        _node.HandleTimeout(Start + limitMs);
        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.LinkTimeouts);
    }

    [Theory]
    [InlineData(LinkKind.Contact, 6_000)]
    [InlineData(LinkKind.Stream, 60_000)]
    public void ASilentLinkEnds(LinkKind kind, int silenceMs)
    {
        WirePeer peer = new(_node, kind, false, Start);
        Assert.True(_node.NextDeadlineMs <= Start + silenceMs);

        _node.HandleTimeout(Start + silenceMs - 1);
        Assert.Equal(LinkState.Open, peer.State);
        _node.HandleTimeout(Start + silenceMs);
        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void AnIdleStreamIsPingedAndOnlyOnce()
    {
        WirePeer peer = new(_node, LinkKind.Stream, false, Start);
        peer.Meet();
        Assert.Equal(Start + 20_000, _node.NextDeadlineMs);

        peer.NowMs = Start + 20_000;
        _node.HandleTimeout(peer.NowMs);

        byte[] ping = Assert.Single(peer.Receive());
        Assert.Equal(WirePeer.Ping, ping[0]);
        Assert.Equal(5, ping.Length);
        Assert.Equal(Start + 40_000, _node.NextDeadlineMs);
    }

    [Fact]
    public void APingDoesNotPostponeTheEndOfASilentStream()
    {
        WirePeer peer = new(_node, LinkKind.Stream, false, Start);
        peer.Meet();
        for (long t = Start; t < Start + 60_000; t += 1000)
        {
            peer.NowMs = t;
            _node.HandleTimeout(t);
            peer.Receive();
            Assert.Equal(LinkState.Open, peer.State);
        }

        _node.HandleTimeout(Start + 60_000);
        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void AStreamOffersNoMoreOftenThanEveryFiveSeconds()
    {
        FrameMaker maker = new(2);
        NodeCore node = TestNetwork.Node(1, nowMs: Start);
        WirePeer source = new(node, LinkKind.Stream, false, Start);
        WirePeer target = new(node, LinkKind.Stream, false, Start);
        source.Meet();
        target.Meet();
        source.SendFrame(maker.Broadcast(hops: 0));
        Assert.Equal(WirePeer.Offer, Assert.Single(target.Receive())[0]);
        target.Send(WirePeer.Pull, 0);

        source.SendFrame(maker.Broadcast(hops: 0));
        Assert.Empty(target.Receive());
        Assert.Equal(Start + 5000, node.NextDeadlineMs);
        target.NowMs = Start + 5000;
        Assert.Equal(WirePeer.Offer, Assert.Single(target.Receive())[0]);
    }

    [Fact]
    public void AnOfferThatIsNeverAnsweredEndsTheStream()
    {
        _node.Broadcast([1], 0, 1, Start);
        WirePeer peer = new(_node, LinkKind.Stream, false, Start);
        Assert.Equal(WirePeer.Offer, Assert.Single(peer.Meet())[0]);
        for (long t = Start; t < Start + 30_000; t += 1000)
        {
            peer.NowMs = t;
            peer.Send(WirePeer.Heartbeat);
            _node.HandleTimeout(t);
            Assert.Equal(LinkState.Open, peer.State);
        }

        _node.HandleTimeout(Start + 30_000);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, _node.Statistics.LinkTimeouts);
    }

    [Fact]
    public void AContactIsFinishedWhenBothAreDone()
    {
        WirePeer peer = new(_node, LinkKind.Contact, false, Start);
        Assert.Equal([WirePeer.Done], Assert.Single(peer.Meet()));
        Assert.Equal(LinkState.Open, peer.State);

        peer.Send(WirePeer.Done);
        Assert.Equal(LinkState.Open, peer.State);
        Assert.Empty(peer.Receive());

        Assert.Equal(LinkState.Finished, peer.State);
        Assert.Equal(1u, _node.Statistics.ContactsFinished);
        Assert.Equal(0u, _node.Statistics.LinksFailed);
    }

    [Fact]
    public void APullIsStillAnsweredAfterTheOthersDone()
    {
        _node.Broadcast([1], 0, 1, Start);
        WirePeer peer = new(_node, LinkKind.Contact, false, Start);
        Assert.Equal(WirePeer.Offer, Assert.Single(peer.Meet())[0]);
        peer.Send(WirePeer.Done);
        peer.Send(WirePeer.Pull, 1);

        Assert.Equal([WirePeer.Frame, WirePeer.Done], peer.Receive().Select(r => r[0]));
        Assert.Equal(LinkState.Finished, peer.State);
    }

    /// <summary>What is lost behind the last fragment that came leaves no gap: only an acknowledgement shows it.</summary>
    [Fact]
    public void AContactWhoseLastFragmentsWereLostIsNotFinished()
    {
        WirePeer peer = new(_node, LinkKind.Contact, false, Start);
        peer.Send(peer.HelloRecord());
        byte[] lost = new byte[_node.MaxUnit];
        Assert.NotEqual(0, _node.PollTransmit(peer.Link, lost, 0, Start));
        peer.Send(WirePeer.Done);
        int units = 0;
        while (_node.PollTransmit(peer.Link, lost, 0, Start) > 0)
        {
            units++;
        }

        // The rest of the hello, DONE in two, and the acknowledgement of the other's DONE.
        Assert.Equal(4, units);
        Assert.Equal(LinkState.Open, peer.State);
        _node.HandleTimeout(Start + LinkTimings.ContactSilenceMs);
        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(0u, _node.Statistics.ContactsFinished);
    }

    [Fact]
    public void AFullLinkTableRefusesAndCounts()
    {
        Assert.Equal(0, _node.OpenLink(LinkKind.Stream, true, 0, 0, Start));
        Assert.Equal(1, _node.OpenLink(LinkKind.Contact, true, 20, 0, Start));
        Assert.Equal(NodeCore.NoLink, _node.OpenLink(LinkKind.Stream, true, 0, 0, Start));
        Assert.Equal(1u, _node.Statistics.LinksRefused);

        _node.CloseLink(0, Start);
        Assert.Equal(0, _node.OpenLink(LinkKind.Stream, true, 0, 0, Start));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(254)]
    [InlineData(-1)]
    public void AUnitSizeOfNoBluetoothLinkIsTheCallersMistake(int unitSize)
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _node.OpenLink(LinkKind.Contact, true, unitSize, 0, Start));
    }

    [Fact]
    public void ALinkThatIsReusedRemembersNothing()
    {
        WirePeer first = new(_node, LinkKind.Contact, false, Start);
        first.Meet();
        _node.Broadcast([1], 0, 1, Start);
        _node.CloseLink(first.Link, Start);
        Assert.Equal(LinkState.Closed, first.State);
        Assert.Equal(0u, _node.GetLinkTag(first.Link));

        WirePeer second = new(_node, LinkKind.Contact, true, Start);
        Assert.Equal(first.Link, second.Link);
        Assert.Single(WirePeer.NamesOf(Assert.Single(second.Meet())));
    }
}
