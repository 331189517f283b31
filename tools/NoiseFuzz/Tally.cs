namespace WhispurrNet.NoiseFuzz;

/// <summary>How often what happened.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Everything counted, by name.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string what) => _counts[what] = Of(what) + 1;

    public long Of(string what) => _counts.GetValueOrDefault(what);
}
