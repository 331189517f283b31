using WhispurrNet.PassiveObserver.Capture;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>What bytes and counters tell of the kind of a frame and of the conversation that it belongs to.</summary>
internal static class ContentTrial
{
    private const int FramesApart = 400;
    private const int TriesPerFrame = 100;
    private const int PairsPerFrame = 2;

    /// <summary>Kinds, and conversations of intents and of pairs.</summary>
    public static IReadOnlyList<Finding> All(Recording recording, int seed)
    {
        return
        [
            .. Kinds(recording, seed),
            .. Conversations(recording, FrameKind.Resonance, seed),
            .. Conversations(recording, FrameKind.Direct, seed),
        ];
    }

    /// <summary>Every kind against all others together, and every kind against every other.</summary>
    public static IReadOnlyList<Finding> Kinds(Recording recording, int seed, bool pairs = true)
    {
        Sighting[] frames = [.. recording.FirstCopies(recording.Relays)];
        FrameKind[] kinds = [.. frames.Select(f => recording.Truths[f.Id].Kind)];
        double[][] features = [.. frames.Select((f, i) => FrameFeatures.Of(f, FrameFeatures.Before(frames, i)))];
        double[][] Select(Func<FrameKind, bool> which)
        {
            return [.. features.Where((_, i) => which(kinds[i]))];
        }

        List<Finding> findings = [];
        foreach (FrameKind one in Enum.GetValues<FrameKind>())
        {
            Add(findings, $"{one} or another kind", Select(k => k == one), Select(k => k != one), seed);
            foreach (FrameKind other in Enum.GetValues<FrameKind>().Where(k => pairs && k > one))
            {
                Add(findings, $"{one} or {other}", Select(k => k == one), Select(k => k == other), seed);
            }
        }

        return findings;
    }

    /// <summary>
    /// Whether two frames belong together: pairs from one conversation and from two, both of one kind and as far apart in
    /// the order of arrival, so that only what they hold can tell. Trained on the first half of the run and tested on the
    /// second, with so few pairs of each frame that remembering one gains nothing.
    /// </summary>
    public static IReadOnlyList<Finding> Conversations(Recording recording, FrameKind kind, int seed)
    {
        (Sighting Frame, string Conversation)[] frames =
            [.. recording.FirstCopies(recording.Relays)
                .Select(f => (Frame: f, Truth: recording.Truths[f.Id]))
                .Where(f => f.Truth.Kind == kind && f.Truth.Conversation != null)
                .Select(f => (f.Frame, f.Truth.Conversation!))];
        Random random = new(seed);
        (double[][] trainSame, double[][] trainOther) = Pairs(frames[..(frames.Length / 2)], random);
        (double[][] testSame, double[][] testOther) = Pairs(frames[(frames.Length / 2)..], random);
        return
        [
            .. new Trial(seed).Run(trainSame, trainOther, testSame, testOther)
                .Select(r => new Finding($"same conversation ({kind})", r.Classifier, r.Advantage)),
        ];
    }

    private static (double[][] Same, double[][] Other) Pairs(
        (Sighting Frame, string Conversation)[] frames, Random random)
    {
        List<double[]> same = [];
        List<double[]> different = [];
        for (int tries = 0; tries < TriesPerFrame * frames.Length && same.Count < PairsPerFrame * frames.Length; tries++)
        {
            int apart = 1 + random.Next(FramesApart);
            if (apart >= frames.Length)
            {
                continue;
            }

            int i = random.Next(frames.Length - apart);
            int k = random.Next(frames.Length - apart);
            if (frames[i].Conversation == frames[i + apart].Conversation
                && frames[k].Conversation != frames[k + apart].Conversation)
            {
                same.Add(FrameFeatures.OfPair(frames[i].Frame, frames[i + apart].Frame));
                different.Add(FrameFeatures.OfPair(frames[k].Frame, frames[k + apart].Frame));
            }
        }

        return ([.. same], [.. different]);
    }

    private static void Add(List<Finding> findings, string question, double[][] one, double[][] other, int seed)
    {
        findings.AddRange(new Trial(seed).Run(one, other).Select(r => new Finding(question, r.Classifier, r.Advantage)));
    }
}
