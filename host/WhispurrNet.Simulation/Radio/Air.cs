using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Radio;

/// <summary>Who is in range of whom now, and how much the air loses.</summary>
internal sealed class Air
{
    /// <summary>
    /// What one more advertiser in range costs: two packets of 0.38 ms that overlap within an interval of 50 ms, in a million.
    /// </summary>
    private const uint CollisionPerAdvertiser = 15_000;

    private const uint CollisionMost = 500_000;

    private readonly List<int>[] _neighbours;
    private readonly HashSet<long> _oneWay = [];
    private readonly Board[] _boards;

    public Air(Board[] boards)
    {
        _boards = boards;
        _neighbours = new List<int>[boards.Length];
        for (int i = 0; i < boards.Length; i++)
        {
            _neighbours[i] = [];
        }
    }

    /// <summary>Probability that a packet must be repeated, in a million.</summary>
    public uint Loss { get; set; }

    /// <summary>Probability that a whole contact fails, in a million.</summary>
    public uint ContactLoss { get; set; }

    /// <summary>Probability that a unit is damaged or delivered twice, in a million.</summary>
    public uint Corruption { get; set; }

    /// <summary>Whether the two halves of the square do not hear each other.</summary>
    public bool IsSplit { get; set; }

    /// <summary>Everybody in range of a board, if he is there.</summary>
    public IReadOnlyList<int> NeighboursOf(int board) => _neighbours[board];

    /// <summary>Puts two boards in range of each other.</summary>
    public void Join(int a, int b)
    {
        _neighbours[a].Add(b);
        _neighbours[b].Add(a);
    }

    /// <summary>Takes two boards out of range of each other.</summary>
    public void Part(int a, int b)
    {
        _neighbours[a].Remove(b);
        _neighbours[b].Remove(a);
    }

    /// <summary>From now on the first of two does not hear the second.</summary>
    public void Deafen(int listener, int speaker) => _oneWay.Add(Key(listener, speaker));

    /// <summary>Lets everybody hear again.</summary>
    public void UndeafenAll() => _oneWay.Clear();

    /// <summary>Whether what one board sends reaches another.</summary>
    public bool Hears(int listener, int speaker)
    {
        return _boards[listener].IsThere && _boards[speaker].IsThere
            && (!IsSplit || _boards[listener].IsLeft == _boards[speaker].IsLeft)
            && (_oneWay.Count == 0 || !_oneWay.Contains(Key(listener, speaker)))
            && _neighbours[listener].Contains(speaker);
    }

    /// <summary>Whether two boards hear each other.</summary>
    public bool Connects(int a, int b) => Hears(a, b) && Hears(b, a);

    /// <summary>Probability that one advertisement is not heard, in a million: loss and collisions with other advertisers.</summary>
    public uint AdvertisementLoss(int listener)
    {
        uint advertisers = 0;
        foreach (int other in _neighbours[listener])
        {
            advertisers += _boards[other].Radio.IsAdvertising ? 1u : 0u;
        }

        uint collision = advertisers < 2 ? 0 : Math.Min(CollisionMost, (advertisers - 1) * CollisionPerAdvertiser);
        return Loss + (uint)((ulong)(SimRandom.Million - Loss) * collision / SimRandom.Million);
    }

    private static long Key(int listener, int speaker) => ((long)listener << 32) | (uint)speaker;
}
