namespace WhispurrNet.Simulation;

/// <summary>How nodes lie relative to each other.</summary>
public enum TopologyKind
{
    /// <summary>One after the other; each reaches the one before and the one behind.</summary>
    Line,

    /// <summary>A square, each reaching up to four.</summary>
    Grid,

    /// <summary>A geometric graph: at random in a square, in range of those nearer than a radius; made connected.</summary>
    Random,

    /// <summary>Groups of ten in range of each other, bridged by single pairs.</summary>
    Clusters,

    /// <summary>Like random at first; then everybody walks.</summary>
    Mobile,
}

/// <summary>What the load consists of.</summary>
public enum TrafficKind
{
    /// <summary>Whispers to everybody.</summary>
    Broadcast,

    /// <summary>Whispers to one contact, acknowledged.</summary>
    Direct,

    /// <summary>Three broadcasts, then a direct whisper, then an emergency.</summary>
    Mixed,
}

/// <summary>Tables of the boards.</summary>
public enum BoardSize
{
    /// <summary>Without external RAM.</summary>
    Small,

    /// <summary>With external RAM.</summary>
    Full,

    /// <summary>One of each in turn.</summary>
    Both,
}

/// <summary>Everything that makes a run: the same options give the same trace, byte for byte, on any machine.</summary>
public sealed record SimulationOptions
{
    /// <summary>Which gossip runs in the nodes: see <see cref="StrategyNames"/>.</summary>
    public string Strategy { get; init; } = StrategyNames.Whispurr;

    /// <summary>Boards, 2 to 100,000.</summary>
    public int Nodes { get; init; } = 100;

    /// <summary>How they lie.</summary>
    public TopologyKind Topology { get; init; } = TopologyKind.Random;

    /// <summary>Mean number of neighbours in <see cref="TopologyKind.Random"/> and <see cref="TopologyKind.Mobile"/>.</summary>
    public double Degree { get; init; } = 8;

    /// <summary>Size of the boards' tables.</summary>
    public BoardSize Size { get; init; } = BoardSize.Full;

    /// <summary>
    /// Probability, 0 to 0.9, with which a packet must be repeated, and with which a whole contact fails.
    /// </summary>
    public double Loss { get; init; }

    /// <summary>
    /// Share of the boards, 0 to 0.9, that come and go: away with their memory, and without power, in turn.
    /// </summary>
    public double Churn { get; init; }

    /// <summary>Seconds for which the mesh is split in two halves in the middle of the fault phase; 0 for never.</summary>
    public int PartitionSeconds { get; init; }

    /// <summary>Share of the pairs in range of which one side only hears the other.</summary>
    public double OneWay { get; init; }

    /// <summary>Probability that a packet is delivered twice, or with a bit turned.</summary>
    public double Corruption { get; init; }

    /// <summary>Boards' clocks run wrong by up to so many parts in a million, and their time of day by as many seconds.</summary>
    public int ClockError { get; init; }

    /// <summary>Share of the boards that lie about the time and claim to have seen everything.</summary>
    public double Liars { get; init; }

    /// <summary>Members without an origin's budget, which send as fast as they can.</summary>
    public int Flooders { get; init; }

    /// <summary>Gateways: relays without keys to which some boards keep a stream.</summary>
    public int Gateways { get; init; }

    /// <summary>Share of the boards with a stream to a gateway, if there is one.</summary>
    public double WifiShare { get; init; } = 0.1;

    /// <summary>What is sent.</summary>
    public TrafficKind Traffic { get; init; } = TrafficKind.Broadcast;

    /// <summary>Whispers in all.</summary>
    public int Whispers { get; init; } = 20;

    /// <summary>Whispers a minute, of the whole mesh: the offered load.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Emergencies besides, at even times while whispers are sent.</summary>
    public int Emergencies { get; init; }

    /// <summary>Seconds before the first whisper, in which boards meet for the first time.</summary>
    public int WarmUpSeconds { get; init; } = 120;

    /// <summary>Lifetime of every frame, seconds, 60 to 86,400.</summary>
    public int LifetimeSeconds { get; init; } = 3600;

    /// <summary>
    /// Seconds of the run, 0 for as long as the last whisper lives. Faults end when the last whisper was sent if
    /// <see cref="HealAfterLast"/> says so.
    /// </summary>
    public int DurationSeconds { get; init; }

    /// <summary>Whether all faults end with the last whisper: what follows must converge.</summary>
    public bool HealAfterLast { get; init; }

    /// <summary>Whether the run ends when everything has arrived, and not with the last lifetime.</summary>
    public bool StopWhenDone { get; init; } = true;

    /// <summary>Whether nodes send their contact cards; direct whispers need them.</summary>
    public bool Cards { get; init; }

    /// <summary>Whether the checkers watch: everything that must hold is held to.</summary>
    public bool Checks { get; init; } = true;

    /// <summary>Streams that a frame is pushed to, and contacts in a client window, 1 to 16; 0 for the boards' default.</summary>
    public int Fanout { get; init; }

    /// <summary>Shortest time to an urgent client window, seconds; 0 for the boards' default, as below.</summary>
    public double UrgentMin { get; init; }

    /// <summary>Longest time to an urgent client window, seconds.</summary>
    public double UrgentMax { get; init; }

    /// <summary>Shortest time from one client window to the next, seconds.</summary>
    public double WindowMin { get; init; }

    /// <summary>Longest time from one client window to the next, seconds.</summary>
    public double WindowMax { get; init; }

    /// <summary>After how many seconds a neighbour is met that says nothing new.</summary>
    public double MeetAgain { get; init; }

    /// <summary>After how many seconds a neighbour is met that says something new.</summary>
    public double MeetDifferent { get; init; }

    /// <summary>How many seconds old an advertisement is when it is made anew because it lacks something.</summary>
    public double RenewAfter { get; init; }

    /// <summary>How many seconds a frame is to stay before origins are told that the mesh is congested.</summary>
    public double Stay { get; init; }

    /// <summary>Makes the run what it is.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws when a value is out of range.</summary>
    internal void Check()
    {
        if (Nodes is < 2 or > 100_000 || Gateways is < 0 or > 64 || Whispers is < 0 or > 1_000_000 || Rate <= 0
            || LifetimeSeconds is < 60 or > 86_400 || WarmUpSeconds < 0 || DurationSeconds < 0 || PartitionSeconds < 0
            || Flooders < 0 || Flooders > Nodes / 2 || ClockError is < 0 or > 1000 || Degree is < 1 or > 200
            || !IsShare(Loss) || !IsShare(Churn) || !IsShare(OneWay) || !IsShare(Corruption) || !IsShare(Liars)
            || WifiShare is < 0 or > 1 || !StrategyNames.All.Contains(Strategy))
        {
            throw new ArgumentException("The options of a simulation are out of range.");
        }
    }

    private static bool IsShare(double share) => share is >= 0 and <= 0.9;
}
