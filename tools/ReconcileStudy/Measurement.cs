namespace WhispurrNet.ReconcileStudy;

/// <summary>One method in situations of one kind: means over the trials.</summary>
/// <param name="Scale">Boards or gateways.</param>
/// <param name="Method">The method.</param>
/// <param name="Differences">Frames of one side that the other has not seen, both sides together.</param>
/// <param name="Gone">Frames of each side that the other has seen and holds no more.</param>
/// <param name="BytesForth">Bytes of the side that begins, protection included.</param>
/// <param name="BytesBack">Those of the other side.</param>
/// <param name="Records">Records of both sides.</param>
/// <param name="RoundTrips">Half the number of turns.</param>
/// <param name="Milliseconds">How long it takes on the scale's link.</param>
/// <param name="Il">IL instructions of the side that had more to do.</param>
/// <param name="HeapBytes">Heap of the larger side.</param>
/// <param name="Missed">Share of the differences that stay behind.</param>
internal sealed record Measurement(
    string Scale,
    string Method,
    int Differences,
    int Gone,
    double BytesForth,
    double BytesBack,
    double Records,
    double RoundTrips,
    double Milliseconds,
    double Il,
    int HeapBytes,
    double Missed)
{
    /// <summary>Bytes both ways.</summary>
    public double Bytes => BytesForth + BytesBack;

    /// <summary>Runs the trials. Every method gets the same situations.</summary>
    public static Measurement Of(Scale scale, Method method, int differences, int gone, int trials, int seed)
    {
        List<Conversation> held = [];
        for (int i = 0; i < trials; i++)
        {
            Random random = new(HashCode(seed, differences, gone, i));
            Conversation conversation = new(method, new Situation(scale, differences, gone, random));
            if (conversation.Needless > 0)
            {
                throw new InvalidOperationException($"{method.Name} sends what the other side has.");
            }

            held.Add(conversation);
        }

        return new Measurement(
            scale.Name,
            method.Name,
            differences,
            gone,
            held.Average(c => c.Turns.Sum(t => LinkTime.BytesOf(t.Forth))),
            held.Average(c => c.Turns.Sum(t => LinkTime.BytesOf(t.Back))),
            held.Average(c => c.Turns.Sum(t => t.Forth.Count + t.Back.Count)),
            held.Average(c => c.Turns.Count / 2.0),
            held.Average(c => c.Turns.Sum(scale.RoundMs) + (c.WaitSeconds * 1000) + scale.WorkMs(c.Il)),
            held.Average(c => (double)c.Il),
            held.Max(c => c.HeapBytes),
            held.Sum(c => c.Missed) / (double)Math.Max(1, trials * differences));
    }

    private static int HashCode(int seed, int differences, int gone, int trial) =>
        unchecked((((((seed * 31) + differences) * 31) + gone) * 31) + trial);
}
