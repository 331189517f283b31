using WhispurrNet.PassiveObserver.Capture;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>What lengths of encrypted records tell somebody who only hears them.</summary>
internal static class RadioTrial
{
    /// <summary>Whether a contact carries frames, and whether a message of a stream carries one.</summary>
    public static IReadOnlyList<Finding> Carries(RadioLog log, int frameRecordSize, int seed)
    {
        List<Finding> findings = [];
        Add(findings, "contact carries frames, by lengths", log.Contacts, frameRecordSize, seed);
        Add(findings, "stream's message carries a frame, by length", log.Messages, frameRecordSize, seed);
        return findings;
    }

    /// <summary>
    /// Share of contacts in which the number of records as long as one with a frame is the number of frames, one direction
    /// each.
    /// </summary>
    public static double Counted(RadioLog log, int frameRecordSize)
    {
        return (double)log.Contacts.Count(c => c.Lengths.Count(l => l == frameRecordSize) == c.Frames)
            / Math.Max(1, log.Contacts.Count);
    }

    private static void Add(List<Finding> findings, string question, List<RadioLog.Talk> talks, int frameRecordSize, int seed)
    {
        double[][] with = [.. talks.Where(t => t.Frames > 0).Select(t => Features(t, frameRecordSize))];
        double[][] without = [.. talks.Where(t => t.Frames == 0).Select(t => Features(t, frameRecordSize))];
        findings.AddRange(new Trial(seed).Run(with, without).Select(r => new Finding(question, r.Classifier, r.Advantage)));
    }

    private static double[] Features(RadioLog.Talk talk, int frameRecordSize)
    {
        int longest = talk.Lengths.Count > 0 ? talk.Lengths.Max() : 0;
        return [longest, talk.Lengths.Sum(), talk.Lengths.Count, talk.Lengths.Count(l => l == frameRecordSize)];
    }
}
