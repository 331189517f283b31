namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// How eager the peers are, milliseconds: what boards do by default. Nobody of theirs reads in an advertisement whether a
/// contact is worth while, so whoever pushes meets those for whom it has something, and whoever pulls asks now and then.
/// </summary>
internal static class PeerTimings
{
    public const int WindowMinMs = 10_000;

    public const int WindowMaxMs = 40_000;

    public const int UrgentMinMs = 1_000;

    public const int UrgentMaxMs = 5_000;

    /// <summary>Who has nothing for a neighbour meets it again after so long.</summary>
    public const int MeetAgainMs = 600_000;

    /// <summary>Who has something for a neighbour, or asks everybody, meets it again after so long.</summary>
    public const int MeetDifferentMs = 10_000;
}
