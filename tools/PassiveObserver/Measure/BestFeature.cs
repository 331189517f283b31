namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>The one feature and the one threshold that tell the training examples best, either way round.</summary>
internal sealed class BestFeature : IClassifier
{
    public const string MethodName = "best feature";

    private int _feature;
    private double _threshold;
    private bool _above;

    public string Name => MethodName;

    public void Train(double[][] examples, bool[] truth)
    {
        double best = -1;
        int positives = truth.Count(t => t);
        int negatives = truth.Length - positives;
        int[] order = [.. Enumerable.Range(0, examples.Length)];
        double[] values = new double[examples.Length];
        for (int f = 0; f < examples[0].Length; f++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                order[i] = i;
                values[i] = examples[i][f];
            }

            Array.Sort(values, order);
            int below = 0;
            int falseBelow = 0;
            for (int i = 0; i + 1 < values.Length; i++)
            {
                below += truth[order[i]] ? 1 : 0;
                falseBelow += truth[order[i]] ? 0 : 1;
                if (values[i] == values[i + 1])
                {
                    continue;
                }

                double difference = ((double)below / positives) - ((double)falseBelow / negatives);
                if (Math.Abs(difference) > best)
                {
                    (best, _feature, _above) = (Math.Abs(difference), f, difference < 0);
                    _threshold = (values[i] + values[i + 1]) / 2;
                }
            }
        }
    }

    public bool Decide(double[] example)
    {
        return example[_feature] > _threshold == _above;
    }
}
