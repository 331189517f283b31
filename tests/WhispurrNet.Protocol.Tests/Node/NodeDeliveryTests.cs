using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Node;

public class NodeDeliveryTests
{
    private readonly NodeCore _node = TestNetwork.Node(1);
    private readonly FrameMaker _maker = new(2);
    private readonly WhisperMessage _message;

    public NodeDeliveryTests()
    {
        _message = TestNetwork.Message(_node);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void AResonanceArrivesWholeWithItsSender(int frameSize)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.FrameSize = frameSize;
        NodeCore sender = TestNetwork.Node(1, configuration);
        NodeCore receiver = TestNetwork.Node(2, configuration);
        receiver.Tune("emotion_data");
        sender.SetUnixTime(1_790_000_000, 0);
        byte[] payload = new byte[sender.MaxFramePayload + 2];
        new Random(16).NextBytes(payload);
        sender.Resonate("emotion_data", payload, 2, sender.MaxFramePayload, 0);

        Assert.Equal(0u, LinkPair.Contact(sender, receiver).Initiator.Statistics.LinksFailed);
        WhisperMessage message = TestNetwork.Message(receiver);
        Assert.True(receiver.PollWhisper(message));
        Assert.Equal(WhisperType.Resonance, message.Type);
        Assert.Equal("emotion_data", message.Intent);
        Assert.Equal(payload[2..], message.Payload[..message.PayloadCount]);
        Assert.Equal(sender.IdentityText, message.SenderText);
        Assert.Equal(1_790_000_000u, message.SentUnixSeconds);
        Assert.Equal(sender.LastSentId, message.FrameId);
        Assert.False(receiver.PollWhisper(message));
    }

    [Fact]
    public void ABroadcastArrivesWithoutAnIntent()
    {
        NodeCore sender = TestNetwork.Node(2);
        sender.Broadcast([5], 0, 1, 0);
        LinkPair.Contact(sender, _node);

        Assert.True(_node.PollWhisper(_message));
        Assert.Equal(WhisperType.Broadcast, _message.Type);
        Assert.Null(_message.Intent);
    }

    [Fact]
    public void AnUntunedMemberAndAForeignNodeGetNothingAndOpenNothing()
    {
        NodeCore sender = TestNetwork.Node(2);
        NodeCore foreign = TestNetwork.Node(3, TestNetwork.Foreign);
        foreign.Tune("a");
        sender.Resonate("a", [5], 0, 1, 0);
        byte[] frame = new byte[256];
        sender.CopyFrame(sender.LastSentId, frame);
        foreach (NodeCore other in new[] { _node, foreign })
        {
            LinkPair.Contact(sender, other);
            Assert.Equal(1, other.HeldFrames);
            Assert.False(other.PollWhisper(TestNetwork.Message(other)));
            Assert.Equal(0, other.CountKeysThatOpen(frame));
        }

        _node.Tune("a");
        Assert.Equal(1, _node.CountKeysThatOpen(frame));
    }

    [Fact]
    public void ANodeDoesNotHearItself()
    {
        _node.Tune("a");
        _node.Resonate("a", [1], 0, 1, 0);

        Assert.False(_node.PollWhisper(_message));
    }

    [Fact]
    public void OneInnerIdIsDeliveredOnceThoughItsFramesDiffer()
    {
        _maker.InnerId = 77;
        WirePeer peer = Met();
        peer.SendFrame(_maker.Broadcast());
        peer.SendFrame(_maker.Broadcast());

        Assert.True(_node.PollWhisper(_message));
        Assert.False(_node.PollWhisper(_message));
        Assert.Equal(1u, _node.Statistics.DeliveredBefore);
        Assert.Equal(2, _node.HeldFrames);
    }

    [Fact]
    public void AnOwnWhisperThatComesBackLongAfterIsNotDelivered()
    {
        _node.Broadcast([1], 0, 1, 0);
        byte[] frame = new byte[256];
        _node.CopyFrame(_node.LastSentId, frame);
        long nowMs = 0;
        for (int i = 0; i < 400; i++)
        {
            // Its lifetime ends, and more frames come than ids are remembered.
            nowMs += 20_000;
            _node.HandleTimeout(nowMs);
            Bring(_maker.Resonance("not_mine", []), nowMs);
        }

        Assert.Equal(401u, _node.Statistics.FramesOwn);
        Bring(frame, nowMs);
        Assert.Equal(402u, _node.Statistics.FramesOwn);
        Assert.False(_node.PollWhisper(_message));
        Assert.Equal(1u, _node.Statistics.DeliveredBefore);
    }

    [Theory]
    [InlineData(WhisperType.Broadcast)]
    [InlineData(WhisperType.PeerDiscovery)]
    [InlineData(WhisperType.Emergency)]
    public void ATypeOfTheNetworkUnderAnIntentsKeyIsRefused(WhisperType type)
    {
        _node.Tune("a");
        Met().SendFrame(_maker.Resonance("a", [1], type));

        Assert.False(_node.PollWhisper(_message));
        Assert.Equal(1u, _node.Statistics.WhisperMalformed);
    }

    [Fact]
    public void AResonanceUnderTheBroadcastKeyIsRefused()
    {
        Met().SendFrame(_maker.UnderBroadcastKey(WhisperType.Resonance));

        Assert.False(_node.PollWhisper(_message));
        Assert.Equal(1u, _node.Statistics.WhisperMalformed);
    }

    [Fact]
    public void AMakersTypeComesUnderEitherKey()
    {
        _node.Tune("a");
        WirePeer peer = Met();
        peer.SendFrame(_maker.Resonance("a", [1], (WhisperType)200));
        peer.SendFrame(_maker.UnderBroadcastKey((WhisperType)64));

        Assert.True(_node.PollWhisper(_message));
        Assert.True(_node.PollWhisper(_message));
    }

    [Fact]
    public void AMatchingTagOnABodyThatDoesNotOpenIsCounted()
    {
        byte[] frame = _maker.Broadcast();
        frame[100] ^= 1;
        new Sealing.Readmission().Admit(frame);
        Met().SendFrame(frame);

        Assert.False(_node.PollWhisper(_message));
        Assert.Equal(1u, _node.Statistics.Matched);
        Assert.Equal(1u, _node.Statistics.OpenFailed);
    }

    [Fact]
    public void AFrameOfAnotherSizeIsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => _node.CountKeysThatOpen(new byte[255]));
        Assert.ThrowsAny<ArgumentException>(() => _node.CountKeysThatOpen(null));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 21)]
    [InlineData(20, 1)]
    [InlineData(int.MaxValue, 1)]
    public void AUnitOutsideItsBufferIsTheCallersMistake(int offset, int count)
    {
        int link = _node.OpenLink(LinkKind.Contact, false, 20, 0, 0);

        Assert.Throws<ArgumentException>(() => _node.Receive(link, new byte[20], offset, count, 0));
    }

    [Fact]
    public void ABufferTooSmallForAUnitIsTheCallersMistake()
    {
        int link = _node.OpenLink(LinkKind.Stream, true, 0, 0, 0);

        Assert.Throws<ArgumentException>(() => _node.PollTransmit(link, new byte[_node.MaxUnit], 1, 0));
        Assert.True(_node.PollTransmit(link, new byte[_node.MaxUnit], 0, 0) > 0);
    }

    private void Bring(byte[] frame, long nowMs)
    {
        WirePeer peer = new(_node, nowMs: nowMs);
        peer.Meet();
        peer.SendFrame(frame);
        _node.CloseLink(peer.Link, nowMs);
    }

    private WirePeer Met()
    {
        WirePeer peer = new(_node);
        peer.Meet();
        return peer;
    }
}
