namespace WhispurrNet.Simulation.Report;

/// <summary>What came of a run.</summary>
public sealed record SimulationReport
{
    /// <summary>What was asked for.</summary>
    public required SimulationOptions Options { get; init; }

    /// <summary>SHA-256 over everything that happened, lower-case hexadecimal.</summary>
    public required string Trace { get; init; }

    /// <summary>Of the pairs of a whisper and an addressee that were connected in time, the share in which it arrived.</summary>
    public required double Delivery { get; init; }

    /// <summary>Of all pairs of a whisper and an addressee, the share in which it arrived.</summary>
    public required double DeliveryOfAll { get; init; }

    /// <summary>Pairs of a whisper and an addressee.</summary>
    public required long Pairs { get; init; }

    /// <summary>Pairs that were connected in time.</summary>
    public required long PairsConnected { get; init; }

    /// <summary>Pairs in which it arrived.</summary>
    public required long PairsDelivered { get; init; }

    /// <summary>Of the direct whispers, the share whose sender was told that they arrived; 1 without any.</summary>
    public required double AckDelivery { get; init; }

    /// <summary>Direct whispers that were reported as delivered and had not arrived.</summary>
    public required int FalseAcks { get; init; }

    /// <summary>Median of the time from sending to delivery, milliseconds.</summary>
    public required long P50LatencyMs { get; init; }

    /// <summary>95th percentile of it.</summary>
    public required long P95LatencyMs { get; init; }

    /// <summary>Mean number of links that a whisper crossed on its way.</summary>
    public required double MeanHops { get; init; }

    /// <summary>Bytes on air of all contacts and streams, by delivery: everything but advertisements.</summary>
    public required double BytesPerDelivery { get; init; }

    /// <summary>The same over bytes of the contacts and streams since the first whisper was sent.</summary>
    public required double BytesPerDeliverySinceFirst { get; init; }

    /// <summary>Contacts that connected, by delivery.</summary>
    public required double ContactsPerDelivery { get; init; }

    /// <summary>Whispers a minute that were offered to the mesh.</summary>
    public required double OfferedLoad { get; init; }

    /// <summary>Deliveries a minute and addressee, while whispers were sent: what the mesh carried.</summary>
    public required double Goodput { get; init; }

    /// <summary>Whispers accepted from origins.</summary>
    public required int Accepted { get; init; }

    /// <summary>Times that an origin was told to wait.</summary>
    public required int Congested { get; init; }

    /// <summary>95th percentile of the emergencies' time to delivery, milliseconds; 0 without any.</summary>
    public required long EmergencyP95Ms { get; init; }

    /// <summary>Share of the emergencies' pairs in which it arrived; 1 without any.</summary>
    public required double EmergencyDelivery { get; init; }

    /// <summary>Whether everything that had a way arrived.</summary>
    public required bool Converged { get; init; }

    /// <summary>Breaches of what must hold, empty if all is well; at most 50 are listed.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>Losses over a path of finished contacts that a named cap reported.</summary>
    public required long LostReported { get; init; }

    /// <summary>The same without a report: must be 0.</summary>
    public required long LostSilently { get; init; }

    /// <summary>Bytes on air by what they are for.</summary>
    public required ByteCounts Bytes { get; init; }

    /// <summary>Contacts that connected, that both sides finished, and attempts that did not connect.</summary>
    public required ContactCounts Contacts { get; init; }

    /// <summary>Estimated charge of a node, milliampere-hours a day; mean and highest.</summary>
    public required double EnergyMahPerDay { get; init; }

    /// <summary>Of the node that needed most.</summary>
    public required double EnergyMahPerDayMax { get; init; }

    /// <summary>Estimated charge of each node, sorted, milliampere-hours a day.</summary>
    public required IReadOnlyList<double> EnergyByNode { get; init; }

    /// <summary>Share of the pairs that was delivered so many seconds after sending: points of a curve, rising.</summary>
    public required IReadOnlyList<CurvePoint> LatencyCurve { get; init; }

    /// <summary>Share of all pairs that was delivered, over the time of the run in seconds.</summary>
    public required IReadOnlyList<CurvePoint> DeliveryOverTime { get; init; }

    /// <summary>Deliveries by the number of links crossed; the index is the number.</summary>
    public required IReadOnlyList<long> Hops { get; init; }

    /// <summary>One line for each whisper: bytes are shared out by when they were sent.</summary>
    public required IReadOnlyList<WhisperLine> Whispers { get; init; }

    /// <summary>Simulated time, seconds.</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>Events that were run.</summary>
    public required long Events { get; init; }

    /// <summary>Time that the run took, seconds. Not part of the trace.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Managed memory that one node takes on the desk, bytes. Not part of the trace.</summary>
    public required long BytesPerNode { get; init; }
}

/// <summary>Bytes on air.</summary>
/// <param name="Contacts">In contacts, fragment headers included.</param>
/// <param name="Streams">On streams.</param>
/// <param name="Frames">Of both, what carried frames for the first time to a node: the least that must be.</param>
/// <param name="Discovery">GATT discovery and subscription, estimated by the exchanges they take.</param>
/// <param name="Advertisements">Advertised while serving: the same for every strategy, and counted nowhere else.</param>
public sealed record ByteCounts(long Contacts, long Streams, long Frames, long Discovery, long Advertisements);

/// <summary>Contacts.</summary>
/// <param name="Connected">Attempts that connected.</param>
/// <param name="Finished">Of these, those in which both sides were done.</param>
/// <param name="Failed">Attempts that did not connect.</param>
/// <param name="Fruitless">Finished ones in which no frame moved.</param>
public sealed record ContactCounts(long Connected, long Finished, long Failed, long Fruitless);

/// <summary>A point of a curve.</summary>
/// <param name="X">Seconds.</param>
/// <param name="Y">A share, 0 to 1.</param>
public sealed record CurvePoint(double X, double Y);

/// <summary>What became of one whisper.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Kind">broadcast, direct or emergency.</param>
/// <param name="Origin">The node that sent it.</param>
/// <param name="SentMs">When.</param>
/// <param name="Delivered">To how many it came.</param>
/// <param name="Connected">To how many there was a way in time.</param>
/// <param name="LastMs">When the last delivery was, from sending; -1 without one.</param>
/// <param name="Acknowledged">Whether its sender was told so.</param>
/// <param name="Bytes">Bytes on air from its sending to the next one's, by delivery.</param>
/// <param name="Contacts">Contacts in the same time, by delivery.</param>
public sealed record WhisperLine(
    int Number, string Kind, int Origin, long SentMs, int Delivered, int Connected, long LastMs, bool Acknowledged,
    double Bytes, double Contacts);
