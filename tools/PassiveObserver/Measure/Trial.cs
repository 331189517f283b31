namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>Trains classifiers on some examples of two classes and tests them on others.</summary>
/// <param name="seed">Of the order of examples.</param>
internal sealed class Trial(int seed)
{
    private const int LeastExamples = 20;

    /// <summary>
    /// Trains on half of the smaller class and as many of the other, tests on all the rest. The examples are shuffled.
    /// </summary>
    /// <returns>The advantage of each classifier; empty when a class has too few examples.</returns>
    public IReadOnlyList<(string Classifier, Advantage Advantage)> Run(double[][] one, double[][] other)
    {
        int each = Math.Min(one.Length, other.Length) / 2;
        Random random = new(seed);
        random.Shuffle(one);
        random.Shuffle(other);
        return Run(one[..each], other[..each], one[each..], other[each..]);
    }

    /// <summary>The same with halves that were made apart.</summary>
    public IReadOnlyList<(string Classifier, Advantage Advantage)> Run(
        double[][] trainOne, double[][] trainOther, double[][] testOne, double[][] testOther)
    {
        if (new[] { trainOne, trainOther, testOne, testOther }.Any(e => e.Length < LeastExamples))
        {
            return [];
        }

        (double[][] train, bool[] trainTruth) = Join(trainOne, trainOther);
        (double[][] test, bool[] testTruth) = Join(testOne, testOther);
        List<(string, Advantage)> results = [];
        foreach (IClassifier classifier in new IClassifier[]
            { new BestFeature(), new NaiveBayes(), new LogisticRegression(seed) })
        {
            classifier.Train(train, trainTruth);
            bool[] said = [.. test.Select(classifier.Decide)];
            results.Add((classifier.Name, Advantage.Of(said, testTruth)));
        }

        return results;
    }

    private static (double[][] Examples, bool[] Truth) Join(double[][] one, double[][] other)
    {
        return (
            [.. one, .. other],
            [.. Enumerable.Repeat(true, one.Length), .. Enumerable.Repeat(false, other.Length)]);
    }
}
