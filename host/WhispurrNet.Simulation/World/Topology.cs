using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.World;

/// <summary>Who can reach whom: positions in integers, so that every machine computes the same graph.</summary>
internal static class Topology
{
    /// <summary>Boards of one cluster.</summary>
    public const int ClusterSize = 10;

    /// <summary>Units to the side of the square for each board's square root: the mean distance of neighbours on a grid.</summary>
    public const int Pitch = 10_000;

    /// <summary>All pairs in range, the lower number first, in rising order.</summary>
    public static List<(int A, int B)> Pairs(SimulationOptions options, SimRandom random, out Places places)
    {
        places = Places.Random(options.Nodes, random);
        return options.Topology switch
        {
            TopologyKind.Line => Line(options.Nodes),
            TopologyKind.Grid => Grid(options.Nodes),
            TopologyKind.Clusters => Clusters(options.Nodes),
            _ => Geometric(places, options.Degree),
        };
    }

    private static List<(int A, int B)> Line(int nodes)
    {
        return [.. Enumerable.Range(1, nodes - 1).Select(i => (i - 1, i))];
    }

    private static List<(int A, int B)> Grid(int nodes)
    {
        int width = (int)Math.Ceiling(Math.Sqrt(nodes));
        List<(int, int)> pairs = [];
        for (int i = 0; i < nodes; i++)
        {
            if ((i + 1) % width != 0 && i + 1 < nodes)
            {
                pairs.Add((i, i + 1));
            }

            if (i + width < nodes)
            {
                pairs.Add((i, i + width));
            }
        }

        return pairs;
    }

    /// <summary>Everybody of a cluster in range of each other; one pair between each cluster and the next, in a ring.</summary>
    private static List<(int A, int B)> Clusters(int nodes)
    {
        List<(int A, int B)> pairs = [];
        int clusters = (nodes + ClusterSize - 1) / ClusterSize;
        for (int c = 0; c < clusters; c++)
        {
            int first = c * ClusterSize;
            int end = Math.Min(first + ClusterSize, nodes);
            for (int a = first; a < end; a++)
            {
                for (int b = a + 1; b < end; b++)
                {
                    pairs.Add((a, b));
                }
            }

            int next = (c + 1) % clusters * ClusterSize;
            if (next != first && (c + 1 < clusters || clusters > 2))
            {
                pairs.Add((Math.Min(end - 1, next), Math.Max(end - 1, next)));
            }
        }

        pairs.Sort();
        return pairs;
    }

    /// <summary>
    /// The radius is the one that gives the mean degree asked for. What is not connected then is joined by the nearest pair of
    /// two parts, as by an antenna.
    /// </summary>
    private static List<(int A, int B)> Geometric(Places places, double degree)
    {
        int wanted = (int)(places.Count * degree / 2);
        List<(long Square, int A, int B)> near = places.Near(places.RadiusFor(degree) * 3 / 2);
        near.Sort();
        if (near.Count > wanted)
        {
            near.RemoveRange(wanted, near.Count - wanted);
        }

        places.RangeSquare = near.Count == 0 ? 0 : near[^1].Square;
        List<(int A, int B)> pairs = [.. near.Select(p => (p.A, p.B))];
        pairs.AddRange(places.Bridges(pairs));
        pairs.Sort();
        return pairs;
    }
}
