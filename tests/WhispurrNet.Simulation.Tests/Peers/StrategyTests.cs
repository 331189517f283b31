using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class StrategyTests
{
    [Fact]
    public void AnUnknownNameThrows()
    {
        Assert.Throws<ArgumentException>(() => PeerFactory.Create("gossip", NodeLimits.Full(), 1, 1, 1000, 0, 0));
        Assert.Throws<ArgumentException>(
            () => PeerFactory.Create(StrategyNames.Whispurr, NodeLimits.Full(), 1, 1, 1000, 0, 0));
    }

    [Fact]
    public void AFloodGoesToAllButItsSender()
    {
        PeerBench bench = new(StrategyNames.Flood, 6);
        bench.HearAll();
        bench.Send(0, 1);
        bench.Contact(0, 3);

        // The node's neighbours in the order in which it heard them.
        Assert.Equal([1, 1, 0, 1, 1], Owed(bench, 0));
        Assert.Equal([0, 1, 1, 1, 1], Owed(bench, 3));
    }

    [Fact]
    public void APushGoesToThree()
    {
        HashSet<string> drawn = [];
        for (int seed = 0; seed < 60; seed++)
        {
            PeerBench bench = new(StrategyNames.Push3, 8, seed: seed);
            bench.HearAll();
            bench.Send(0, 1);
            int[] owed = Owed(bench, 0);
            Assert.Equal(3, owed.Sum());
            drawn.Add(string.Join(",", owed));

            bench.Contact(0, 1 + Array.IndexOf(owed, 1));
            Assert.Equal(2, Owed(bench, 0).Sum());
            int got = Enumerable.Range(1, 7).Single(i => bench.Nodes[i].Frames.Held == 1);
            Assert.Equal(3, Owed(bench, got).Sum());
            Assert.Equal(0, Owed(bench, got)[0]);
        }

        // 35 ways to choose three of seven.
        Assert.InRange(drawn.Count, 20, 35);
    }

    [Fact]
    public void APusherThatKnowsFewerThanThreeFindsTheOthersLater()
    {
        PeerBench bench = new(StrategyNames.Push3, 6);
        bench.Hear(0, 1);
        bench.Send(0, 1);
        Assert.Equal([1], Owed(bench, 0));
        for (int i = 2; i < 6; i++)
        {
            bench.Hear(0, i);
        }

        Assert.Equal([1, 1, 1, 0, 0], Owed(bench, 0));
    }

    [Fact]
    public void AManagedRelayWaitsAndKeepsSilentAfterThreeCopies()
    {
        PeerBench bench = new(StrategyNames.Managed3, 6);
        bench.HearAll();
        bench.Send(0, 1);
        bench.Contact(0, 1);
        bench.Contact(0, 2);
        bench.Contact(0, 3);

        long readyMs = bench.Nodes[1].State.Store[0].ReadyMs;
        Assert.InRange(readyMs, 1, 20_000);
        bench.NowMs += 20_000;
        Assert.Equal(4, Owed(bench, 1).Sum());
        bench.Contact(2, 1);
        Assert.Equal(3, Owed(bench, 1).Sum());
        bench.Contact(3, 1);
        Assert.Equal(0, Owed(bench, 1).Sum());
        Assert.Equal([0, 0], bench.Contact(1, 5).Frames);
    }

    [Fact]
    public void AManagedRelayHandsNothingOnBeforeItsTime()
    {
        int held = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PeerBench bench = new(StrategyNames.Managed3, 3, seed: seed);
            bench.HearAll();
            bench.Send(0, 1);
            bench.Contact(0, 1);
            long readyMs = bench.Nodes[1].State.Store[0].ReadyMs;
            bool isEarly = readyMs > bench.NowMs + 3000;
            held += isEarly ? 1 : 0;
            int frames = bench.Contact(1, 2).Frames[0];
            Assert.True(!isEarly || frames == 0);
            bench.NowMs = Math.Max(bench.NowMs, readyMs);
            bench.Contact(1, 2);
            Assert.Equal(1, bench.Nodes[2].Frames.Held);
        }

        Assert.InRange(held, 15, 38);
    }

    [Fact]
    public void AManagedRelayTakesTheHopsOfACopyThatMayGoFarther()
    {
        PeerBench bench = new(StrategyNames.Managed3, 7);
        for (int i = 1; i < 6; i++)
        {
            bench.Hear(i - 1, i);
        }

        bench.Hear(0, 4);
        bench.Send(0, 1);
        for (int i = 1; i < 5; i++)
        {
            bench.NowMs += 12_000;
            bench.Contact(i - 1, i);
        }

        Assert.Equal(0, bench.Nodes[4].State.Store[0].Frame.Hops);
        Assert.Equal(0, Owed(bench, 4).Sum());
        bench.Contact(0, 4);
        Assert.Equal(3, bench.Nodes[4].State.Store[0].Frame.Hops);
        bench.NowMs += 12_000;
        bench.Contact(4, 5);
        Assert.Equal([1], bench.Delivered(5));
    }

    [Fact]
    public void GossipsubPushesToSixAndNamesToTheOthers()
    {
        PeerBench bench = new(StrategyNames.Gossipsub, 11);
        bench.HearAll();
        bench.Send(0, 1);
        PeerStore store = bench.Nodes[0].State.Store;
        int[] named = [.. Enumerable.Range(0, 10).Select(store.Named.CountOf)];

        Assert.Equal(6, Owed(bench, 0).Sum());
        Assert.Equal(4, named.Sum());
        int lazy = 1 + Array.IndexOf(named, 1);
        Meeting meeting = bench.Contact(0, lazy);
        Assert.Equal([1, 0], meeting.Frames);
        Assert.Equal([1], bench.Delivered(lazy));
        Assert.Equal(3, Enumerable.Range(0, 10).Sum(store.Named.CountOf));
    }

    [Fact]
    public void GossipsubMeshesAreMutualAndBounded()
    {
        PeerBench bench = new(StrategyNames.Gossipsub, 20);
        bench.HearAll();
        for (int round = 0; round < 3; round++)
        {
            for (int a = 0; a < 20; a++)
            {
                bench.NowMs += 5000;
                bench.HearAll();
                bench.Nodes[a].State.Strategy.ScanEnded(bench.Nodes[a].State, bench.NowMs);
                bench.Contact(a, (a + 1 + (round * 5)) % 20);
            }
        }

        for (int a = 0; a < 20; a++)
        {
            PeerNeighbours neighbours = bench.Nodes[a].State.Neighbours;
            int mesh = Enumerable.Range(0, neighbours.Count).Count(i => neighbours[i].IsMesh);
            Assert.InRange(mesh, 4, 12);
        }
    }

    [Fact]
    public void AFilterSendsNothingThatIsThereAlready()
    {
        PeerBench bench = new(StrategyNames.Flood7Sync, 3);
        bench.HearAll();
        bench.Send(0, 1);
        bench.Contact(0, 1);
        bench.Contact(0, 2);
        bench.NowMs += 20_000;

        // Both have it to hand on to each other.
        Assert.Equal(1, Owed(bench, 1)[1]);
        Assert.Equal([0, 0], bench.Contact(1, 2).Frames);
        Assert.Equal(0, Owed(bench, 1)[1]);
    }

    [Fact]
    public void WhatAFilterLacksGoesNoFurtherByFlooding()
    {
        PeerBench bench = new(StrategyNames.Flood7Sync, 3);
        bench.Hear(0, 1);
        bench.Send(0, 1);
        bench.Contact(0, 1);
        bench.Contact(1, 2);
        bench.Hear(2, 0);

        Assert.Equal(1, bench.Nodes[2].Frames.Held);
        Assert.Equal(0, bench.Nodes[2].State.Store[0].Frame.Hops);
        Assert.Equal(0, Owed(bench, 2).Sum());
    }

    [Fact]
    public void PullNeverSendsWhatTheOtherHas()
    {
        PeerBench bench = new(StrategyNames.Pull, 4);
        int number = 0;
        for (int round = 0; round < 12; round++)
        {
            for (int node = 0; node < 4; node++)
            {
                bench.NowMs += 20_000;
                bench.Send(node, number++);
                int other = (node + 1 + (round % 3)) % 4;
                HashSet<ulong> mine = IdsOf(bench.Nodes[node]);
                HashSet<ulong> theirs = IdsOf(bench.Nodes[other]);
                Meeting meeting = bench.Contact(node, other);

                Assert.Equal(mine.Except(theirs).Count(), meeting.Frames[0]);
                Assert.Equal(theirs.Except(mine).Count(), meeting.Frames[1]);
            }
        }
    }

    [Fact]
    public void PullNamesWhatItHasSeenAndNoLongerHolds()
    {
        PeerBench bench = new(StrategyNames.Pull, 2, NodeLimits.Small());
        PeerNode small = bench.Nodes[0];
        PeerNode full = PeerFactory.Create(
            StrategyNames.Pull, NodeLimits.Full(), PeerBench.AddressOf(1), 1, PeerBench.LifetimeMs, 0, 1);
        bench.Nodes[1] = full;
        for (int i = 0; i < 60; i++)
        {
            bench.Send(1, i);
        }

        int frames = 0;
        int delivered = 0;
        for (int i = 0; i < 12; i++)
        {
            bench.NowMs += 20_000;
            Meeting meeting = i % 2 == 0 ? bench.Contact(0, 1) : bench.Contact(1, 0);
            frames += meeting.Frames.Sum();
            delivered += bench.Delivered(0).Count;
        }

        Assert.Equal((60, 60, 16), (frames, delivered, small.Frames.Held));
    }

    [Fact]
    public void AListOfSeveralRecordsIsReadToItsEnd()
    {
        PeerBench bench = new(StrategyNames.Pull, 3);
        int number = 0;
        for (int round = 0; round < 8; round++)
        {
            for (int i = 0; i < 12; i++)
            {
                bench.Send(0, number++);
            }

            bench.NowMs += 20_000;
            bench.Contact(1, 0);
        }

        // 96 seen, 64 of them held.
        Assert.Equal(96, bench.Delivered(1).Count);
        bench.NowMs += 20_000;
        Meeting meeting = bench.Contact(1, 0);
        Assert.Equal([0, 0], meeting.Frames);
        Assert.InRange(meeting.Bytes[0], 96 * 6, (96 * 6) + 250);
    }

    private static HashSet<ulong> IdsOf(PeerNode node)
    {
        PeerStore store = node.State.Store;
        return [.. Enumerable.Range(0, store.Slots).Where(store.IsUsed).Select(i => store[i].Frame.Id)];
    }

    private static int[] Owed(PeerBench bench, int node)
    {
        PeerState state = bench.Nodes[node].State;
        return [.. Enumerable.Range(0, state.Neighbours.Count).Select(state.Store.Owed.CountOf)];
    }
}
