namespace WhispurrNet.Cli.Top;

/// <summary>How fast a counter has grown lately.</summary>
internal sealed class RateMeter
{
    /// <summary>Over what time, in milliseconds.</summary>
    public const int WindowMs = 10_000;

    // Two ends of the window and some between; more would show nothing more.
    private const int MaxSamples = 32;

    private readonly Queue<(long AtMs, long Count)> _samples = [];
    private long _lastMs = long.MinValue;

    /// <summary>Takes the counter's value.</summary>
    /// <param name="count">The value; one below the last means that it began anew.</param>
    /// <param name="nowMs">When.</param>
    /// <returns>Growth in a second; null before there is any time to speak of.</returns>
    public double? Take(long count, long nowMs)
    {
        if (_samples.Count > 0 && count < _samples.Last().Count)
        {
            _samples.Clear();
            _lastMs = long.MinValue;
        }

        if (_samples.Count == 0 || nowMs - _lastMs >= WindowMs / (MaxSamples - 2))
        {
            _samples.Enqueue((nowMs, count));
            _lastMs = nowMs;
        }

        while (_samples.Count > 1 && (_samples.Count > MaxSamples || nowMs - _samples.ElementAt(1).AtMs >= WindowMs))
        {
            _samples.Dequeue();
        }

        (long atMs, long first) = _samples.Peek();
        return nowMs - atMs >= 500 ? (count - first) * 1000.0 / (nowMs - atMs) : null;
    }
}
