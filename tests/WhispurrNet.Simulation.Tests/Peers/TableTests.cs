using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class TableTests
{
    public static TheoryData<string> Strategies => PeerBench.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AStoreFullOfOwnFramesThatNobodyHasTakesNoMore(string strategy)
    {
        PeerBench bench = new(strategy, 2, NodeLimits.Small());
        bench.Hear(0, 1);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(SendOutcome.Accepted, bench.Send(0, i));
        }

        Assert.Equal(SendOutcome.Congested, bench.Send(0, 16));
        bench.Contact(0, 1);
        Assert.Equal(SendOutcome.Accepted, bench.Send(0, 16));
        Assert.Equal((16, 16), bench.Nodes[0].Frames);
        Assert.Equal(1, bench.Nodes[0].Drops);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void BoundsHold(string strategy)
    {
        PeerBench bench = new(strategy, 4, NodeLimits.Small());
        int number = 0;
        SimRandom random = new(1);
        for (int round = 0; round < 120; round++)
        {
            bench.HearAll();
            for (int i = 0; i < 10; i++)
            {
                if (bench.Send((int)random.NextBelow(4), number) == SendOutcome.Accepted)
                {
                    number++;
                }
            }

            int client = (int)random.NextBelow(4);
            bench.NowMs += 10_000;
            bench.Contact(client, (client + 1 + (int)random.NextBelow(3)) % 4);
            foreach (PeerNode node in bench.Nodes)
            {
                Assert.InRange(node.Frames.Held, 0, 16);
                Assert.InRange(node.State.Seen.Count, node.Frames.Held, 160);
                Assert.Equal(node.Frames.Held, Count(node.State.Store));
            }
        }

        Assert.True(number > 160);
        Assert.All(bench.Nodes, n => Assert.True(n.Drops > 0));
    }

    [Fact]
    public void TheOldestIsEvictedFirst()
    {
        PeerBench bench = new(StrategyNames.Flood, 2, NodeLimits.Small());
        bench.Hear(0, 1);
        List<ulong> ids = [];
        for (int i = 0; i < 20; i++)
        {
            bench.Send(0, i);
            ids.Add(bench.Nodes[0].LastSentId);
            bench.Contact(0, 1);
        }

        Assert.Equal(ids[4..], ids.Where(bench.Nodes[1].Holds));
        Assert.Equal(ids[4..], ids.Where(bench.Nodes[0].Holds));
        Assert.False(bench.Nodes[0].Holds(0));
    }

    [Fact]
    public void TargetsAreCountedAsTheyAreSet()
    {
        const int Targets = 130;
        const int Slots = 20;
        SimRandom random = new(9);
        TargetSet set = new(Targets);
        HashSet<(int Slot, int Target)> model = [];
        set.Grow(4);
        for (int i = 0; i < 20_000; i++)
        {
            if (i == 2000)
            {
                set.Grow(Slots);
            }

            int slot = (int)random.NextBelow(i < 2000 ? 4u : Slots);
            int target = (int)random.NextBelow(Targets);
            switch (random.NextBelow(40))
            {
                case 0:
                    set.RemoveSlot(slot);
                    model.RemoveWhere(e => e.Slot == slot);
                    break;
                case 1:
                    set.RemoveTarget(target);
                    model.RemoveWhere(e => e.Target == target);
                    break;
                case < 12:
                    set.Remove(slot, target);
                    model.Remove((slot, target));
                    break;
                default:
                    set.Add(slot, target);
                    model.Add((slot, target));
                    break;
            }

            Assert.Equal(model.Contains((slot, target)), set.Has(slot, target));
            Assert.Equal(model.Count(e => e.Target == target), set.CountOf(target));
        }
    }

    [Fact]
    public void TheOldestIdIsForgottenWhoseFrameIsNotHeld()
    {
        PeerStore store = new(4, 1, false);
        SeenRing seen = new(10, store);
        PeerFrame kept = new() { Number = 1000, LifetimeMs = 1_000_000 };
        store.Add(kept, true, 0);
        seen.Add(kept.Id, 5);
        for (ulong id = 1; id <= 50; id++)
        {
            seen.Add(id * 2, 7);
            Assert.True(seen.Has(kept.Id));
            Assert.Equal(id * 2, seen.IdAt(0));
            Assert.Equal((int)Math.Min(id + 1, 10), seen.Count);
            Assert.Equal(seen.Count, Enumerable.Range(0, seen.Count).Select(seen.IdAt).Distinct().Count());
        }

        Assert.Equal(
            [84, 86, 88, 90, 92, 94, 96, 98, 100],
            Enumerable.Range(0, 10).Select(seen.IdAt).Where(i => i != kept.Id).Order().Select(i => (int)i));
    }

    [Fact]
    public void AFullTableOfNeighboursRefusesNewcomersUntilOneIsGone()
    {
        PeerNeighbours neighbours = new(3);
        for (ulong address = 1; address <= 3; address++)
        {
            Assert.Equal((int)address - 1, neighbours.Heard(address, 0, out bool isNew));
            Assert.True(isNew);
        }

        Assert.Equal(PeerNeighbours.None, neighbours.Heard(4, 1000, out _));
        neighbours.Heard(1, 300_000, out _);
        Assert.Equal(1, neighbours.Heard(4, 600_000, out bool replaces));
        Assert.True(replaces);
        Assert.Equal(2, neighbours.CountNear(600_000));
    }

    [Fact]
    public void AFailedNeighbourIsAvoidedForLongerEachTime()
    {
        PeerNeighbours neighbours = new(3);
        int index = neighbours.Heard(1, 0, out _);
        foreach (long forMs in new[] { 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000 })
        {
            neighbours.Failed(index, 100);
            Assert.True(neighbours.IsAvoided(index, 100 + forMs - 1));
            Assert.False(neighbours.IsAvoided(index, 100 + forMs));
        }

        neighbours.Met(index, 100);
        neighbours.Failed(index, 100);
        Assert.False(neighbours.IsAvoided(index, 2100));
    }

    private static int Count(PeerStore store) => Enumerable.Range(0, store.Slots).Count(store.IsUsed);
}
