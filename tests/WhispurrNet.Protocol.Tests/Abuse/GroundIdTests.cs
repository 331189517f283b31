using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Abuse;

/// <summary>
/// Frames whose names collide. Grinding one for 48 bits is out of a test's reach: here names are cut to 12 bits, or said
/// to collide by a peer that lies.
/// </summary>
public class GroundIdTests
{
    private const int Ids = 4096;
    private const ulong CutMask = 0xFFF;

    private readonly FrameMaker _maker = new(2);

    [Fact]
    public void IdsThatCollideOnOneLinkDoNotOnTheNext()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer one = new(node);
        one.Meet();
        WirePeer two = new(node);
        two.Meet();
        ChaChaRandom random = new(TestNetwork.Seed(3));
        ulong[] ids = [.. Enumerable.Range(0, Ids).Select(_ => random.NextUInt64())];

        ulong[][] colliding = [.. ids.GroupBy(id => one.ShortId(id) & CutMask).Select(g => g.Take(2).ToArray())
            .Where(pair => pair.Length == 2)];
        int again = colliding.Count(pair => ((two.ShortId(pair[0]) ^ two.ShortId(pair[1])) & CutMask) == 0);

        Assert.InRange(colliding.Length, 800, Ids);
        Assert.InRange(again, 0, 5);
    }

    [Fact]
    public void AFrameThatIsHiddenByAnothersNameOnOneLinkComesOverTheNext()
    {
        NodeCore node = TestNetwork.Node(1);
        byte[] seen = _maker.Broadcast();
        byte[] hidden = _maker.Broadcast();
        WirePeer first = new(node);
        first.Meet();
        first.SendFrame(seen);
        first.Receive();

        first.Send(OfferOf(first.ShortId(_maker.IdOf(seen))));
        Assert.Equal(new byte[] { WirePeer.Pull, 0 }, Assert.Single(first.Receive(), r => r[0] == WirePeer.Pull));

        WirePeer next = new(node);
        next.Meet();
        next.Send(OfferOf(next.ShortId(_maker.IdOf(hidden))));
        Assert.Equal(new byte[] { WirePeer.Pull, 1 }, Assert.Single(next.Receive(), r => r[0] == WirePeer.Pull));
        next.SendFrame(hidden);
        Assert.Equal(2, node.HeldFrames);
    }

    [Fact]
    public void AFloodOfPingsIsAnsweredOnceAndKeepsNoFrameBack()
    {
        NodeCore node = TestNetwork.Node(1);
        WirePeer flooder = new(node);
        flooder.Meet();
        WirePeer other = new(node);
        other.Meet();
        for (byte i = 0; i < 200; i++)
        {
            flooder.Send(WirePeer.Ping, i, 0, 0, 0);
        }

        other.SendFrame(_maker.Broadcast());

        Assert.Equal([WirePeer.Pong, 199, 0, 0, 0], Assert.Single(flooder.Receive(), r => r[0] == WirePeer.Pong));
        Assert.Equal(1, node.HeldFrames);
    }

    private static byte[] OfferOf(ulong name)
    {
        byte[] record = new byte[8];
        record[0] = WirePeer.Offer;
        record[1] = 1;
        for (int i = 0; i < 6; i++)
        {
            record[2 + i] = (byte)(name >> (8 * i));
        }

        return record;
    }
}
