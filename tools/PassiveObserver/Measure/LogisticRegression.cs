namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>Weighs all features together: stochastic gradient descent on standardised features.</summary>
/// <param name="seed">Of the order of examples.</param>
internal sealed class LogisticRegression(int seed) : IClassifier
{
    private const int Epochs = 15;
    private const double Rate = 0.02;
    private const double Decay = 1e-4;

    private double[] _weights = [];
    private double[] _means = [];
    private double[] _scales = [];

    public string Name => "logistic regression";

    public void Train(double[][] examples, bool[] truth)
    {
        int features = examples[0].Length;
        _means = new double[features];
        _scales = new double[features];
        for (int f = 0; f < features; f++)
        {
            double mean = examples.Average(e => e[f]);
            double variance = examples.Average(e => (e[f] - mean) * (e[f] - mean));
            (_means[f], _scales[f]) = (mean, variance > 1e-12 ? 1 / Math.Sqrt(variance) : 0);
        }

        _weights = new double[features + 1];
        int[] order = [.. Enumerable.Range(0, examples.Length)];
        Random random = new(seed);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            double rate = Rate / (1 + epoch);
            foreach (int i in order)
            {
                double error = (truth[i] ? 1 : 0) - (1 / (1 + Math.Exp(-Sum(examples[i]))));
                for (int f = 0; f < features; f++)
                {
                    double x = (examples[i][f] - _means[f]) * _scales[f];
                    _weights[f] += rate * ((error * x) - (Decay * _weights[f]));
                }

                _weights[features] += rate * error;
            }
        }
    }

    public bool Decide(double[] example)
    {
        return Sum(example) > 0;
    }

    private double Sum(double[] example)
    {
        double sum = _weights[^1];
        for (int f = 0; f < example.Length; f++)
        {
            sum += _weights[f] * (example[f] - _means[f]) * _scales[f];
        }

        return sum;
    }
}
