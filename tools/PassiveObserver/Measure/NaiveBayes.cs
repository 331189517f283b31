namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>Every feature a normal distribution of its own in each class.</summary>
internal sealed class NaiveBayes : IClassifier
{
    private double[] _weights = [];
    private double[] _squares = [];
    private double _bias;

    public string Name => "naive Bayes";

    public void Train(double[][] examples, bool[] truth)
    {
        int features = examples[0].Length;
        (double[] mean, double[] variance) yes = Moments(examples, truth, true);
        (double[] mean, double[] variance) no = Moments(examples, truth, false);
        _weights = new double[features];
        _squares = new double[features];
        _bias = 0;
        for (int f = 0; f < features; f++)
        {
            // log N(x; yes) - log N(x; no), as a polynomial of x.
            (double m1, double v1, double m0, double v0) =
                (yes.mean[f], yes.variance[f], no.mean[f], no.variance[f]);
            _squares[f] = (0.5 / v0) - (0.5 / v1);
            _weights[f] = (m1 / v1) - (m0 / v0);
            _bias += (0.5 * Math.Log(v0 / v1)) + (m0 * m0 / (2 * v0)) - (m1 * m1 / (2 * v1));
        }
    }

    public bool Decide(double[] example)
    {
        double sum = _bias;
        for (int f = 0; f < example.Length; f++)
        {
            sum += example[f] * (_weights[f] + (_squares[f] * example[f]));
        }

        return sum > 0;
    }

    private static (double[] Mean, double[] Variance) Moments(double[][] examples, bool[] truth, bool which)
    {
        const double least = 1e-4;
        double[][] chosen = [.. examples.Where((_, i) => truth[i] == which)];
        double[] mean = new double[examples[0].Length];
        double[] variance = new double[mean.Length];
        for (int f = 0; f < mean.Length; f++)
        {
            mean[f] = chosen.Average(e => e[f]);
            variance[f] = least + chosen.Average(e => (e[f] - mean[f]) * (e[f] - mean[f]));
        }

        return (mean, variance);
    }
}
