namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>
/// How much better than guessing: the share of one class taken for it, less the share of the other class taken for the
/// first. 0 is guessing, 1 is certainty.
/// </summary>
/// <param name="Value">-1 to 1; below 0 only by chance.</param>
/// <param name="Error">One standard error.</param>
/// <param name="Count">Frames or pairs of the test half.</param>
internal readonly record struct Advantage(double Value, double Error, int Count)
{
    /// <summary>Of decisions on a test set: which were yes, and which should have been.</summary>
    public static Advantage Of(IReadOnlyList<bool> said, IReadOnlyList<bool> truth)
    {
        int positives = truth.Count(t => t);
        int negatives = truth.Count - positives;
        double hits = Enumerable.Range(0, said.Count).Count(i => said[i] && truth[i]);
        double alarms = Enumerable.Range(0, said.Count).Count(i => said[i] && !truth[i]);
        if (positives == 0 || negatives == 0)
        {
            return new Advantage(0, 1, truth.Count);
        }

        double hitRate = hits / positives;
        double alarmRate = alarms / negatives;

        // One more of each: a rate of 0 or 1 in a small set is not known exactly.
        double error = Math.Sqrt(Variance(hits, positives) + Variance(alarms, negatives));
        return new Advantage(hitRate - alarmRate, error, truth.Count);
    }

    private static double Variance(double hits, int count)
    {
        double rate = (hits + 1) / (count + 2);
        return rate * (1 - rate) / count;
    }
}
