using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

/// <content>Whom a node meets, and what it lets others see.</content>
public partial class RadioSchedulerTests
{
    /// <summary>Neighbours would come in vain, or not come: so serving begins anew, unless a window does so anyway.</summary>
    [Fact]
    public void WhatIsAdvertisedIsMadeAnewWhenItLacksAFrame()
    {
        int renewed = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            RadioScheduler scheduler = AfterAWindow(node, out long nowMs);
            Advertise(scheduler, nowMs);
            Assert.False(scheduler.IsAdvertisementOld(nowMs + 9000));
            node.Broadcast([1], 0, 1, nowMs + 1000);
            scheduler.Next(nowMs + 1000);
            Assert.False(scheduler.IsAdvertisementOld(nowMs + 1999));
            bool isOld = scheduler.IsAdvertisementOld(nowMs + 2000);
            renewed += isOld ? 1 : 0;
            Assert.Equal(isOld, scheduler.DeadlineMs == nowMs + 2000);
            Advertise(scheduler, nowMs + 2000);
            Assert.False(scheduler.IsAdvertisementOld(nowMs + 5000));
        }

        // The urgent window begins 1 to 5 s after the frame came, and the stack is not stopped within 3 s before it.
        Assert.InRange(renewed, 1, 60);
    }

    /// <summary>What was told in a contact that both sides finished need not be in the filter of an older advertisement.</summary>
    [Fact]
    public void AnAdvertisementOlderThanTheLastContactBringsNoOther()
    {
        NodeCore node = TestNetwork.Node(1);
        NodeCore other = TestNetwork.Node(2);
        RadioScheduler theirs = new(other, 0);
        theirs.WriteAdvertisement(_data, 0, 0);
        node.Broadcast([1], 0, 1, 0);
        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);
        Assert.Equal(RadioAction.Contact, Meet(scheduler, nowMs));
        node.Neighbours.Met(7, nowMs);
        scheduler.ContactEnded(7, ContactResult.Completed, nowMs);

        nowMs = ToScan(scheduler, nowMs + 60_000);
        Assert.Equal(RadioAction.Serve, Meet(scheduler, nowMs));
        node.Broadcast([2], 0, 1, nowMs);
        nowMs = ToScan(scheduler, nowMs + 60_000);
        Assert.Equal(RadioAction.Contact, Meet(scheduler, nowMs));
    }

    /// <summary>A stranger's digest always seems to differ: whoever has nothing to tell is met ever more seldom.</summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(5, 160)]
    [InlineData(7, 160)]
    [InlineData(100, 160)]
    public void FruitlessContactsBecomeRare(int fruitless, int seconds)
    {
        NodeCore node = TestNetwork.Node(1);
        node.Neighbours.Met(7, 1000);
        for (int i = 0; i < fruitless; i++)
        {
            node.Neighbours.NoteFruit(7, false);
        }

        Array.Fill(_data, (byte)0xFF);
        Assert.False(IsMetAt(node, 1000 + (seconds * 1000) - 1));
        Assert.True(IsMetAt(node, 1000 + (seconds * 1000)));
        node.Neighbours.NoteFruit(7, true);
        Assert.True(IsMetAt(node, 1000 + 5000));
    }

    [Fact]
    public void AScanWithEnoughToMeetEndsEarly()
    {
        NodeCore node = TestNetwork.Node(1);
        node.Broadcast([1], 0, 1, 0);
        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);
        Assert.Equal(nowMs + RadioTimings.ScanMs, scheduler.DeadlineMs);
        scheduler.AdvertisementSeen(1, _data, 0, Digest.Size, nowMs + 10);
        scheduler.AdvertisementSeen(2, _data, 0, Digest.Size, nowMs + 20);
        Assert.Equal(nowMs + RadioTimings.ScanMs, scheduler.DeadlineMs);
        scheduler.AdvertisementSeen(3, _data, 0, Digest.Size, nowMs + 30);
        Assert.Equal(nowMs + 30 + RadioTimings.ScanEnoughMs, scheduler.DeadlineMs);
        scheduler.AdvertisementSeen(4, _data, 0, Digest.Size, nowMs + 40);
        Assert.Equal(nowMs + 30 + RadioTimings.ScanEnoughMs, scheduler.DeadlineMs);
    }

    /// <summary>Who differs goes first; whoever was only not met for long is met alone, when nobody differs.</summary>
    [Fact]
    public void OfThoseWhoHaveNothingToTellOneAWindowIsMet()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            byte[] same = new byte[Digest.Size];
            new RadioScheduler(TestNetwork.Node(seed + 1000), 0).WriteAdvertisement(same, 0, 0);
            byte[] other = new byte[Digest.Size];
            Array.Fill(other, (byte)0xFF);
            RadioScheduler scheduler = new(node, 0);
            long nowMs = ToScan(scheduler, 0);
            for (ulong address = 1; address <= 6; address++)
            {
                scheduler.AdvertisementSeen(address, address % 3 == 0 ? other : same, 0, Digest.Size, nowMs);
            }

            scheduler.ScanEnded(nowMs);
            List<ulong> met = [];
            while (scheduler.Next(nowMs) == RadioAction.Contact)
            {
                met.Add(scheduler.ContactAddress);
                scheduler.ContactEnded(scheduler.ContactAddress, ContactResult.Completed, nowMs);
            }

            Assert.Equal([3ul, 6ul], met.Order());
        }
    }

    [Theory]
    [InlineData(ContactResult.Completed, 10_000, false)]
    [InlineData(ContactResult.Completed, 599_999, false)]
    [InlineData(ContactResult.Completed, 600_000, true)]
    [InlineData(ContactResult.Failed, 1999, false)]
    [InlineData(ContactResult.Failed, 2000, true)]
    [InlineData(ContactResult.Cut, 2000, true)]
    [InlineData(ContactResult.NotOurs, 599_999, false)]
    [InlineData(ContactResult.NotOurs, 600_000, true)]
    public void ANeighbourIsMetAgainAfter(ContactResult result, long laterMs, bool again)
    {
        NodeCore node = TestNetwork.Node(1);
        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);
        scheduler.AdvertisementSeen(7, _data, 0, Digest.Size, nowMs);
        scheduler.ScanEnded(nowMs);
        if (result == ContactResult.Completed)
        {
            node.Neighbours.Met(7, nowMs);
        }

        scheduler.ContactEnded(7, result, nowMs);

        // A scheduler of its own, so that its window falls on the moment of interest.
        RadioScheduler later = new(node, nowMs + laterMs - 10_000);
        Assert.Equal(RadioAction.Scan, later.Next(nowMs + laterMs));
        later.AdvertisementSeen(7, _data, 0, Digest.Size, nowMs + laterMs);
        later.ScanEnded(nowMs + laterMs);

        Assert.Equal(again ? RadioAction.Contact : RadioAction.Serve, later.Next(nowMs + laterMs));
    }

    [Fact]
    public void TheThreeAreDrawnAtRandom()
    {
        HashSet<ulong> met = [];
        for (int seed = 0; seed < 50; seed++)
        {
            RadioScheduler scheduler = new(TestNetwork.Node(seed), 0);
            long nowMs = ToScan(scheduler, 0);
            for (ulong address = 1; address <= 10; address++)
            {
                scheduler.AdvertisementSeen(address, _data, 0, Digest.Size, nowMs);
            }

            scheduler.ScanEnded(nowMs);
            met.Add(scheduler.ContactAddress);
        }

        Assert.Equal(10, met.Count);
    }

    [Fact]
    public void AWindowHasAtMostThreeContactsAllDifferent()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            NodeCore node = TestNetwork.Node(seed);
            node.Broadcast([1], 0, 1, 0);
            RadioScheduler scheduler = new(node, 0);
            long nowMs = ToScan(scheduler, 0);
            for (ulong address = 1; address <= 10; address++)
            {
                scheduler.AdvertisementSeen(address, _data, 0, Digest.Size, nowMs);
                scheduler.AdvertisementSeen(address, _data, 0, Digest.Size, nowMs);
            }

            HashSet<ulong> met = [];
            scheduler.ScanEnded(nowMs);
            while (scheduler.Next(nowMs) == RadioAction.Contact)
            {
                Assert.Equal(nowMs + 12_000, scheduler.DeadlineMs);
                Assert.True(met.Add(scheduler.ContactAddress));
                nowMs += 100;
                scheduler.ContactEnded(scheduler.ContactAddress, ContactResult.Completed, nowMs);
            }

            Assert.Equal(3, met.Count);
        }
    }

    [Fact]
    public void MoreAdvertisersThanPlacesAreLeftForLater()
    {
        RadioScheduler scheduler = new(TestNetwork.Node(1), 0);
        long nowMs = ToScan(scheduler, 0);
        for (ulong address = 1; address <= 1000; address++)
        {
            Assert.True(scheduler.AdvertisementSeen(address, _data, 0, Digest.Size, nowMs));
        }

        scheduler.ScanEnded(nowMs);
        Assert.Equal(RadioAction.Contact, scheduler.Next(nowMs));
    }

    [Theory]
    [InlineData(0ul, 24)]
    [InlineData(1ul, 23)]
    [InlineData(1ul, 25)]
    [InlineData(1ul, 0)]
    [InlineData(1ul, -1)]
    [InlineData(1ul, int.MaxValue)]
    public void WhatIsNoAdvertisementOfOursIsToldSo(ulong address, int count)
    {
        NodeCore node = TestNetwork.Node(1);
        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);

        Assert.False(scheduler.AdvertisementSeen(address, new byte[32], 0, count, nowMs));
        Assert.False(scheduler.AdvertisementSeen(1, new byte[32], 9, 24, nowMs));
        Assert.False(scheduler.AdvertisementSeen(1, new byte[32], -1, 24, nowMs));
        Assert.Equal(0, node.Neighbours.Count);
    }

    [Fact]
    public void AnyTwentyFourBytesAreHeardAndNoneThrows()
    {
        Random random = new(15);
        NodeCore node = TestNetwork.Node(1);
        node.Broadcast([1], 0, 1, 0);
        RadioScheduler scheduler = new(node, 0);
        long nowMs = ToScan(scheduler, 0);
        byte[] data = new byte[64];
        for (int i = 0; i < 5000; i++)
        {
            random.NextBytes(data);
            ulong address = (ulong)random.Next(1, 400);

            Assert.True(scheduler.AdvertisementSeen(address, data, random.Next(41), 24, nowMs));
        }

        Assert.Equal(16, node.Neighbours.Count);
    }

    private bool IsMetAt(NodeCore node, long nowMs)
    {
        RadioScheduler scheduler = new(node, nowMs - 10_000);
        Assert.Equal(RadioAction.Scan, scheduler.Next(nowMs));
        return Meet(scheduler, nowMs) == RadioAction.Contact;
    }

    private RadioAction Meet(RadioScheduler scheduler, long nowMs)
    {
        scheduler.AdvertisementSeen(7, _data, 0, Digest.Size, nowMs);
        scheduler.ScanEnded(nowMs);
        return scheduler.Next(nowMs);
    }
}
