using System.Globalization;
using System.Xml.Linq;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Report.Html;
using WhispurrNet.Tests;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>The page about one run.</summary>
public sealed class HtmlReportTests
{
    private const string Command = "whispurr simulate --nodes 200 --topology random --seed 1";

    private static readonly SimulationOptions s_mixed = new()
    {
        Nodes = 200, Traffic = TrafficKind.Mixed, Cards = true, Whispers = 30, Loss = 0.1,
    };

    [Fact]
    public void It_is_one_well_formed_page_that_needs_nothing_else()
    {
        XElement html = PageReader.Read(HtmlReport.Of(SampleReports.Create(s_mixed), Command));

        PageReader.AssertAlone(html);
        Assert.Equal("200 boards at random, 8 neighbours each – whispurr", html.Descendants("title").Single().Value);
        Assert.Equal(
            "width=device-width, initial-scale=1",
            html.Descendants("meta").Attributes("content").Single().Value);
    }

    [Fact]
    public void Its_plots_and_tables_are_all_there()
    {
        XElement html = PageReader.Read(HtmlReport.Of(SampleReports.Create(s_mixed), Command));

        Assert.Equal(
            ["Delivery over time", "Latency", "Bytes per delivered whisper", "Contacts per delivered whisper", "Hops",
            "Charge of a board"],
            html.Descendants("figure").Select(figure => figure.Element("h2")!.Value));
        Assert.All(html.Descendants("figure"), figure =>
        {
            XElement svg = figure.Descendants("svg").Single();
            Assert.NotEqual(string.Empty, svg.Attribute("aria-label")!.Value);
            Assert.Equal(2, svg.Elements("text").Count(text => text.Attribute("class")!.Value.StartsWith("title ")));
            Assert.True(svg.Elements("text").Count(text => text.Attribute("class")!.Value.StartsWith("tick")) >= 5);
            Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(Command, html.Descendants("code").Single().Value);
    }

    [Fact]
    public void Its_numbers_are_those_of_the_report()
    {
        SimulationReport report = SampleReports.Create(s_mixed) with
        {
            Delivery = 0.98765,
            P50LatencyMs = 41_234,
            P95LatencyMs = 200_000,
            BytesPerDelivery = 2345,
            Trace = "0a1b2c",
        };

        List<string> bold = PageReader.Texts(PageReader.Read(HtmlReport.Of(report, Command)), "b");

        Assert.All(
            (string[])["98.76 %", "41.2 s", "3 min 20 s", "2.35 kB", "0a1b2c", "5,214", "random", "10 %"],
            number => Assert.Contains(number, bold));
    }

    [Fact]
    public void Acknowledgements_and_emergencies_are_shown_where_there_are_any()
    {
        List<string> mixed = Cells(SampleReports.Create(s_mixed));
        List<string> broadcast = Cells(SampleReports.Create());

        Assert.Contains("acknowledged", mixed);
        Assert.Contains("emergencies delivered", mixed);
        Assert.DoesNotContain("acknowledged", broadcast);
        Assert.DoesNotContain("emergencies delivered", broadcast);
    }

    [Fact]
    public void What_a_run_reports_cannot_become_markup()
    {
        const string Violation = "node 3 <script>alert(\"1\")</script> & more";
        SimulationReport report = SampleReports.Create(s_mixed with { Strategy = "a<b>&c" }) with
        {
            Violations = [Violation, "with \u0001, \uD800 and \U0001F408 in it"], Trace = "<i>",
        };

        string page = HtmlReport.Of(report, "whispurr simulate --html '<x>&.html'");
        XElement html = PageReader.Read(page);

        PageReader.AssertAlone(html);
        XElement breaches = html.Descendants("section").Single(s => s.Attribute("class")?.Value == "breaches");
        Assert.Equal([Violation, "with \uFFFD, \uFFFD and \U0001F408 in it"], PageReader.Texts(breaches, "li"));
        Assert.Contains("2 violations", PageReader.Texts(html.Descendants("header").Single(), "span")[0]);
        Assert.Equal("whispurr simulate --html '<x>&.html'", html.Descendants("code").Single().Value);
        Assert.Empty(html.Descendants("i"));
    }

    [Fact]
    public void A_loss_without_a_report_is_the_verdict()
    {
        SimulationReport report = SampleReports.Create() with { LostSilently = 4 };

        XElement html = PageReader.Read(HtmlReport.Of(report, Command));
        XElement verdict = html.Descendants("header").Single().Element("span")!;

        Assert.Equal("verdict bad", verdict.Attribute("class")!.Value);
        Assert.Equal("4 lost silently", verdict.Value);
    }

    [Fact]
    public void What_could_never_be_sent_is_not_passed_over()
    {
        SimulationReport report = SampleReports.Create(s_mixed) with { Accepted = 29 };

        XElement html = PageReader.Read(HtmlReport.Of(report, Command));

        Assert.Equal(
            "all that must hold held, but 1 whisper could never be sent",
            html.Descendants("header").Single().Element("span")!.Value);
        Assert.Contains("29 of 30", PageReader.Texts(html, "b"));
    }

    [Fact]
    public void A_run_in_which_nothing_happened_has_a_page_too()
    {
        XElement html = PageReader.Read(HtmlReport.Of(SampleReports.CreateEmpty(), Command));

        Assert.Equal(6, html.Descendants("text").Count(text => text.Value == "nothing to show"));
        Assert.Contains("–", PageReader.Texts(html, "b"));
        Assert.DoesNotContain(PageReader.Texts(html, "b"), text => text.Contains("NaN") || text.Contains('∞'));
        Assert.Empty(html.Descendants("details"));
        Assert.All(
            html.Descendants("ul").First(list => list.Attribute("class")?.Value == "tiles").Elements().Take(5),
            tile => Assert.Equal("–", tile.Element("b")!.Value));
    }

    [Fact]
    public void A_run_of_one_of_everything_has_a_page_too()
    {
        SimulationReport report = SampleReports.Create(new SimulationOptions { Nodes = 2, Whispers = 1 }) with
        {
            LatencyCurve = [new CurvePoint(2.5, 1)],
            DeliveryOverTime = [new CurvePoint(122.5, 1)],
            EnergyByNode = [88.5],
            Hops = [0, 1],
        };

        XElement html = PageReader.Read(HtmlReport.Of(report, Command));

        Assert.DoesNotContain(html.Descendants("text"), text => text.Value == "nothing to show");
        Assert.Equal(3, html.Descendants("circle").Count());
        Assert.Equal(3, html.Descendants("rect").Count());
    }

    [Fact]
    public void A_large_run_has_a_small_page()
    {
        SimulationReport report = SampleReports.Create(
            new SimulationOptions { Nodes = 50_000, Whispers = 2_000, Rate = 60 });

        string page = HtmlReport.Of(report, Command);

        XElement html = PageReader.Read(page);
        Assert.InRange(page.Length, 10_000, 300_000);
        Assert.InRange(PageReader.Figure(html, "Bytes per delivered whisper").Descendants("rect").Count(), 100, 140);
        Assert.Contains("The first 200 of 2,000 whispers", PageReader.Texts(html, "summary"));
    }

    [Fact]
    public void The_machine_s_language_does_not_matter()
    {
        SimulationReport report = SampleReports.Create(s_mixed);
        string page = HtmlReport.Of(report, Command);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(page, HtmlReport.Of(report, Command));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static List<string> Cells(SimulationReport report) =>
        PageReader.Texts(PageReader.Read(HtmlReport.Of(report, Command)), "td");
}
