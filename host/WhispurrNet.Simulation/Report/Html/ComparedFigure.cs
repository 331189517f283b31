namespace WhispurrNet.Simulation.Report.Html;

/// <summary>A figure that runs are compared by: a column of a table.</summary>
/// <param name="name">The heading.</param>
/// <param name="value">Reads it.</param>
/// <param name="text">Writes it.</param>
/// <param name="better">1 when more is better, -1 when less is, 0 when neither.</param>
/// <param name="mustBeZero">Whether anything but 0 is a fault.</param>
public sealed class ComparedFigure(
    string name, Func<SimulationReport, double> value, Func<double, string> text, int better, bool mustBeZero = false)
{
    /// <summary>The heading.</summary>
    public string Name { get; } = name;

    /// <summary>The columns for runs of such options: acknowledgements only where there are any.</summary>
    public static IReadOnlyList<ComparedFigure> For(SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<ComparedFigure> figures = [new("delivered", Arrived, FigureText.Share, 1)];
        if (options.Traffic != TrafficKind.Broadcast)
        {
            figures.Add(new("acked", report => report.AckDelivery, FigureText.Share, 1));
            figures.Add(new("false acks", report => report.FalseAcks, Count, 0, mustBeZero: true));
        }

        figures.AddRange(
        [
            new("p50", report => Delivered(report, report.P50LatencyMs), FigureText.Milliseconds, -1),
            new("p95", report => Delivered(report, report.P95LatencyMs), FigureText.Milliseconds, -1),
            new("hops", report => Delivered(report, report.MeanHops), FigureText.Number, 0),
            new("bytes", report => Delivered(report, report.BytesPerDelivery), FigureText.Bytes, -1),
            new("contacts", report => Delivered(report, report.ContactsPerDelivery), FigureText.Number, -1),
            new("mAh/day", report => report.EnergyMahPerDay, FigureText.Number, -1),
            new("lost", report => report.LostReported, Count, 0),
            new("silently", report => report.LostSilently, Count, 0, mustBeZero: true),
            new("violations", report => report.Violations.Count, Count, 0, mustBeZero: true),
        ]);
        return figures;
    }

    /// <summary>The figure of a run; no number where there is none.</summary>
    public double Value(SimulationReport report) => value(report);

    /// <summary>How such a figure is written, with its unit.</summary>
    public string Write(double figure) => text(figure);

    /// <summary>The figure of a run, as it is written.</summary>
    public string Text(SimulationReport report) => text(value(report));

    /// <summary>Whether it shows a fault.</summary>
    public bool IsBad(SimulationReport report) => mustBeZero && value(report) > 0;

    /// <summary>Whether no other run is better by it, and some are worse.</summary>
    public bool IsBest(SimulationReport report, IEnumerable<SimulationReport> all)
    {
        List<double> values = [.. all.Select(value).Where(double.IsFinite)];
        double best = better * value(report);
        return better != 0
            && double.IsFinite(best)
            && values.All(other => better * other <= best)
            && values.Any(other => better * other < best);
    }

    /// <summary>
    /// A figure of deliveries; no number if there was none, where 0 would be the shortest and the cheapest of all.
    /// </summary>
    internal static double Delivered(SimulationReport report, double figure) =>
        report.PairsDelivered > 0 ? figure : double.NaN;

    /// <summary>The share that arrived; no number if nothing could.</summary>
    internal static double Arrived(SimulationReport report) =>
        report.PairsConnected > 0 ? report.Delivery : double.NaN;

    private static string Count(double count) => FigureText.Count((long)count);
}
