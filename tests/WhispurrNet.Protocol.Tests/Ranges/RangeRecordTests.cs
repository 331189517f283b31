using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Ranges;

/// <summary>HELLO, SUMS and NAME of a gateway, record by record, and what it refuses.</summary>
public class RangeRecordTests
{
    private const byte Ranges = 1;

    private readonly NodeCore _node = RangeBench.Node(1);

    [Fact]
    public void AGatewaySaysInItsHelloThatItCan()
    {
        WirePeer dialled = new(_node, nodeInitiates: true);
        Assert.Equal([WirePeer.Hello, 63, 0, 0, 0, 0, Ranges], Assert.Single(dialled.Receive()));
        WirePeer contact = new(_node, LinkKind.Contact);
        Assert.Equal(18, Assert.Single(contact.Receive()).Length);
        WirePeer board = new(TestNetwork.Node(2));
        Assert.Equal(6, Assert.Single(board.Receive()).Length);
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 7)]
    [InlineData(2, 6)]
    public void AGatewayThatWasDialledSaysSoOnlyInAnswer(byte features, int size)
    {
        WirePeer peer = new(_node) { Features = features };
        Assert.Empty(peer.Receive());
        peer.Send(peer.HelloRecord());

        byte[] hello = peer.Receive()[0];
        Assert.Equal((WirePeer.Hello, size), (hello[0], hello.Length));
    }

    [Theory]
    [InlineData(new byte[] { 0 }, false)]
    [InlineData(new byte[] { 1, 1 }, false)]
    [InlineData(new byte[] { 1 }, true)]
    [InlineData(new byte[] { 0xFE }, true)]
    public void EveryNodeTakesAHelloWithFeatures(byte[] features, bool open)
    {
        foreach (NodeCore node in new[] { _node, TestNetwork.Node(2) })
        {
            WirePeer peer = new(node);
            peer.Send([.. peer.HelloRecord(), .. features]);

            Assert.Equal(open ? LinkState.Open : LinkState.Failed, peer.State);
        }
    }

    [Fact]
    public void WhatALaterVersionCanIsNotTakenForRanges()
    {
        RangeBench.Fill(_node, RangeBench.Frames(0, 5));

        Assert.Equal(WirePeer.Offer, Assert.Single(Met(nodeInitiates: true, features: 0xFE).Said)[0]);
    }

    [Fact]
    public void TheInitiatorBeginsWithItsSumsOverAllRanges()
    {
        byte[][] frames = RangeBench.Frames(0, 500);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, List<byte[]> said) = Met(nodeInitiates: true);

        Assert.Equal([WirePeer.Sums, .. RangeBench.SumsOf(peer, Ids(frames), 0)], Assert.Single(said));
    }

    [Fact]
    public void TheInitiatorChoosesThePartsThatDifferAndNamesThem()
    {
        byte[][] frames = RangeBench.Frames(0, 500);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, _) = Met(nodeInitiates: true);
        ulong[] ids = Ids(frames);
        ulong lacking = RangeBench.HashOf(peer, ids[7]);
        int range = (int)(lacking >> 60) + 1;

        peer.Send([WirePeer.Sums, .. RangeBench.SumsOf(peer, ids.Where((_, i) => i != 7), range)]);
        peer.Send(WirePeer.Name, 0);
        List<byte[]> said = peer.Receive();

        byte[] mask = BitConverter.GetBytes((ushort)(1 << (int)((lacking >> 56) & 15)));
        Assert.Equal(WirePeer.Offer, said[^1][0]);
        Assert.Contains(lacking & 0xFFFFFFFFFFFF, WirePeer.NamesOf(said.First(r => r[0] == WirePeer.Offer)));
        Assert.Contains(said, r => r.SequenceEqual((byte[])[WirePeer.Name, 1, (byte)range, .. mask]));
    }

    [Fact]
    public void TheResponderNamesFewFramesAndCutsMany()
    {
        byte[][] frames = RangeBench.Frames(0, 700);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, List<byte[]> said) = Met(nodeInitiates: false);
        Assert.Empty(said);
        ulong[] ids = Ids(frames);

        // Of two ranges the peer lacks one frame each, of a third all.
        ulong[] held = [.. ids.Where(id => Range(peer, id) != 3)];
        ulong[] lacked = [held.First(id => Range(peer, id) == 0), held.First(id => Range(peer, id) == 9)];
        held = [.. held.Except(lacked)];
        peer.Send([WirePeer.Sums, .. RangeBench.SumsOf(peer, held, 0)]);
        said = peer.Receive();

        Assert.Equal(
            [WirePeer.Sums, .. RangeBench.SumsOf(peer, ids, 1), .. RangeBench.SumsOf(peer, ids, 10)], said[0]);
        Assert.Equal([WirePeer.Name, 1, 0, 1 << 3, 0], said[1]);
        Assert.Equal(
            ids.Where(id => Range(peer, id) == 3).Select(peer.ShortId).Order(), WirePeer.NamesOf(said[2]).Order());

        // The initiator chose: the responder leaves the naming to it for a second.
        byte[] part = BitConverter.GetBytes((ushort)(1 << Part(peer, lacked[0])));
        peer.Send([WirePeer.Pull, .. new byte[(said[2][1] + 7) / 8]]);
        peer.Send([WirePeer.Name, 1, 1, .. part]);
        Assert.Empty(peer.Receive());
        peer.NowMs += 1000;
        Assert.Equal(
            ids.Where(id => Range(peer, id) == 0 && Part(peer, id) == Part(peer, lacked[0])).Select(peer.ShortId).Order(),
            WirePeer.NamesOf(Assert.Single(peer.Receive())).Order());
    }

    [Fact]
    public void WhatAgreesIsAnsweredWithTwoBytes()
    {
        byte[][] frames = RangeBench.Frames(0, 300);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, _) = Met(nodeInitiates: false);
        for (int round = 0; round < 3; round++)
        {
            peer.Send([WirePeer.Sums, .. RangeBench.SumsOf(peer, Ids(frames), 0)]);
            Assert.Equal([WirePeer.Name, 0], Assert.Single(peer.Receive()));
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void WhatAgreesTheOtherHas(bool nodeInitiates, bool agrees)
    {
        _node.Broadcast([1], 0, 1, 0);
        ulong own = _node.LastSentId;
        WirePeer peer = Met(nodeInitiates).Peer;
        byte[] sums = [WirePeer.Sums, .. RangeBench.SumsOf(peer, agrees ? [own] : [], 0)];
        byte[] answer = [WirePeer.Name, 0, .. agrees ? [] : (byte[])[0, 0xFF, 0xFF]];
        peer.Send(nodeInitiates ? answer : sums);

        Assert.Equal(agrees ? WhisperStatus.Relayed : WhisperStatus.Queued, _node.StatusOf(_node.LastSentInnerId));
    }

    [Fact]
    public void APartThatWasNotChosenAgrees()
    {
        _node.Broadcast([1], 0, 1, 0);
        ulong own = _node.LastSentId;
        byte[][] frames = RangeBench.Frames(0, 900);
        RangeBench.Fill(_node, frames);
        WirePeer peer = Met(nodeInitiates: false).Peer;
        ulong[] ids = [own, .. Ids(frames)];
        ulong lacked = ids.First(id => Range(peer, id) == Range(peer, own) && Part(peer, id) != Part(peer, own));
        peer.Send([WirePeer.Sums, .. RangeBench.SumsOf(peer, ids.Where(id => id != lacked), 0)]);
        peer.Receive();
        Assert.Equal(WhisperStatus.Queued, _node.StatusOf(_node.LastSentInnerId));
        byte[] part = BitConverter.GetBytes((ushort)(1 << Part(peer, lacked)));
        peer.Send([WirePeer.Name, 0, (byte)(Range(peer, own) + 1), .. part]);

        Assert.Equal(WhisperStatus.Relayed, _node.StatusOf(_node.LastSentInnerId));
        Assert.Contains(peer.ShortId(lacked), WirePeer.NamesOf(Assert.Single(peer.Receive())));
    }

    [Fact]
    public void AnEmergencyIsNamedAtOnce()
    {
        NodeCore origin = TestNetwork.Node(7);
        origin.Emergency([1], 0, 1, 0);
        byte[] emergency = new byte[256];
        Assert.True(origin.CopyFrame(origin.LastSentId, emergency));
        RangeBench.Fill(_node, [emergency, .. RangeBench.Frames(0, 300)]);
        (WirePeer peer, List<byte[]> said) = Met(nodeInitiates: false);

        Assert.Equal(peer.ShortId(origin.LastSentId), Assert.Single(WirePeer.NamesOf(Assert.Single(said))));
    }

    [Fact]
    public void ANewFrameIsPushedAsEver()
    {
        (WirePeer peer, _) = Met(nodeInitiates: false);
        WirePeer source = new(_node);
        source.Meet();
        source.SendFrame(RangeBench.Frames(0, 1)[0]);

        Assert.Equal(WirePeer.Frame, Assert.Single(peer.Receive())[0]);
    }

    [Fact]
    public void WhatAPushLostIsNamedByTheNextComparison()
    {
        (WirePeer peer, _) = Met(nodeInitiates: true);
        peer.Send(WirePeer.Name, 0);
        WirePeer source = new(_node);
        source.Meet();
        byte[] lost = RangeBench.Frames(0, 1)[0];
        source.SendFrame(lost);
        Assert.Equal(WirePeer.Frame, Assert.Single(peer.Receive())[0]);
        for (int i = 0; i < 10; i++)
        {
            peer.Send(WirePeer.Heartbeat);
            peer.NowMs += 30_000;
            _node.HandleTimeout(peer.NowMs);
        }

        byte[] sums = [WirePeer.Sums, .. RangeBench.SumsOf(peer, [RangeBench.IdOf(lost)], 0)];
        Assert.Equal(sums, peer.Receive().Single(r => r[0] == WirePeer.Sums));
        peer.Send(WirePeer.Name, 0, 0, 0xFF, 0xFF);
        Assert.Equal(peer.ShortId(RangeBench.IdOf(lost)), Assert.Single(WirePeer.NamesOf(Assert.Single(peer.Receive()))));
    }

    [Fact]
    public void AfterAFullOfferComesTheNextAtOnceAndAfterLaterNot()
    {
        byte[][] frames = RangeBench.Frames(0, 300);
        RangeBench.Fill(_node, frames);
        (WirePeer peer, _) = Met(nodeInitiates: false);
        peer.Send([WirePeer.Sums, 0, .. new byte[64]]);
        List<byte[]> said = peer.Receive();
        Assert.Equal(64, said[^1][1]);

        peer.Send([WirePeer.Pull, .. new byte[8]]);
        Assert.Equal(64, Assert.Single(peer.Receive())[1]);
        byte[] later = [1, 0, 0, 0, 0, 0, 0, 0];
        peer.Send([WirePeer.Pull, .. new byte[8], .. later]);
        peer.NowMs += 29_900;
        Assert.DoesNotContain(peer.Receive(), r => r[0] == WirePeer.Offer);
        peer.Send(WirePeer.Ping, 1, 2, 3, 4);
        peer.NowMs += 100;
        Assert.Contains(peer.Receive(), r => r[0] == WirePeer.Offer);
    }

    [Fact]
    public void WhatObfuscationHoldsBackIsNeitherSummedNorNamed()
    {
        NodeCore node = RangeBench.Node(1, configure: c => c.Obfuscation = new WithoutCover());
        node.Broadcast([1], 0, 1, 0);
        WirePeer peer = new(node, nodeInitiates: true) { Features = Ranges };

        Assert.Equal([WirePeer.Sums, 0, .. new byte[64]], Assert.Single(peer.Meet()));
        Assert.Single(peer.Lengths.Distinct());
        peer.Send([WirePeer.Name, 0, 0, 0xFF, 0xFF]);
        Assert.Empty(peer.Receive());
    }

    [Fact]
    public void WhoDoesNotAnswerIsOfferedEverythingAfterFiveMinutes()
    {
        RangeBench.Fill(_node, RangeBench.Frames(0, 40));
        (WirePeer peer, _) = Met(nodeInitiates: true);
        for (int i = 0; i < 10; i++)
        {
            Assert.DoesNotContain(peer.Receive(), r => r[0] == WirePeer.Offer);
            peer.Send(WirePeer.Heartbeat);
            peer.NowMs += 30_000;
            _node.HandleTimeout(peer.NowMs);
        }

        Assert.Equal(40, peer.Receive().Single(r => r[0] == WirePeer.Offer)[1]);
    }

    private (WirePeer Peer, List<byte[]> Said) Met(bool nodeInitiates, byte features = Ranges)
    {
        WirePeer peer = new(_node, nodeInitiates: nodeInitiates) { Features = features };
        return (peer, peer.Meet());
    }

    private static ulong[] Ids(byte[][] frames) => [.. frames.Select(RangeBench.IdOf)];

    private static int Range(WirePeer peer, ulong id) => (int)(RangeBench.HashOf(peer, id) >> 60);

    private static int Part(WirePeer peer, ulong id) => (int)((RangeBench.HashOf(peer, id) >> 56) & 15);
}
