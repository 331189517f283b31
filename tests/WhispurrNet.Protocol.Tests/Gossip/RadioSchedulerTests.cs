using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public partial class RadioSchedulerTests
{
    private readonly byte[] _data = new byte[Digest.Size];

    [Fact]
    public void ANodeStartsServingAndScansWithinFiveSeconds()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            RadioScheduler scheduler = new(TestNetwork.Node(seed), 1000);

            Assert.Equal(RadioAction.Serve, scheduler.Next(1000));
            Assert.InRange(scheduler.DeadlineMs, 2000, 6000);
            Assert.Equal(RadioAction.Serve, scheduler.Next(scheduler.DeadlineMs - 1));
            Assert.Equal(RadioAction.Scan, scheduler.Next(scheduler.DeadlineMs));
        }
    }

    [Fact]
    public void WindowsBeginTenToFortySecondsAfterTheLast()
    {
        List<long> gaps = [];
        for (int seed = 0; seed < 20; seed++)
        {
            RadioScheduler scheduler = new(TestNetwork.Node(seed), 0);
            long nowMs = 0;
            for (int i = 0; i < 20; i++)
            {
                nowMs = ToScan(scheduler, nowMs) + 2000;
                scheduler.ScanEnded(nowMs);
                Assert.Equal(RadioAction.Serve, scheduler.Next(nowMs));
                gaps.Add(scheduler.DeadlineMs - nowMs);
            }
        }

        Assert.All(gaps, gap => Assert.InRange(gap, 10_000, 40_000));
        Assert.InRange(gaps.Min(), 10_000, 11_000);
        Assert.InRange(gaps.Max(), 39_000, 40_000);
    }

    [Fact]
    public void SomethingNewBringsTheWindowToOneToFiveSeconds()
    {
        List<long> gaps = [];
        for (int seed = 0; seed < 200; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
            node.Broadcast([1], 0, 1, nowMs);
            Assert.Equal(RadioAction.Serve, scheduler.Next(nowMs));
            Advertise(scheduler, nowMs);
            gaps.Add(scheduler.DeadlineMs - nowMs);
        }

        Assert.All(gaps, gap => Assert.InRange(gap, 1000, 5000));
        Assert.InRange(gaps.Min(), 1000, 1250);
        Assert.InRange(gaps.Max(), 4750, 5000);
    }

    [Fact]
    public void UrgencyNeverPostponesAWindow()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            RadioScheduler scheduler = new(node, 0);
            long before = scheduler.DeadlineMs;
            node.Broadcast([1], 0, 1, 0);
            scheduler.Next(0);

            Assert.True(scheduler.DeadlineMs <= before);
        }
    }

    [Theory]
    [InlineData(3, 1.0)]
    [InlineData(6, 0.5)]
    [InlineData(12, 0.25)]
    public void WithManyNeighboursOnlySomeTakeTheUrgency(int neighbours, double share)
    {
        const int trials = 400;
        int taken = 0;
        for (int seed = 0; seed < trials; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
            for (int i = 0; i < neighbours; i++)
            {
                node.Neighbours.Heard((ulong)(i + 1), nowMs);
            }

            long before = scheduler.DeadlineMs;
            node.Broadcast([1], 0, 1, nowMs);
            scheduler.Next(nowMs);
            Advertise(scheduler, nowMs);

            // An urgent window lies before the earliest ordinary one.
            taken += scheduler.DeadlineMs < before ? 1 : 0;
        }

        // Five standard deviations of a fair half are 0.125.
        Assert.InRange(taken, trials * (share - 0.125), trials * Math.Min(1, share + 0.125));
    }

    /// <summary>Whatever the number of neighbours, the window comes near, and in it all of them are met.</summary>
    [Fact]
    public void AnEmergencyIsTakenToEveryNeighbourInReach()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
            for (ulong i = 1; i <= 12; i++)
            {
                node.Neighbours.Heard(i, nowMs);
            }

            node.Emergency([1], 0, 1, nowMs);
            scheduler.Next(nowMs);
            Advertise(scheduler, nowMs);
            Assert.InRange(scheduler.DeadlineMs - nowMs, 1000, 5000);
            Assert.Equal(7, MeetAll(scheduler, node, 7, ToScan(scheduler, nowMs + 60_000), 400));
        }
    }

    [Fact]
    public void ClientTimeLimitsAnEmergencyToo()
    {
        NodeCore node = TestNetwork.Node(1);
        RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
        node.Emergency([1], 0, 1, nowMs);
        scheduler.Next(nowMs);

        // 20 s of client time are spent after two contacts of 9 s; the usual three are not cut short.
        Assert.Equal(3, MeetAll(scheduler, node, 7, ToScan(scheduler, nowMs + 60_000), 9000));
        Assert.Equal(3, MeetAll(scheduler, node, 7, ToScan(scheduler, nowMs + 600_000), 100));
    }

    [Fact]
    public void AFrameWithoutHopsIsUrgentToo()
    {
        NodeCore node = TestNetwork.Node(1);
        RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
        WirePeer peer = new(node, nowMs: nowMs);
        peer.Meet();
        long before = scheduler.DeadlineMs;
        peer.SendFrame(new FrameMaker(2).Broadcast(hops: 0));
        scheduler.Next(nowMs);
        Advertise(scheduler, nowMs);

        Assert.True(scheduler.DeadlineMs < before);
    }

    /// <summary>Ever more frames, ever longer contacts: the client role stays below a quarter.</summary>
    [Fact]
    public void NoMoreThanAQuarterOfTheTimeIsAClients()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            NodeCore node = TestNetwork.Node(seed, limits: NodeLimits.Full());
            WirePeer peer = new(node);
            peer.Meet();
            FrameMaker maker = new(seed);
            RadioScheduler scheduler = new(node, 0);
            long clientMs = 0;
            long nowMs = 0;
            while (nowMs < 3_600_000)
            {
                long before = nowMs;
                RadioAction action = scheduler.Next(nowMs);
                if (scheduler.IsAdvertisementOld(nowMs))
                {
                    Advertise(scheduler, nowMs);
                }

                nowMs = Math.Max(nowMs + 1, Math.Min(scheduler.DeadlineMs, nowMs + 1000));
                if (action == RadioAction.Scan)
                {
                    nowMs = scheduler.DeadlineMs + random.Next(500);
                    for (ulong address = 1; address < 6; address++)
                    {
                        scheduler.AdvertisementSeen(address, _data, 0, Digest.Size, nowMs);
                    }

                    scheduler.ScanEnded(nowMs);
                }
                else if (action == RadioAction.Contact)
                {
                    nowMs = before + random.Next(3000, 12_500);
                    scheduler.ContactEnded(scheduler.ContactAddress, (ContactResult)random.Next(4), nowMs);
                }
                else
                {
                    peer.SendFrame(maker.Broadcast());
                }

                clientMs += action is RadioAction.Scan or RadioAction.Contact ? nowMs - before : 0;

                // A quarter, the credit at the start, and the window that is open.
                Assert.True(clientMs <= (nowMs / 4) + 20_000 + 40_000, $"seed {seed}: {clientMs} of {nowMs}");
            }

            Assert.InRange(clientMs, 3_600_000 / 10, (3_600_000 / 4) + 30_000);
        }
    }

    [Fact]
    public void AnAdvertisementOutsideAScanIsOnlyHeard()
    {
        NodeCore node = TestNetwork.Node(1);
        RadioScheduler scheduler = new(node, 0);
        scheduler.AdvertisementSeen(7, _data, 0, Digest.Size, 0);
        long nowMs = ToScan(scheduler, 0);
        scheduler.ScanEnded(nowMs);

        Assert.Equal(1, node.Neighbours.Count);
        Assert.Equal(RadioAction.Serve, scheduler.Next(nowMs));
    }

    [Fact]
    public void ANewcomerToAFullTableIsMetOnlyIfItsDigestDiffers()
    {
        NodeCore node = TestNetwork.Node(1);
        for (ulong address = 1; address <= 16; address++)
        {
            node.Neighbours.Met(address, 0);
        }

        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);
        scheduler.AdvertisementSeen(99, _data, 0, Digest.Size, nowMs);
        scheduler.ScanEnded(nowMs);
        Assert.Equal(RadioAction.Serve, scheduler.Next(nowMs));

        Array.Fill(_data, (byte)0xFF);
        nowMs = ToScan(scheduler, nowMs);
        scheduler.AdvertisementSeen(99, _data, 0, Digest.Size, nowMs);
        scheduler.ScanEnded(nowMs);
        Assert.Equal(RadioAction.Contact, scheduler.Next(nowMs));
    }

    [Fact]
    public void AfterTwoStuckInboundContactsInARowTheNodeRestsForAboutAMinute()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            RadioScheduler scheduler = new(TestNetwork.Node(seed), 0);
            scheduler.InboundEnded(true, 0);
            scheduler.InboundEnded(false, 0);
            scheduler.InboundEnded(true, 0);
            Assert.Equal(RadioAction.Serve, scheduler.Next(0));
            scheduler.InboundEnded(true, 0);
            Assert.Equal(RadioAction.Rest, scheduler.Next(0));

            // Windows go on meanwhile, and the rest ends in time.
            int windows = 0;
            long nowMs = 0;
            while (scheduler.Next(nowMs) != RadioAction.Serve)
            {
                Assert.True(scheduler.DeadlineMs > nowMs);
                nowMs = scheduler.DeadlineMs;
                if (scheduler.Next(nowMs) == RadioAction.Scan)
                {
                    windows++;
                    scheduler.ScanEnded(nowMs);
                }
            }

            Assert.InRange(nowMs, 45_000, 75_000);
            Assert.True(windows > 0);
        }
    }

    [Fact]
    public void AFailedRoleGoesBackToServing()
    {
        RadioScheduler scheduler = new(TestNetwork.Node(1), 0);
        long nowMs = ToScan(scheduler, 0);
        scheduler.RoleFailed(nowMs);

        Assert.Equal(RadioAction.Serve, scheduler.Next(nowMs));
        Assert.InRange(scheduler.DeadlineMs - nowMs, 10_000, 40_000);
    }

    [Fact]
    public void AScanThatBeganLateIsAsLong()
    {
        RadioScheduler scheduler = new(TestNetwork.Node(1), 0);
        long nowMs = ToScan(scheduler, 0);
        Assert.Equal(nowMs + 1000, scheduler.DeadlineMs);
        scheduler.ScanBegan(nowMs + 900);

        Assert.Equal(nowMs + 1900, scheduler.DeadlineMs);
    }

    [Fact]
    public void TheDeadlineIsNeverInThePast()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            RadioScheduler scheduler = new(TestNetwork.Node(seed), 0);
            long nowMs = 0;
            for (int i = 0; i < 2000; i++)
            {
                RadioAction action = scheduler.Next(nowMs);
                if (action is RadioAction.Serve or RadioAction.Rest)
                {
                    Assert.True(scheduler.DeadlineMs > nowMs, $"seed {seed}, step {i}");
                }

                nowMs += random.Next(3000);
                switch (action)
                {
                    case RadioAction.Scan:
                        scheduler.AdvertisementSeen((ulong)random.Next(1, 9), _data, 0, Digest.Size, nowMs);
                        scheduler.ScanEnded(nowMs);
                        break;
                    case RadioAction.Contact:
                        scheduler.ContactEnded(scheduler.ContactAddress, (ContactResult)random.Next(4), nowMs);
                        break;
                    default:
                        scheduler.InboundEnded(random.Next(2) == 0, nowMs);
                        break;
                }
            }
        }
    }

    private static void Advertise(RadioScheduler scheduler, long nowMs)
    {
        scheduler.WriteAdvertisement(new byte[Digest.Size], 0, nowMs);
    }

    /// <summary>Lets time pass from deadline to deadline until the scan.</summary>
    private static long ToScan(RadioScheduler scheduler, long nowMs)
    {
        while (scheduler.Next(nowMs) != RadioAction.Scan)
        {
            nowMs = scheduler.DeadlineMs;
            if (scheduler.IsAdvertisementOld(nowMs))
            {
                Advertise(scheduler, nowMs);
            }
        }

        return nowMs;
    }

    /// <summary>Hears so many neighbours in the scan and meets those that the scheduler names.</summary>
    private int MeetAll(RadioScheduler scheduler, NodeCore node, int count, long nowMs, int contactMs)
    {
        for (int i = 1; i <= count; i++)
        {
            node.Neighbours.Heard((ulong)i, nowMs);
            Assert.True(scheduler.AdvertisementSeen((ulong)i, _data, 0, Digest.Size, nowMs));
        }

        nowMs += RadioTimings.ScanMs;
        scheduler.ScanEnded(nowMs);
        int contacts = 0;
        while (scheduler.Next(nowMs) == RadioAction.Contact)
        {
            contacts++;
            nowMs += contactMs;
            scheduler.ContactEnded(scheduler.ContactAddress, ContactResult.Completed, nowMs);
        }

        return contacts;
    }

    private static RadioScheduler AfterAWindow(NodeCore node, out long nowMs)
    {
        RadioScheduler scheduler = new(node, 0);
        nowMs = ToScan(scheduler, 0);
        scheduler.ScanEnded(nowMs);
        Assert.True(scheduler.DeadlineMs - nowMs >= 10_000);
        return scheduler;
    }
}
