using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Obfuscation;

/// <summary>Messages of a stream all have one length; what is padded is read by everybody.</summary>
public class PaddingTests
{
    // A frame's record, the header of the padding, the protection.
    private const int PaddedSize = 1 + 256 + 3 + 16;

    private readonly FrameMaker _maker = new(2);

    [Fact]
    public void HelloOfferPullPingAndFrameLookAlike()
    {
        NodeCore node = Node(true);
        WirePeer peer = new(node);
        node.Broadcast([1], 0, 1, 0);
        node.HandleTimeout(16_000);
        peer.NowMs = 16_000;
        Assert.Equal(WirePeer.Offer, Assert.Single(peer.Meet())[0]);
        peer.Send(WirePeer.Pull, 1);
        peer.SendOffer(1, 2, 3);
        peer.Send(WirePeer.Ping, 1, 2, 3, 4);
        Assert.Equal([WirePeer.Pong, WirePeer.Pull, WirePeer.Frame], peer.Receive().Select(r => r[0]));

        Assert.Equal(5, peer.Lengths.Count);
        Assert.All(peer.Lengths, length => Assert.Equal(PaddedSize, length));
    }

    [Fact]
    public void ContactsAreNotPadded()
    {
        WirePeer peer = new(Node(true), LinkKind.Contact);
        peer.Meet();

        Assert.Equal([34, 17], peer.Lengths);
    }

    [Fact]
    public void WithoutObfuscationNothingIsPadded()
    {
        WirePeer peer = new(Node(false));
        peer.Meet();

        Assert.Equal([22], peer.Lengths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EverybodyReadsWhatIsPadded(bool obfuscated)
    {
        NodeCore node = Node(obfuscated);
        WirePeer peer = new(node);
        peer.Send(Pad(peer.HelloRecord(), 40));
        Assert.Equal(WirePeer.Hello, Assert.Single(peer.Receive())[0]);
        byte[] frame = _maker.Broadcast();
        peer.Send(Pad([WirePeer.Frame, .. frame], 0));
        Assert.Equal(1, node.HeldFrames);
        peer.Send(Pad([WirePeer.Ping, 1, 2, 3, 4], 200));
        Assert.Equal([WirePeer.Pong, 1, 2, 3, 4], Assert.Single(peer.Receive()));
        Assert.Equal(LinkState.Open, peer.State);
    }

    [Theory]
    [InlineData(new byte[] { 9 })]
    [InlineData(new byte[] { 9, 1 })]
    [InlineData(new byte[] { 9, 1, 0 })]
    [InlineData(new byte[] { 9, 0, 0, 8 })]
    [InlineData(new byte[] { 9, 2, 0, 8 })]
    [InlineData(new byte[] { 9, 1, 1, 8 })]
    [InlineData(new byte[] { 9, 1, 0, 8, 1 })]
    [InlineData(new byte[] { 9, 1, 0, 8, 0, 0, 0, 128 })]
    [InlineData(new byte[] { 9, 4, 0, 9, 1, 0, 8 })]
    public void APaddedRecordThatIsMalformedEndsTheLink(byte[] record)
    {
        NodeCore node = Node(false);
        WirePeer peer = new(node);
        peer.Meet();
        peer.Send(record);

        Assert.Equal(LinkState.Failed, peer.State);
        Assert.Equal(1u, node.Statistics.RecordsRefused);
    }

    [Fact]
    public void APaddedHeartbeatIsOne()
    {
        NodeCore node = Node(false);
        WirePeer peer = new(node);
        peer.Meet();
        peer.Send(9, 1, 0, 8, 0, 0);

        Assert.Equal(LinkState.Open, peer.State);
        Assert.Equal(0u, node.Statistics.RecordsUnknown);
    }

    private static byte[] Pad(byte[] record, int zeros)
    {
        return [9, (byte)(record.Length & 0xFF), (byte)(record.Length >> 8), .. record, .. new byte[zeros]];
    }

    private static NodeCore Node(bool obfuscated)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Obfuscation = obfuscated ? new WithoutCover() : null;
        return TestNetwork.Node(1, configuration);
    }
}
