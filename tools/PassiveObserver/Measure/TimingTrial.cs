using WhispurrNet.PassiveObserver.Capture;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>
/// What the times and ways of copies tell all relays together: the kind of a frame, and whether one answers another.
/// Nothing of what the frames hold.
/// </summary>
internal static class TimingTrial
{
    private const double WindowMs = 5 * 60 * 1000;
    private const double NeverSeconds = 3600;

    /// <summary>Every kind against all others: how fast it spreads, how many copies come, what came just before.</summary>
    public static IReadOnlyList<Finding> Kinds(Recording recording, int seed)
    {
        Sighting[] firsts = [.. recording.FirstCopies(recording.Relays)];
        ILookup<ulong, Sighting> copies = recording.Sightings.ToLookup(s => s.Id);
        double[][] features = [.. firsts.Select((f, i) => FeaturesOf(firsts, i, copies[f.Id], recording.Relays.Count))];
        List<Finding> findings = [];
        foreach (FrameKind kind in Enum.GetValues<FrameKind>())
        {
            double[][] Select(bool isKind)
            {
                return [.. features.Where((_, i) => recording.Truths[firsts[i].Id].Kind == kind == isKind)];
            }

            Add(findings, $"{kind} or another kind, by times", Select(true), Select(false), seed);
        }

        return findings;
    }

    /// <summary>
    /// Whether a frame answers an earlier one: a direct whisper and its answer or acknowledgement, against the same whisper
    /// and any other frame of the next five minutes.
    /// </summary>
    public static IReadOnlyList<Finding> Answers(Recording recording, FrameKind kind, int seed)
    {
        Sighting[] firsts = [.. recording.FirstCopies(recording.Relays)];
        Dictionary<ulong, int> places = firsts.Select((f, i) => (f.Id, i)).ToDictionary(p => p.Id, p => p.i);
        Random random = new(seed);
        List<double[]> answers = [];
        List<double[]> others = [];
        for (int i = 0; i < firsts.Length; i++)
        {
            FrameTruth truth = recording.Truths[firsts[i].Id];
            if (truth.Kind != kind || !places.TryGetValue(truth.AnswerTo, out int asked) || asked >= i
                || firsts[i].AtMs - firsts[asked].AtMs > WindowMs)
            {
                continue;
            }

            int end = asked + 1;
            while (end < firsts.Length && firsts[end].AtMs - firsts[asked].AtMs <= WindowMs)
            {
                end++;
            }

            int other = asked + 1 + random.Next(end - asked - 1);
            if (other != i)
            {
                answers.Add(Between(firsts, asked, i));
                others.Add(Between(firsts, asked, other));
            }
        }

        List<Finding> findings = [];
        Add(findings, $"answer or not, by times ({kind})", [.. answers], [.. others], seed);
        return findings;
    }

    private static double[] FeaturesOf(Sighting[] firsts, int index, IEnumerable<Sighting> copies, int relays)
    {
        Sighting first = firsts[index];
        Sighting[] all = [.. copies];
        double[] delays =
            [.. all.DistinctBy(c => c.Relay).Select(c => (c.AtMs - first.AtMs) / 1000.0).Order().Skip(1)];
        List<double> features = [all.Length, delays.Length];
        for (int i = 0; i < relays - 1; i++)
        {
            features.Add(Math.Log(1 + (i < delays.Length ? delays[i] : NeverSeconds)));
        }

        foreach (int neighbour in new[] { index - 1, index - 2, index + 1, index + 2 })
        {
            bool exists = neighbour >= 0 && neighbour < firsts.Length;
            features.Add(Math.Log(1 + (exists ? Math.Abs(first.AtMs - firsts[neighbour].AtMs) / 1000.0 : NeverSeconds)));
            features.Add(exists && firsts[neighbour].From == first.From ? 1 : 0);
            features.Add(exists && firsts[neighbour].Relay == first.Relay ? 1 : 0);
        }

        return [.. features];
    }

    private static double[] Between(Sighting[] firsts, int asked, int answer)
    {
        (Sighting a, Sighting b) = (firsts[asked], firsts[answer]);
        return
        [
            Math.Log(1 + ((b.AtMs - a.AtMs) / 1000.0)),
            answer - asked,
            a.From == b.From ? 1 : 0,
            a.Relay == b.Relay ? 1 : 0,
            a.Bytes[^3] - b.Bytes[^3],
        ];
    }

    private static void Add(List<Finding> findings, string question, double[][] one, double[][] other, int seed)
    {
        findings.AddRange(new Trial(seed).Run(one, other).Select(r => new Finding(question, r.Classifier, r.Advantage)));
    }
}
