using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class PeerSchedulerTests
{
    public static TheoryData<string> Strategies => PeerBench.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AQuarterOfTheTimeIsAClientsAtMost(string strategy)
    {
        PeerBench bench = new(strategy, 12);
        PeerNode node = bench.Nodes[0];
        long clientMs = 0;
        int windows = 0;
        while (bench.NowMs < 3_600_000)
        {
            RadioAction action = node.NextAction(bench.NowMs);
            long beganMs = bench.NowMs;
            if (action == RadioAction.Scan)
            {
                windows++;
                node.ScanBegan(bench.NowMs);
                bench.HearAll();
                bench.NowMs += RadioTimings.ScanMs;
                node.ScanEnded(bench.NowMs);
            }
            else if (action == RadioAction.Contact)
            {
                bench.NowMs += 6000;
                node.ContactEnded(node.ContactAddress, ContactResult.Completed, bench.NowMs);
            }
            else
            {
                Assert.Equal(RadioAction.Serve, action);
                Assert.True(node.RadioDeadlineMs > bench.NowMs);
                bench.NowMs = node.RadioDeadlineMs;
                continue;
            }

            clientMs += bench.NowMs - beganMs;
        }

        Assert.InRange(clientMs * 100 / bench.NowMs, 5, 26);
        Assert.InRange(windows, 40, 360);
    }

    [Fact]
    public void SomethingNewBringsTheWindowNearer()
    {
        PeerBench bench = new(StrategyNames.Flood, 2);
        PeerNode node = bench.Nodes[0];
        Assert.InRange(node.RadioDeadlineMs, PeerTimings.UrgentMinMs, PeerTimings.UrgentMaxMs);
        bench.Hear(0, 1);
        bench.NowMs = EmptyWindow(node, node.RadioDeadlineMs);
        Assert.InRange(node.RadioDeadlineMs - bench.NowMs, PeerTimings.WindowMinMs, PeerTimings.WindowMaxMs);

        bench.Send(0, 1);
        node.NextAction(bench.NowMs);

        Assert.InRange(node.RadioDeadlineMs - bench.NowMs, PeerTimings.UrgentMinMs, PeerTimings.UrgentMaxMs);
    }

    [Fact]
    public void WhoHasAFrameWaitingIsMetFirstAndTheOthersAfterAMinute()
    {
        PeerBench bench = new(StrategyNames.Flood, 4);
        bench.HearAll();
        for (int i = 1; i < 4; i++)
        {
            bench.Contact(0, i);
        }

        bench.NowMs += 15_000;
        Assert.Empty(Candidates(bench));

        bench.NowMs += 20_000;
        bench.Send(3, 1);
        bench.Contact(3, 2);
        bench.Contact(3, 0);
        List<int> first = Candidates(bench);
        Assert.Equal(1, first[0]);
        Assert.DoesNotContain(3, first);

        // A relay is still owed to the first, who could not be reached.
        bench.NowMs += 90_000;
        List<int> second = Candidates(bench);
        Assert.Equal(1, second[0]);
        Assert.Contains(3, second);
    }

    [Fact]
    public void PullMeetsFirstWhomItHasNotMetForLongest()
    {
        PeerBench bench = new(StrategyNames.Pull, 5);
        bench.HearAll();
        foreach (int other in new[] { 3, 1, 4, 2 })
        {
            bench.Contact(0, other);
            bench.NowMs += 1000;
        }

        bench.NowMs += 20_000;
        Assert.Equal([3, 1, 4], Candidates(bench));
    }

    [Fact]
    public void TwoStuckContactsMakeItRest()
    {
        PeerBench bench = new(StrategyNames.Flood, 1);
        PeerNode node = bench.Nodes[0];
        node.InboundEnded(true, 0);
        Assert.Equal(RadioAction.Serve, node.NextAction(0));
        node.InboundEnded(true, 0);
        Assert.Equal(RadioAction.Rest, node.NextAction(0));
        long now = EmptyWindow(node, node.RadioDeadlineMs);
        while (node.NextAction(now) != RadioAction.Serve)
        {
            now = node.NextAction(now) == RadioAction.Scan ? EmptyWindow(node, now) : node.RadioDeadlineMs;
        }

        Assert.InRange(now, RadioTimings.RestMinMs, RadioTimings.RestMaxMs + PeerTimings.WindowMaxMs);
    }

    [Fact]
    public void TheSameSeedMakesTheSameNode()
    {
        byte[] first = new byte[Digest.Size];
        byte[] second = new byte[Digest.Size];
        byte[] other = new byte[Digest.Size];
        new PeerBench(StrategyNames.Flood, 1).Nodes[0].WriteAdvertisement(first, 0);
        new PeerBench(StrategyNames.Flood, 1).Nodes[0].WriteAdvertisement(second, 0);
        new PeerBench(StrategyNames.Flood, 1, seed: 2).Nodes[0].WriteAdvertisement(other, 0);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    /// <summary>One window in which everybody advertises: whom it dials, in order. Nobody answers.</summary>
    private static List<int> Candidates(PeerBench bench)
    {
        PeerNode node = bench.Nodes[0];
        while (node.NextAction(bench.NowMs) != RadioAction.Scan)
        {
            bench.NowMs = node.RadioDeadlineMs;
        }

        node.ScanBegan(bench.NowMs);
        for (int i = 1; i < bench.Nodes.Length; i++)
        {
            node.AdvertisementSeen(PeerBench.AddressOf(i), new byte[Digest.Size], bench.NowMs);
        }

        node.ScanEnded(bench.NowMs);
        List<int> dialled = [];
        while (node.NextAction(bench.NowMs) == RadioAction.Contact)
        {
            dialled.Add((int)(node.ContactAddress - PeerBench.AddressOf(0)));
            node.ContactEnded(node.ContactAddress, ContactResult.Failed, bench.NowMs);
        }

        return dialled;
    }

    private static long EmptyWindow(PeerNode node, long nowMs)
    {
        if (node.NextAction(nowMs) == RadioAction.Scan)
        {
            node.ScanBegan(nowMs);
            nowMs += RadioTimings.ScanMs;
            node.ScanEnded(nowMs);
        }

        return nowMs;
    }
}
