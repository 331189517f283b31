namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>Learns from examples to tell two classes.</summary>
internal interface IClassifier
{
    string Name { get; }

    /// <summary>Learns; both classes have the same number of examples.</summary>
    void Train(double[][] examples, bool[] truth);

    bool Decide(double[] example);
}
