namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>What relays saw, in the order in which they saw it, and what it really was.</summary>
internal sealed class Recording
{
    private readonly Dictionary<ulong, FrameTruth> _truths = [];

    /// <summary>Every copy received by every relay.</summary>
    public List<Sighting> Sightings { get; } = [];

    /// <summary>Nodes in the run.</summary>
    public int Nodes { get; set; }

    /// <summary>Relays that look, by number.</summary>
    public List<int> Relays { get; } = [];

    public IReadOnlyDictionary<ulong, FrameTruth> Truths => _truths;

    public void Add(FrameTruth truth)
    {
        _truths[truth.Id] = truth;
    }

    /// <summary>What one relay alone saw.</summary>
    public Recording SeenBy(int relay)
    {
        Recording one = new() { Nodes = Nodes };
        one.Relays.Add(relay);
        one.Sightings.AddRange(Sightings.Where(s => s.Relay == relay));
        Array.ForEach([.. _truths.Values], one.Add);
        return one;
    }

    /// <summary>The first copy of each frame that some relays saw, in order.</summary>
    public IEnumerable<Sighting> FirstCopies(IReadOnlyCollection<int> relays)
    {
        return Sightings.Where(s => relays.Contains(s.Relay) && _truths.ContainsKey(s.Id)).DistinctBy(s => s.Id);
    }
}
