using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.World;

/// <summary>Where boards are in a square, and who is near whom.</summary>
internal sealed class Places
{
    private readonly int[] _x;
    private readonly int[] _y;

    private Places(int count)
    {
        _x = new int[count];
        _y = new int[count];
        Side = (int)(Math.Sqrt(count) * Topology.Pitch) + 1;
    }

    /// <summary>Boards.</summary>
    public int Count => _x.Length;

    /// <summary>Of the square, in units.</summary>
    public int Side { get; }

    /// <summary>Square of the distance up to which boards reach each other.</summary>
    public long RangeSquare { get; set; }

    /// <summary>Everybody at a place of his own.</summary>
    public static Places Random(int count, SimRandom random)
    {
        Places places = new(count);
        for (int i = 0; i < count; i++)
        {
            places.Put(i, (int)random.NextBelow((uint)places.Side), (int)random.NextBelow((uint)places.Side));
        }

        return places;
    }

    public int X(int board) => _x[board];

    public int Y(int board) => _y[board];

    public void Put(int board, int x, int y)
    {
        _x[board] = x;
        _y[board] = y;
    }

    /// <summary>Square of the distance of two boards.</summary>
    public long Square(int a, int b)
    {
        long x = _x[a] - _x[b];
        long y = _y[a] - _y[b];
        return (x * x) + (y * y);
    }

    /// <summary>About the radius in which so many others are found.</summary>
    public int RadiusFor(double degree)
    {
        return (int)(Math.Sqrt(degree / Math.PI) * Topology.Pitch) + 1;
    }

    /// <summary>All pairs nearer than a radius, by a grid of squares as wide as it.</summary>
    public List<(long Square, int A, int B)> Near(int radius)
    {
        int columns = (Side / radius) + 1;
        List<int>?[] cells = new List<int>?[columns * columns];
        for (int i = 0; i < Count; i++)
        {
            (cells[CellOf(i, radius, columns)] ??= []).Add(i);
        }

        long limit = (long)radius * radius;
        List<(long, int, int)> near = [];
        for (int i = 0; i < Count; i++)
        {
            int cell = CellOf(i, radius, columns);
            for (int row = Math.Max(0, (cell / columns) - 1); row <= Math.Min(columns - 1, (cell / columns) + 1); row++)
            {
                for (int column = Math.Max(0, (cell % columns) - 1);
                    column <= Math.Min(columns - 1, (cell % columns) + 1);
                    column++)
                {
                    foreach (int other in cells[(row * columns) + column] ?? [])
                    {
                        if (other > i && Square(i, other) <= limit)
                        {
                            near.Add((Square(i, other), i, other));
                        }
                    }
                }
            }
        }

        return near;
    }

    /// <summary>The pairs that join what is not connected, the nearest of two parts each.</summary>
    public List<(int A, int B)> Bridges(List<(int A, int B)> pairs)
    {
        int[] parts = Enumerable.Range(0, Count).ToArray();
        foreach ((int a, int b) in pairs)
        {
            parts[Root(parts, a)] = Root(parts, b);
        }

        List<(int, int)> bridges = [];
        while (true)
        {
            // The smallest part is joined to what is nearest to any of it: few are left out, and they are small.
            IGrouping<int, int>[] groups = [.. Enumerable.Range(0, Count).GroupBy(i => Root(parts, i)).OrderBy(g => g.Count())];
            if (groups.Length == 1)
            {
                return bridges;
            }

            (long, int, int) best = (long.MaxValue, 0, 0);
            foreach (int a in groups[0])
            {
                for (int b = 0; b < Count; b++)
                {
                    if (Root(parts, b) != groups[0].Key && (Square(a, b), a, b).CompareTo(best) < 0)
                    {
                        best = (Square(a, b), a, b);
                    }
                }
            }

            bridges.Add((Math.Min(best.Item2, best.Item3), Math.Max(best.Item2, best.Item3)));
            parts[Root(parts, best.Item2)] = Root(parts, best.Item3);
        }
    }

    private int CellOf(int board, int radius, int columns)
    {
        return (_y[board] / radius * columns) + (_x[board] / radius);
    }

    private static int Root(int[] parts, int node)
    {
        while (parts[node] != node)
        {
            parts[node] = parts[parts[node]];
            node = parts[node];
        }

        return node;
    }
}
