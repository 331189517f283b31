using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>
/// How often relays that put their heads together name the node that made a frame, and how well they see who says much.
/// </summary>
internal static class OriginTrial
{
    private const int Subsets = 10;

    /// <summary>
    /// The share of frames whose origin is named by the neighbour that brought the first copy, or the copy with the highest
    /// counters. Guessing names one of as many as there are members.
    /// </summary>
    public static IReadOnlyList<OriginFigure> Named(Recording recording, int seed)
    {
        Random random = new(seed);
        List<OriginFigure> results = [];
        for (int count = 1; count <= recording.Relays.Count; count *= 2)
        {
            int seen = 0;
            int byTime = 0;
            int byCounters = 0;
            for (int i = 0; i < Subsets; i++)
            {
                int[] relays = [.. recording.Relays];
                random.Shuffle(relays);
                HashSet<int> chosen = [.. relays.Take(count)];
                foreach (IGrouping<ulong, Sighting> copies in recording.Sightings
                    .Where(s => chosen.Contains(s.Relay) && recording.Truths.ContainsKey(s.Id)).GroupBy(s => s.Id))
                {
                    int origin = recording.Truths[copies.Key].Origin;
                    seen++;
                    byTime += copies.First().From == origin ? 1 : 0;
                    byCounters += copies.MaxBy(CountersOf)!.From == origin ? 1 : 0;
                }
            }

            results.Add(new OriginFigure(count, (double)byTime / seen, (double)byCounters / seen));
        }

        return results;
    }

    /// <summary>
    /// Correlation over members of the frames that each made and those that each was the first to bring to a relay.
    /// </summary>
    public static double Volume(Recording recording)
    {
        ILookup<int, ulong> made = recording.Truths.Values.ToLookup(t => t.Origin, t => t.Id);
        ILookup<int, ulong> brought = recording.FirstCopies(recording.Relays).ToLookup(s => s.From, s => s.Id);
        (double X, double Y)[] points =
            [.. made.Select(m => ((double)m.Count(), (double)brought[m.Key].Count()))];
        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        double both = points.Sum(p => (p.X - x) * (p.Y - y));
        double norm = Math.Sqrt(points.Sum(p => (p.X - x) * (p.X - x)) * points.Sum(p => (p.Y - y) * (p.Y - y)));
        return norm > 0 ? both / norm : 0;
    }

    private static int CountersOf(Sighting sighting)
    {
        byte[] frame = sighting.Bytes;
        return (FrameCodec.ReadHopBudget(frame, 0, frame.Length) * (FrameCodec.LifetimeUnitsMax + 1))
            + FrameCodec.ReadLifetimeUnits(frame, 0, frame.Length);
    }
}
