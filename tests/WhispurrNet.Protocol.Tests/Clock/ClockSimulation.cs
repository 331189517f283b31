using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>
/// Many clocks that meet, from one seed: nodes on a plane, each in range of its nearest, oscillators up to 50 ppm off,
/// switched on within the first hours.
/// </summary>
internal sealed class ClockSimulation
{
    /// <summary>True time at the start, milliseconds since 1970.</summary>
    public const long Epoch = 1_790_000_000_000;

    public const long HourMs = 3_600_000;

    private const int MeetingMs = 45_000;
    private const int DelayMs = 4000;
    private const double PpmMax = 50;

    private readonly Random _random;
    private readonly HashSet<ClockNode> _true = [];

    public ClockSimulation(int seed)
    {
        _random = new Random(seed);
    }

    public List<ClockNode> Nodes { get; } = [];

    public long NowMs { get; private set; }

    public IEnumerable<ClockNode> Honest => Nodes.Where(n => n.IsHonest);

    /// <summary>Honest nodes that depend on others for the time.</summary>
    public IEnumerable<ClockNode> Learners => Honest.Where(n => !_true.Contains(n));

    public ClockNode Add(bool knowsTime = false, Func<double, uint>? lie = null, long switchOnMs = 2 * HourMs)
    {
        ClockNode node = new(64, _random.NextInt64(switchOnMs), (_random.NextDouble() * 2 * PpmMax) - PpmMax)
        {
            Lie = lie,
        };
        if (knowsTime)
        {
            _true.Add(node);
        }

        Nodes.Add(node);
        return node;
    }

    public void InRange(ClockNode one, ClockNode other)
    {
        if (one != other && !one.Neighbours.Contains(other))
        {
            one.Neighbours.Add(other);
            other.Neighbours.Add(one);
        }
    }

    /// <summary>Puts everybody somewhere, in range of at least so many.</summary>
    public void Scatter(int nearest)
    {
        Dictionary<ClockNode, (double X, double Y)> places =
            Nodes.ToDictionary(n => n, _ => (_random.NextDouble(), _random.NextDouble()));
        foreach (ClockNode node in Nodes)
        {
            (double x, double y) = places[node];
            foreach (ClockNode near in Nodes
                .OrderBy(n => Math.Pow(places[n].X - x, 2) + Math.Pow(places[n].Y - y, 2)).Skip(1).Take(nearest))
            {
                InRange(node, near);
            }
        }
    }

    /// <summary>Everybody meets a neighbour now and then; who knows the time sets its clock every hour.</summary>
    public void Run(long untilMs, Action? everyHour = null)
    {
        PriorityQueue<ClockNode, long> next = new();
        Nodes.ForEach(n => next.Enqueue(n, NowMs + _random.Next(MeetingMs)));
        long hourMs = NowMs;
        while (next.TryDequeue(out ClockNode? node, out long atMs) && atMs < untilMs)
        {
            NowMs = atMs;
            for (; hourMs <= NowMs; hourMs += HourMs)
            {
                foreach (ClockNode known in _true.Where(n => n.IsOn(NowMs)))
                {
                    known.Set(NowMs);
                }

                everyHour?.Invoke();
            }

            Meet(node);
            next.Enqueue(node, NowMs + _random.Next(2 * MeetingMs));
        }

        NowMs = untilMs;
    }

    public bool HasHonestMajority(ClockNode node)
    {
        return 2 * node.Neighbours.Count(n => n.IsHonest) > node.Neighbours.Count;
    }

    public bool MeetsOneWhoKnows(ClockNode node)
    {
        return node.Neighbours.Any(_true.Contains);
    }

    private void Meet(ClockNode node)
    {
        if (!node.IsOn(NowMs) || node.Neighbours.Count == 0)
        {
            return;
        }

        ClockNode other = node.Neighbours[_random.Next(node.Neighbours.Count)];
        if (other.IsOn(NowMs))
        {
            long saidMs = NowMs - _random.Next(DelayMs);
            node.Hear(other, saidMs, NowMs);
            other.Hear(node, saidMs, NowMs);
        }
    }
}
