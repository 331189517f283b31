using System.Globalization;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>The plots of one run.</summary>
internal static class ReportPlots
{
    // More bars than this would be thinner than a line: neighbours are shown as one then.
    private const int MostBars = 140;

    // More marks than this on an axis would be a stripe.
    private const int MostMarks = 150;

    // From so many times the shortest on, a linear axis would show the longest latencies only.
    private const double LogRange = 60;

    // Bars with a number each, as long as the numbers do not touch.
    private const int MostLabels = 9;

    /// <summary>The share that had arrived, over the time of the run; marks below: a whisper was sent.</summary>
    public static XElement DeliveryOverTime(SimulationReport report)
    {
        IReadOnlyList<CurvePoint> points = report.DeliveryOverTime;
        var plot = new SvgPlot(
            "Share of all pairs delivered over the time of the run",
            PlotAxis.Time("time of the run", points.Select(p => p.X).Append(report.SimulatedSeconds)),
            PlotAxis.Share("delivered"));
        plot.AddSteps(points, "c0", filled: true);
        bool areMarked = report.Whispers.Count is > 0 and <= MostMarks;
        if (areMarked)
        {
            IEnumerable<WhisperLine> sent = report.Whispers.Where(line => line.SentMs >= 0);
            plot.AddEvents(sent.Select(line => (line.SentMs / 1000.0, KindStyle(line.Kind))));
        }

        return Markup.Figure(
            "Delivery over time",
            plot.ToElement(),
            "Of all pairs of a whisper and an addressee, those that had arrived."
            + (areMarked ? " Marks below: a whisper was sent." : string.Empty),
            areMarked ? KindLegend(report) : null);
    }

    /// <summary>The share that had arrived so long after sending, with median and 95th percentile.</summary>
    public static XElement Latency(SimulationReport report)
    {
        var plot = new SvgPlot(
            "Share of the pairs delivered by the time since sending",
            LatencyAxis(report.LatencyCurve),
            PlotAxis.Share("delivered"));
        plot.AddSteps(report.LatencyCurve, "c0", filled: true, extended: true);
        if (report.PairsDelivered > 0)
        {
            plot.AddGuide(
                report.P50LatencyMs / 1000.0, $"median {FigureText.Milliseconds(report.P50LatencyMs)}", row: 1);
            plot.AddGuide(report.P95LatencyMs / 1000.0, $"p95 {FigureText.Milliseconds(report.P95LatencyMs)}", row: 0);
        }

        return Markup.Figure(
            "Latency",
            plot.ToElement(),
            "The share of the pairs in which a whisper had arrived so long after it was sent.");
    }

    /// <summary>The axis of latencies of one or several runs.</summary>
    public static PlotAxis LatencyAxis(IEnumerable<CurvePoint> points)
    {
        const string Title = "time since sending";
        List<double> seconds = [.. points.Select(p => p.X).Where(x => x > 0 && double.IsFinite(x))];
        return seconds.Count > 1 && seconds.Max() / seconds.Min() > LogRange
            ? PlotAxis.LogTime(Title, seconds)
            : PlotAxis.Time(Title, seconds);
    }

    /// <summary>Deliveries by the number of links that they crossed.</summary>
    public static XElement Hops(SimulationReport report)
    {
        // Nothing arrives over no link, and what is beyond the last delivery is empty.
        int first = report.Hops.Count > 0 && report.Hops[0] > 0 ? 0 : 1;
        int last = Enumerable.Range(0, report.Hops.Count).LastOrDefault(hops => report.Hops[hops] > 0, first);
        List<(double X, double Height, string Style)> bars =
            [.. Enumerable.Range(first, Math.Max(0, Math.Min(last + 1, report.Hops.Count) - first))
                .Select(hops => ((double)hops, (double)report.Hops[hops], "c0"))];
        var plot = new SvgPlot(
            "Deliveries by the number of links crossed",
            PlotAxis.Whole("links crossed", first, last),
            PlotAxis.Amount("deliveries", bars.Select(bar => bar.Height)));
        plot.AddBars(bars, bars.Count <= MostLabels ? height => FigureText.Count((long)height) : null);
        return Markup.Figure(
            "Hops",
            plot.ToElement(),
            "Links that a whisper crossed until it arrived, "
            + $"{FigureText.Number(ComparedFigure.Delivered(report, report.MeanHops))} in the mean.");
    }

    /// <summary>Bytes on air that each whisper took, by delivery.</summary>
    public static XElement Bytes(SimulationReport report)
    {
        return ByWhisper(
            report,
            "Bytes per delivered whisper",
            "From its sending to the next one's, or to the end, divided by its deliveries.",
            line => line.Bytes,
            values => PlotAxis.Bytes("per delivery", values));
    }

    /// <summary>Contacts that each whisper took, by delivery.</summary>
    public static XElement Contacts(SimulationReport report)
    {
        return ByWhisper(
            report,
            "Contacts per delivered whisper",
            "Counted in the same way.",
            line => line.Contacts,
            values => PlotAxis.Amount("contacts per delivery", values));
    }

    /// <summary>Estimated charge of every board, the most modest first.</summary>
    public static XElement Energy(SimulationReport report)
    {
        int count = report.EnergyByNode.Count;
        var plot = new SvgPlot(
            "Estimated charge of each board, sorted",
            PlotAxis.Whole("boards, sorted", 1, count),
            PlotAxis.Amount("mAh a day", report.EnergyByNode));
        IEnumerable<double> charges = report.EnergyByNode.Order();
        plot.AddSteps(charges.Select((charge, i) => new CurvePoint(i + 1, charge)), "c0", filled: true);
        return Markup.Figure(
            "Charge of a board",
            plot.ToElement(),
            $"Estimated; {FigureText.Number(report.EnergyMahPerDay)} mAh a day in the mean, "
            + $"{FigureText.Number(report.EnergyMahPerDayMax)} at most.");
    }

    /// <summary>The class with the colour of a kind of whisper.</summary>
    public static string KindStyle(string kind) => kind is "direct" or "emergency" ? kind : "broadcast";

    private static XElement ByWhisper(
        SimulationReport report,
        string title,
        string remark,
        Func<WhisperLine, double> figure,
        Func<IEnumerable<double>, PlotAxis> axis)
    {
        int together = Math.Max(1, (report.Whispers.Count + MostBars - 1) / MostBars);
        List<(double X, double Height, string Style)> bars = [];
        foreach ((int place, WhisperLine[] lines) in report.Whispers.Chunk(together).Index())
        {
            // Without a delivery there is nothing to share by: no bar.
            List<double> values = [.. lines.Where(l => l.Delivered > 0).Select(figure).Where(double.IsFinite)];
            if (values.Count > 0)
            {
                string style = together == 1 ? KindStyle(lines[0].Kind) : "c0";
                bars.Add((together == 1 ? lines[0].Number : place, values.Average(), style));
            }
        }

        // Whispers that were never sent have no line.
        int last = together == 1
            ? report.Whispers.Select(line => line.Number).DefaultIfEmpty(0).Max()
            : (report.Whispers.Count - 1) / together;
        string below = together == 1
            ? "number of the whisper"
            : string.Create(CultureInfo.InvariantCulture, $"groups of {together} whispers");
        var plot = new SvgPlot(title, PlotAxis.Whole(below, 0, last), axis(bars.Select(bar => bar.Height)));
        plot.AddBars(bars);
        return Markup.Figure(title, plot.ToElement(), remark, together == 1 ? KindLegend(report) : null);
    }

    // One kind needs no legend.
    private static List<(string Style, string Name)> KindLegend(SimulationReport report)
    {
        List<string> kinds = [.. report.Whispers.Select(line => line.Kind).Distinct().Order(StringComparer.Ordinal)];
        return kinds.Count > 1 ? [.. kinds.Select(kind => (KindStyle(kind), kind))] : [];
    }
}
