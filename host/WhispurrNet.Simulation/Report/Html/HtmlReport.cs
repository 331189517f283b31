using System.Globalization;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>
/// The page about one run: it needs nothing beside itself, no script and no network, and is well-formed XML after its
/// first line.
/// </summary>
public static class HtmlReport
{
    // More lines than these are for programs, which take JSON.
    private const int MostLines = 200;

    /// <summary>Writes the page.</summary>
    /// <param name="report">What came of the run.</param>
    /// <param name="command">The line to type to repeat it.</param>
    public static string Of(SimulationReport report, string command)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(command);
        SimulationOptions options = report.Options;
        string mesh = OptionTable.Describe(options);
        return Markup.Page(
            $"{mesh} – {options.Strategy}",
            Header(report, mesh),
            Tiles(report),
            Breaches(report.Violations),
            new XElement(
                "div",
                new XAttribute("class", "grid"),
                ReportPlots.DeliveryOverTime(report),
                ReportPlots.Latency(report),
                ReportPlots.Bytes(report),
                ReportPlots.Contacts(report),
                ReportPlots.Hops(report),
                ReportPlots.Energy(report)),
            Command(command),
            new XElement(
                "div",
                new XAttribute("class", "grid tables"),
                Markup.Section("Figures", Markup.Table(FigureTable.Of(report))),
                Markup.Section("Options", Markup.Table(OptionTable.Of(options)))),
            Whispers(report));
    }

    /// <summary>The command that repeats what is shown.</summary>
    internal static XElement Command(string command)
    {
        // Browsers break lines within dashes; every option stays whole, and what is copied is the line itself.
        string[] parts = command.Split(" --");
        IEnumerable<object> spans = parts.SelectMany((part, i) => i == 0
            ? [Markup.Clean(part)]
            : new object[] { " ", Markup.Text("span", "--" + part) });
        return Markup.Section(
            "To repeat it",
            new XElement("code", new XAttribute("class", "command"), spans),
            Markup.Text("p", "The same options give the same trace, byte for byte, on any machine.", "remark"));
    }

    /// <summary>What did not hold; nothing if all is well.</summary>
    internal static XElement? Breaches(IReadOnlyCollection<string> violations)
    {
        if (violations.Count == 0)
        {
            return null;
        }

        XElement section = Markup.Section(
            "What did not hold", new XElement("ul", violations.Select(violation => Markup.Text("li", violation))));
        section.SetAttributeValue("class", "breaches");
        return section;
    }

    /// <summary>What went wrong in the mesh, in a few words.</summary>
    internal static string Faults(SimulationOptions options)
    {
        List<string> faults = [];
        void Add(bool isThere, string text) => faults.AddRange(isThere ? [text] : []);
        Add(options.Loss > 0, $"{FigureText.Share(options.Loss)} loss");
        Add(options.Churn > 0, $"{FigureText.Share(options.Churn)} come and go");
        Add(options.PartitionSeconds > 0, $"split for {FigureText.Seconds(options.PartitionSeconds)}");
        Add(options.OneWay > 0, $"{FigureText.Share(options.OneWay)} one-way pairs");
        Add(options.Corruption > 0, $"{FigureText.Share(options.Corruption)} corrupted packets");
        Add(options.ClockError > 0, $"clocks wrong by {FigureText.Count(options.ClockError)} ppm");
        Add(options.Liars > 0, $"{FigureText.Share(options.Liars)} liars");
        Add(options.Flooders > 0, $"{FigureText.Count(options.Flooders)} flooders");
        return faults.Count == 0 ? "without faults" : string.Join(", ", faults);
    }

    private static XElement Header(SimulationReport report, string mesh)
    {
        SimulationOptions options = report.Options;
        string seed = options.Seed.ToString(CultureInfo.InvariantCulture);
        string what = $"Strategy {options.Strategy}, {Faults(options)}; {FigureText.Count(options.Whispers)} whispers, "
            + $"{FigureText.Number(options.Rate)} a minute, {Name(options.Traffic)}; seed {seed}.";
        (string style, string text) = report switch
        {
            { Violations.Count: > 0 } => ("bad", $"{Number(report.Violations.Count, "violation")} of what must hold"),
            { LostSilently: > 0 } => ("bad", $"{FigureText.Count(report.LostSilently)} lost silently"),
            { Options.Checks: false } => (string.Empty, "not checked"),
            _ when report.Accepted < options.Whispers => (
                string.Empty,
                "all that must hold held, but "
                + $"{Number(options.Whispers - report.Accepted, "whisper")} could never be sent"),
            { Converged: true } => ("good", "all that must hold held, and everything that had a way arrived"),
            _ => ("good", "all that must hold held"),
        };
        return new XElement(
            "header",
            Markup.Text("h1", mesh),
            Markup.Text("p", what),
            Markup.Text("span", text, $"verdict {style}".Trim()));
    }

    private static string Number(int count, string what) =>
        $"{FigureText.Count(count)} {what}{(count == 1 ? string.Empty : "s")}";

    private static XElement Tiles(SimulationReport report)
    {
        double Delivered(double figure) => ComparedFigure.Delivered(report, figure);
        List<(string Value, string Name)> tiles =
        [
            (FigureText.Share(ComparedFigure.Arrived(report)), "delivered"),
            (FigureText.Milliseconds(Delivered(report.P50LatencyMs)), "median latency"),
            (FigureText.Milliseconds(Delivered(report.P95LatencyMs)), "95th percentile"),
            (FigureText.Bytes(Delivered(report.BytesPerDelivery)), "per delivery"),
            (FigureText.Number(Delivered(report.ContactsPerDelivery)), "contacts per delivery"),
            (FigureText.Number(report.EnergyMahPerDay) + " mAh", "a day and board"),
        ];
        if (report.Options.Traffic != TrafficKind.Broadcast)
        {
            tiles.Insert(1, (FigureText.Share(report.AckDelivery), "acknowledged"));
        }

        return new XElement(
            "ul",
            new XAttribute("class", "tiles"),
            tiles.Select(tile => new XElement("li", Markup.Text("b", tile.Value), Markup.Text("span", tile.Name))));
    }

    private static XElement? Whispers(SimulationReport report)
    {
        if (report.Whispers.Count == 0)
        {
            return null;
        }

        string summary = report.Whispers.Count <= MostLines
            ? $"Every whisper ({FigureText.Count(report.Whispers.Count)})"
            : $"The first {MostLines} of {FigureText.Count(report.Whispers.Count)} whispers";
        return new XElement(
            "section",
            new XElement(
                "details",
                Markup.Text("summary", summary),
                Markup.Table(
                    [
                        "whisper", "kind", "origin", "sent at", "reached", "of", "last after", "told", "bytes",
                        "contacts",
                    ],
                    report.Whispers.Take(MostLines).Select(Cells))));
    }

    private static IEnumerable<XElement> Cells(WhisperLine line)
    {
        string[] cells =
        [
            FigureText.Count(line.Number),
            line.Kind,
            FigureText.Count(line.Origin),
            FigureText.Milliseconds(line.SentMs),
            FigureText.Count(line.Delivered),
            FigureText.Count(line.Connected),
            FigureText.Milliseconds(line.LastMs),
            line.Kind != "direct" ? FigureText.None : line.Acknowledged ? "yes" : "no",
            line.Delivered > 0 ? FigureText.Bytes(line.Bytes) : FigureText.None,
            line.Delivered > 0 ? FigureText.Number(line.Contacts) : FigureText.None,
        ];
        return cells.Select(cell => Markup.Text("td", cell));
    }

    private static string Name(TrafficKind traffic) => traffic switch
    {
        TrafficKind.Broadcast => "to everybody",
        TrafficKind.Direct => "each to one contact",
        _ => "to everybody, to one contact, and emergencies",
    };
}
