using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Tests.World;

public class TopologyTests
{
    [Theory]
    [InlineData(TopologyKind.Line, 2, 1)]
    [InlineData(TopologyKind.Line, 50, 49)]
    [InlineData(TopologyKind.Grid, 9, 12)]
    [InlineData(TopologyKind.Grid, 7, 8)]
    [InlineData(TopologyKind.Clusters, 10, 45)]
    [InlineData(TopologyKind.Clusters, 20, 91)]
    [InlineData(TopologyKind.Clusters, 30, 138)]
    public void RegularOnesHaveTheirPairs(TopologyKind kind, int nodes, int pairs)
    {
        Assert.Equal(pairs, Pairs(kind, nodes, 1, 8).Count);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(10, 4)]
    [InlineData(143, 6)]
    [InlineData(1000, 8)]
    public void RandomOnesHaveTheMeanDegreeAndAreConnected(int nodes, double degree)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            List<(int A, int B)> pairs = Pairs(TopologyKind.Random, nodes, seed, degree);

            Assert.Equal(pairs.Distinct().Count(), pairs.Count);
            Assert.All(pairs, p => Assert.True(p.A < p.B && p.B < nodes));
            Assert.Equal(nodes, Reached(pairs, nodes));

            // Bridges between parts come on top.
            Assert.InRange(pairs.Count, (int)(nodes * degree / 2), (nodes * degree / 2) + (nodes / 5) + 2);
        }
    }

    [Fact]
    public void WhoIsNearIsFoundWhereverHeIs()
    {
        Places places = Places.Random(300, new SimRandom(3));
        int radius = places.RadiusFor(6);
        List<(int, int)> all = [];
        for (int a = 0; a < places.Count; a++)
        {
            for (int b = a + 1; b < places.Count; b++)
            {
                if (places.Square(a, b) <= (long)radius * radius)
                {
                    all.Add((a, b));
                }
            }
        }

        Assert.Equal(all, places.Near(radius).Select(n => (n.A, n.B)).Order());
    }

    private static List<(int A, int B)> Pairs(TopologyKind kind, int nodes, int seed, double degree)
    {
        SimulationOptions options = new() { Topology = kind, Nodes = nodes, Degree = degree };
        return Topology.Pairs(options, new SimRandom((ulong)seed), out _);
    }

    private static int Reached(List<(int A, int B)> pairs, int nodes)
    {
        ILookup<int, int> next = pairs.Concat(pairs.Select(p => (A: p.B, B: p.A))).ToLookup(p => p.A, p => p.B);
        HashSet<int> reached = [0];
        Queue<int> open = new(reached);
        while (open.TryDequeue(out int node))
        {
            foreach (int other in next[node].Where(reached.Add))
            {
                open.Enqueue(other);
            }
        }

        Assert.True(reached.Count <= nodes);
        return reached.Count;
    }
}
