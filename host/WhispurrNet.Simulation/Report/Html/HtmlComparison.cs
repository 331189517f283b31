using System.Globalization;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>The page about several strategies in one world, made as <see cref="HtmlReport"/> is.</summary>
public static class HtmlComparison
{
    /// <summary>Writes the page.</summary>
    /// <param name="reports">One run of each strategy, in the order in which they are shown; at least one.</param>
    /// <param name="command">The line to type to repeat it.</param>
    public static string Of(IReadOnlyList<SimulationReport> reports, string command)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(command);
        SimulationOptions options = reports[0].Options;
        string mesh = OptionTable.Describe(options);
        string seed = options.Seed.ToString(CultureInfo.InvariantCulture);
        string what = $"{FigureText.Count(reports.Count)} strategies in the same world, {HtmlReport.Faults(options)}; "
            + $"{FigureText.Count(options.Whispers)} whispers, {FigureText.Number(options.Rate)} a minute; "
            + $"seed {seed}.";
        return Markup.Page(
            $"{mesh} – a comparison",
            new XElement("header", Markup.Text("h1", mesh), Markup.Text("p", what)),
            HtmlReport.Breaches([.. reports.SelectMany(
                report => report.Violations.Select(violation => $"{report.Options.Strategy}: {violation}"))]),
            Comparison(reports),
            new XElement(
                "div",
                new XAttribute("class", "grid"),
                Latency(reports),
                OverTime(reports),
                Ranking(reports, "Bytes per delivery", "bytes"),
                Ranking(reports, "Contacts per delivery", "contacts"),
                Ranking(reports, "Charge of a board, mAh a day", "mAh/day"),
                Ranking(reports, "Hops", "hops")),
            new XElement(
                "div",
                new XAttribute("class", "grid tables"),
                HtmlReport.Command(command),
                Markup.Section(
                    "Options", Markup.Table(OptionTable.Of(options).Where(figure => figure.Name != "strategy")))));
    }

    private static string Style(int strategy) => $"c{strategy % 8}";

    private static List<(string Style, string Name)> Legend(IReadOnlyList<SimulationReport> reports) =>
        [.. reports.Select((report, i) => (Style(i), report.Options.Strategy))];

    private static XElement Latency(IReadOnlyList<SimulationReport> reports)
    {
        var plot = new SvgPlot(
            "Share of the pairs delivered by the time since sending, one curve for each strategy",
            ReportPlots.LatencyAxis(reports.SelectMany(report => report.LatencyCurve)),
            PlotAxis.Share("delivered"));
        DrawCurves(plot, reports, report => report.LatencyCurve, extended: true);
        return Markup.Figure(
            "Latency",
            plot.ToElement(),
            "The share of the pairs in which a whisper had arrived so long after it was sent.",
            Legend(reports));
    }

    private static XElement OverTime(IReadOnlyList<SimulationReport> reports)
    {
        var plot = new SvgPlot(
            "Share of all pairs delivered over the time of the run, one curve for each strategy",
            PlotAxis.Time("time of the run", reports.SelectMany(r => r.DeliveryOverTime).Select(p => p.X)),
            PlotAxis.Share("delivered"));
        DrawCurves(plot, reports, report => report.DeliveryOverTime, extended: false);
        return Markup.Figure(
            "Delivery over time",
            plot.ToElement(),
            "Of all pairs of a whisper and an addressee, those that had arrived.",
            Legend(reports));
    }

    // The first last, so that it lies above the others.
    private static void DrawCurves(
        SvgPlot plot,
        IReadOnlyList<SimulationReport> reports,
        Func<SimulationReport, IReadOnlyList<CurvePoint>> curve,
        bool extended)
    {
        for (int i = reports.Count - 1; i >= 0; i--)
        {
            plot.AddSteps(curve(reports[i]), Style(i), extended: extended);
        }
    }

    private static XElement Ranking(IReadOnlyList<SimulationReport> reports, string title, string column)
    {
        ComparedFigure figure = ComparedFigure.For(reports[0].Options).Single(f => f.Name == column);
        return Markup.Figure(
            title,
            SvgRanking.Of(
                title + " of each strategy",
                [.. reports.Select((report, i) => (Style(i), report.Options.Strategy, figure.Value(report)))],
                figure.Write));
    }

    private static XElement Comparison(IReadOnlyList<SimulationReport> reports)
    {
        IReadOnlyList<ComparedFigure> figures = ComparedFigure.For(reports[0].Options);
        IEnumerable<IEnumerable<XElement>> rows = reports.Select((report, i) =>
        {
            var name = new XElement(
                "td", new XElement("span", new XAttribute("class", $"strategy {Style(i)}"), report.Options.Strategy));
            return figures.Select(figure => Cell(figure, report, reports)).Prepend(name);
        });
        XElement table = Markup.Table([.. figures.Select(figure => figure.Name).Prepend("strategy")], rows);
        return Markup.Section(
            "Side by side",
            table,
            Markup.Text(
                "p",
                "The best of a column is set off. A strategy that delivers less is spared the pairs hardest to reach.",
                "remark"));
    }

    private static XElement Cell(
        ComparedFigure figure, SimulationReport report, IReadOnlyList<SimulationReport> reports)
    {
        string? style = figure.IsBad(report) ? "bad" : figure.IsBest(report, reports) ? "best" : null;
        return Markup.Text("td", figure.Text(report), style);
    }
}
