namespace WhispurrNet.Simulation.Checks;

/// <summary>
/// To whom there was a way in time: over pairs that were in range for as long as the longest wait for a client window. An
/// ideal mesh could have used it.
/// </summary>
internal sealed class PathOracle
{
    /// <summary>A pair must be in range for so long: the longest time from one client window to the next.</summary>
    public const int HopMs = 40_000;

    private readonly List<RangeLog.Meeting>[] _meetings;
    private readonly List<long>[] _losses;

    public PathOracle(RangeLog log, bool[] isLeft, long endMs)
    {
        _meetings = log.Meetings(isLeft, endMs);
        _losses = log.Losses(isLeft.Length);
    }

    /// <summary>
    /// When the copy of a whisper could have come to each node at the earliest; long.MaxValue for never. Memory that is lost
    /// with the power ends a copy, and the node can get another.
    /// </summary>
    public long[] Reach(int origin, long sentMs, long endMs)
    {
        int nodes = _meetings.Length;
        long[] first = new long[nodes];
        Array.Fill(first, long.MaxValue);
        HashSet<(int Node, int Epoch)> done = [];
        PriorityQueue<int, (long AtMs, int Node)> queue = new();
        queue.Enqueue(origin, (sentMs, origin));
        while (queue.TryDequeue(out int node, out (long AtMs, int Node) at))
        {
            long lostMs = NextLoss(node, at.AtMs, out int epoch);
            if (!done.Add((node, epoch)))
            {
                continue;
            }

            first[node] = Math.Min(first[node], at.AtMs);
            foreach (RangeLog.Meeting meeting in _meetings[node])
            {
                long fromMs = Math.Max(at.AtMs, meeting.FromMs);
                long arriveMs = fromMs + HopMs;
                if (arriveMs <= meeting.ToMs && arriveMs <= endMs && arriveMs <= lostMs)
                {
                    queue.Enqueue(meeting.Other, (arriveMs, meeting.Other));
                }
            }
        }

        return first;
    }

    private long NextLoss(int node, long atMs, out int epoch)
    {
        List<long> losses = _losses[node];
        for (epoch = 0; epoch < losses.Count; epoch++)
        {
            if (losses[epoch] > atMs)
            {
                return losses[epoch];
            }
        }

        return long.MaxValue;
    }
}
