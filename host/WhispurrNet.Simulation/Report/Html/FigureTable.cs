namespace WhispurrNet.Simulation.Report.Html;

/// <summary>One figure of a run, as people read it.</summary>
/// <param name="Group">What it is about; figures of one group follow each other.</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">The number with its unit.</param>
/// <param name="Remark">Of what, or how it is counted; may be empty.</param>
public sealed record Figure(string Group, string Name, string Value, string Remark = "");

/// <summary>The figures of a run, for the terminal and for the page.</summary>
public static class FigureTable
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Figure> Of(SimulationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Arrival(report), .. Time(report), .. Cost(report), .. Load(report), .. Run(report)];
    }

    private static IEnumerable<Figure> Arrival(SimulationReport report)
    {
        const string Group = "arrival";
        yield return new Figure(
            Group,
            "delivered",
            FigureText.Share(ComparedFigure.Arrived(report)),
            $"of {FigureText.Count(report.PairsConnected)} pairs of a whisper and an addressee that had a way in time");
        yield return new Figure(
            Group,
            "delivered of all",
            FigureText.Share(report.DeliveryOfAll),
            $"{FigureText.Count(report.PairsDelivered)} of {FigureText.Count(report.Pairs)} pairs");
        if (report.Options.Traffic != TrafficKind.Broadcast)
        {
            yield return new Figure(
                Group, "acknowledged", FigureText.Share(report.AckDelivery), "of the direct whispers");
            yield return new Figure(
                Group,
                "false acknowledgements",
                FigureText.Count(report.FalseAcks),
                "told to the sender of a whisper that had not arrived");
        }

        if (report.Options.Traffic == TrafficKind.Mixed)
        {
            yield return new Figure(
                Group, "emergencies delivered", FigureText.Share(report.EmergencyDelivery), "of their pairs");
        }

        yield return new Figure(
            Group, "converged", report.Converged ? "yes" : "no", "whether everything that had a way arrived");
        yield return new Figure(
            Group, "lost, reported", FigureText.Count(report.LostReported), "over finished contacts, by a named limit");
        yield return new Figure(Group, "lost silently", FigureText.Count(report.LostSilently), "must be 0");
        yield return new Figure(
            Group, "violations", FigureText.Count(report.Violations.Count), "of what must hold; at most 50 are listed");
    }

    private static IEnumerable<Figure> Time(SimulationReport report)
    {
        const string Group = "time";
        string Latency(long milliseconds) => FigureText.Milliseconds(ComparedFigure.Delivered(report, milliseconds));
        yield return new Figure(Group, "median latency", Latency(report.P50LatencyMs), "from sending to delivery");
        yield return new Figure(Group, "95th percentile", Latency(report.P95LatencyMs));
        if (report.Options.Traffic == TrafficKind.Mixed)
        {
            yield return new Figure(
                Group, "emergencies' 95th percentile", FigureText.Milliseconds(report.EmergencyP95Ms));
        }

        double hops = ComparedFigure.Delivered(report, report.MeanHops);
        yield return new Figure(Group, "hops", FigureText.Number(hops), "links crossed, mean");
    }

    private static IEnumerable<Figure> Cost(SimulationReport report)
    {
        const string Group = "cost";
        (ByteCounts bytes, ContactCounts contacts) = (report.Bytes, report.Contacts);
        double Delivered(double figure) => ComparedFigure.Delivered(report, figure);
        yield return new Figure(
            Group,
            "bytes per delivery",
            FigureText.Bytes(Delivered(report.BytesPerDelivery)),
            "on air, without advertisements");
        yield return new Figure(
            Group,
            "the same since the first",
            FigureText.Bytes(Delivered(report.BytesPerDeliverySinceFirst)),
            "without what the boards said before the first whisper");
        yield return new Figure(
            Group, "contacts per delivery", FigureText.Number(Delivered(report.ContactsPerDelivery)), "that connected");
        yield return new Figure(Group, "bytes in contacts", FigureText.Bytes(bytes.Contacts));
        yield return new Figure(Group, "bytes on streams", FigureText.Bytes(bytes.Streams));
        yield return new Figure(
            Group,
            "bytes of frames",
            FigureText.Bytes(bytes.Frames),
            "of both, what brought a frame to a board for the first time");
        yield return new Figure(
            Group,
            "bytes of discovery",
            FigureText.Bytes(bytes.Discovery),
            "GATT services and subscription, estimated");
        yield return new Figure(
            Group, "bytes advertised", FigureText.Bytes(bytes.Advertisements), "the same for every strategy");
        yield return new Figure(
            Group,
            "contacts",
            FigureText.Count(contacts.Connected),
            $"{FigureText.Count(contacts.Finished)} finished, {FigureText.Count(contacts.Fruitless)} of them moved no "
            + $"frame; {FigureText.Count(contacts.Failed)} attempts did not connect");
        yield return new Figure(
            Group,
            "charge of a board",
            FigureText.Number(report.EnergyMahPerDay) + " mAh a day",
            $"mean, estimated; {FigureText.Number(report.EnergyMahPerDayMax)} of the one that needed most");
    }

    private static IEnumerable<Figure> Load(SimulationReport report)
    {
        const string Group = "load";
        yield return new Figure(
            Group, "offered", FigureText.Number(report.OfferedLoad) + " a minute", "of the whole mesh");
        yield return new Figure(
            Group,
            "carried",
            FigureText.Number(report.Goodput) + " a minute",
            "deliveries of an addressee, while whispers were sent");
        yield return new Figure(
            Group,
            "whispers accepted",
            $"{FigureText.Count(report.Accepted)} of {FigureText.Count(report.Options.Whispers)}",
            $"an origin was told to wait {FigureText.Count(report.Congested)} times");
    }

    private static IEnumerable<Figure> Run(SimulationReport report)
    {
        const string Group = "run";
        yield return new Figure(Group, "simulated time", FigureText.Seconds(report.SimulatedSeconds));
        yield return new Figure(
            Group,
            "time taken",
            FigureText.Seconds(report.WallSeconds),
            $"{FigureText.Count(report.Events)} events, {Speed(report)} times faster than real time");
        yield return new Figure(
            Group, "memory of a board", FigureText.Bytes(report.BytesPerNode), "on the desk that simulates it");
        yield return new Figure(Group, "trace", report.Trace, "SHA-256 over everything that happened");
    }

    private static string Speed(SimulationReport report) =>
        FigureText.Number(report.SimulatedSeconds / Math.Max(report.WallSeconds, 0.001));
}
