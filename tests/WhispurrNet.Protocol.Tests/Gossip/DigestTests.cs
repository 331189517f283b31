using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <summary>
/// The advertisement filter, seen from outside: a neighbour met 30 s ago is a candidate only if its digest differs.
/// </summary>
public class DigestTests
{
    private const ulong Address = 0xA1;

    private readonly FrameMaker _maker = new(2);

    [Fact]
    public void TwoNodesThatHaveSeenNothingDoNotDiffer()
    {
        Assert.False(Differs(Holding(1), Holding(2)));
    }

    [Fact]
    public void TwoNodesThatHaveSeenTheSameDoNotDiffer()
    {
        byte[][] frames = Frames(32);
        for (int i = 0; i < 20; i++)
        {
            Assert.False(Differs(Holding(i, frames), Holding(100 + i, [.. frames.Reverse()])));
        }
    }

    [Fact]
    public void WhatTheOtherLacksMakesADifference()
    {
        byte[][] frames = Frames(1);

        Assert.True(Differs(Holding(1), Holding(2, frames)));
    }

    [Fact]
    public void WhatTheOtherHasAloneMakesADifference()
    {
        byte[][] frames = Frames(1);

        Assert.True(Differs(Holding(1, frames), Holding(2)));
    }

    [Fact]
    public void ANodeOfAnotherNetworkSeemsToDiffer()
    {
        byte[][] frames = Frames(8);
        NodeCore foreign = TestNetwork.Node(9, TestNetwork.Foreign);
        Give(foreign, frames);

        Assert.True(Differs(foreign, Holding(2, frames)));
    }

    [Fact]
    public void OneMissingFrameAmongFortyIsOverlookedLessThanOnceInFour()
    {
        // 64 + 16 bits of 160: a filter over 32 own frames and 8 strangers'.
        FrameMaker foreign = new(77, TestNetwork.Foreign);
        byte[][] frames = [.. Frames(32), .. Enumerable.Range(0, 8).Select(_ => foreign.Broadcast())];
        NodeCore advertiser = Holding(1, frames);
        NodeCore scanner = Holding(2, [.. frames, .. Frames(1)]);
        int overlooked = 0;
        const int trials = 1000;
        for (int i = 0; i < trials; i++)
        {
            overlooked += Differs(advertiser, scanner) ? 0 : 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"overlooked {overlooked} of {trials}");

        // Expected (1 - (1 - 1/160)^80)^2 = 15.5 %, the one frame standing for two bits.
        Assert.InRange(overlooked, trials / 12, trials / 4);
    }

    [Fact]
    public void OneMissingFrameAmongFewIsHardlyEverOverlooked()
    {
        byte[][] frames = Frames(4);
        NodeCore advertiser = Holding(1, frames);
        NodeCore scanner = Holding(2, [.. frames, .. Frames(1)]);
        int overlooked = Enumerable.Range(0, 1000).Count(_ => !Differs(advertiser, scanner));

        Assert.InRange(overlooked, 0, 20);
    }

    [Fact]
    public void EveryAdvertisementHasASaltOfItsOwn()
    {
        NodeCore node = Holding(1, Frames(3));
        HashSet<string> seen = [];
        for (int i = 0; i < 100; i++)
        {
            Assert.True(seen.Add(Convert.ToHexString(Advertise(node))));
        }
    }

    [Fact]
    public void AnAdvertisementTouchesTwentyFourBytes()
    {
        byte[] buffer = new byte[40];
        Array.Fill(buffer, (byte)0xA5);
        new RadioScheduler(Holding(1), 0).WriteAdvertisement(buffer, 8, 0);

        Assert.All(buffer[..8], b => Assert.Equal(0xA5, b));
        Assert.All(buffer[32..], b => Assert.Equal(0xA5, b));
        Assert.Equal(new byte[20], buffer[12..32]);
    }

    private static byte[] Advertise(NodeCore node)
    {
        byte[] data = new byte[Digest.Size];
        new RadioScheduler(node, 0).WriteAdvertisement(data, 0, 0);
        return data;
    }

    private static bool Differs(NodeCore advertiser, NodeCore scanner)
    {
        byte[] data = Advertise(advertiser);
        RadioScheduler scheduler = new(scanner, 0);
        scanner.Neighbours.Met(Address, 0);
        Assert.Equal(RadioAction.Scan, scheduler.Next(30_000));
        Assert.True(scheduler.AdvertisementSeen(Address, data, 0, data.Length, 30_000));
        scheduler.ScanEnded(32_000);
        return scheduler.Next(32_000) == RadioAction.Contact;
    }

    private byte[][] Frames(int count)
    {
        return [.. Enumerable.Range(0, count).Select(_ => _maker.Broadcast())];
    }

    private static NodeCore Holding(int seed, params byte[][] frames)
    {
        NodeCore node = TestNetwork.Node(seed, limits: NodeLimits.Full());
        Give(node, frames);
        return node;
    }

    private static void Give(NodeCore node, byte[][] frames)
    {
        WirePeer peer = new(node);
        peer.Meet();
        Array.ForEach(frames, peer.SendFrame);
        node.CloseLink(peer.Link, 0);
    }
}
