namespace WhispurrNet.Simulation.Checks;

/// <summary>Who was in range of whom when, who was gone, and when the mesh was split: what could have been carried.</summary>
internal sealed class RangeLog
{
    private readonly List<(long AtMs, int A, int B, bool InRange)> _ranges = [];
    private readonly List<(long AtMs, int Node, bool Gone, bool Power)> _absences = [];
    private readonly List<(long AtMs, bool IsSplit)> _splits = [];

    /// <summary>Whether anything has ever changed.</summary>
    public bool IsStatic => _absences.Count == 0 && _splits.Count == 0 && _ranges.All(r => r.InRange && r.AtMs == 0);

    public void Join(long atMs, int a, int b) => _ranges.Add((atMs, a, b, true));

    public void Part(long atMs, int a, int b) => _ranges.Add((atMs, a, b, false));

    /// <summary>Who was ever in range, and is not for a reason other than distance, is again.</summary>
    public void JoinAll(long atMs)
    {
        foreach ((int a, int b) in _ranges.Where(r => r.AtMs == 0 && !r.InRange).Select(r => (r.A, r.B)).Distinct().ToArray())
        {
            Join(atMs, a, b);
        }
    }

    public void Leave(long atMs, int node, bool power) => _absences.Add((atMs, node, true, power));

    public void Return(long atMs, int node) => _absences.Add((atMs, node, false, false));

    public void Split(long atMs, bool isSplit) => _splits.Add((atMs, isSplit));

    /// <summary>Times in which pairs could meet, until a time.</summary>
    /// <param name="isLeft">On which side of a split each node is.</param>
    /// <param name="endMs">End of the run.</param>
    public List<Meeting>[] Meetings(bool[] isLeft, long endMs)
    {
        List<Meeting>[] meetings = [.. isLeft.Select(_ => new List<Meeting>())];
        List<(long FromMs, long ToMs)>[] present = Present(isLeft.Length, endMs);
        List<(long FromMs, long ToMs)> whole = Whole(endMs);
        foreach (IGrouping<(int A, int B), (long AtMs, int A, int B, bool InRange)> pair in
            _ranges.GroupBy(r => (Math.Min(r.A, r.B), Math.Max(r.A, r.B))))
        {
            (int a, int b) = pair.Key;
            List<(long, long)> times = Cut(Intervals(pair.Select(r => (r.AtMs, r.InRange)), endMs), present[a]);
            times = Cut(times, present[b]);
            times = isLeft[a] == isLeft[b] ? times : Cut(times, whole);
            foreach ((long fromMs, long toMs) in times)
            {
                meetings[a].Add(new Meeting(b, fromMs, toMs));
                meetings[b].Add(new Meeting(a, fromMs, toMs));
            }
        }

        return meetings;
    }

    /// <summary>When each node lost its memory, rising.</summary>
    public List<long>[] Losses(int nodes)
    {
        List<long>[] losses = [.. Enumerable.Range(0, nodes).Select(_ => new List<long>())];
        foreach ((long atMs, int node, bool gone, bool power) in _absences)
        {
            if (gone && power)
            {
                losses[node].Add(atMs);
            }
        }

        return losses;
    }

    private List<(long FromMs, long ToMs)>[] Present(int nodes, long endMs)
    {
        ILookup<int, (long AtMs, bool There)> changes = _absences.ToLookup(a => a.Node, a => (a.AtMs, !a.Gone));
        return [.. Enumerable.Range(0, nodes).Select(n => Intervals(changes[n].Prepend((0, true)), endMs))];
    }

    private List<(long FromMs, long ToMs)> Whole(long endMs)
    {
        return Intervals(_splits.Select(s => (s.AtMs, !s.IsSplit)).Prepend((0, true)), endMs);
    }

    private static List<(long FromMs, long ToMs)> Intervals(IEnumerable<(long AtMs, bool On)> changes, long endMs)
    {
        List<(long, long)> intervals = [];
        long fromMs = -1;
        foreach ((long atMs, bool on) in changes)
        {
            if (on && fromMs < 0)
            {
                fromMs = atMs;
            }
            else if (!on && fromMs >= 0)
            {
                intervals.Add((fromMs, atMs));
                fromMs = -1;
            }
        }

        if (fromMs >= 0)
        {
            intervals.Add((fromMs, endMs));
        }

        return intervals;
    }

    private static List<(long FromMs, long ToMs)> Cut(
        List<(long FromMs, long ToMs)> one, List<(long FromMs, long ToMs)> other)
    {
        List<(long, long)> both = [];
        foreach ((long fromA, long toA) in one)
        {
            foreach ((long fromB, long toB) in other)
            {
                if (Math.Max(fromA, fromB) < Math.Min(toA, toB))
                {
                    both.Add((Math.Max(fromA, fromB), Math.Min(toA, toB)));
                }
            }
        }

        return both;
    }

    /// <summary>A time in which a node could meet another.</summary>
    internal readonly record struct Meeting(int Other, long FromMs, long ToMs);
}
