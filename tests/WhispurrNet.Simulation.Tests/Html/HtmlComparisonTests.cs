using System.Xml.Linq;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Report.Html;
using WhispurrNet.Tests;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>The page that compares strategies.</summary>
public sealed class HtmlComparisonTests
{
    private const string Command = "whispurr simulate --compare --seed 1";

    private static IReadOnlyList<SimulationReport> Reports { get; } =
    [
        .. StrategyNames.All.Select((name, i) =>
            SampleReports.Create(new SimulationOptions { Strategy = name }, 20 + (10 * i), 1 - (0.05 * i)) with
            {
                BytesPerDelivery = 5000 - (100 * i),
            }),
    ];

    [Fact]
    public void It_is_one_well_formed_page_that_needs_nothing_else()
    {
        XElement html = PageReader.Read(HtmlComparison.Of(Reports, Command));

        PageReader.AssertAlone(html);
        Assert.Equal(Command, html.Descendants("code").Single().Value);
    }

    [Fact]
    public void Every_strategy_has_a_row_and_a_curve()
    {
        XElement html = PageReader.Read(HtmlComparison.Of(Reports, Command));

        Assert.Equal(StrategyNames.All, html.Descendants("td").Elements("span").Select(span => span.Value));
        foreach (string title in (string[])["Latency", "Delivery over time"])
        {
            XElement figure = PageReader.Figure(html, title);
            Assert.Equal(StrategyNames.All, PageReader.Texts(figure, "li"));
            Assert.Equal(
                StrategyNames.All.Count,
                figure.Descendants("path").Where(p => p.Attribute("class")!.Value.StartsWith("curve"))
                    .Select(p => p.Attribute("class")!.Value).Distinct().Count());
        }

        foreach (string title in (string[])["Bytes per delivery", "Contacts per delivery", "Hops"])
        {
            XElement figure = PageReader.Figure(html, title);
            Assert.Equal(StrategyNames.All, PageReader.Texts(figure, "text").Where((_, i) => i % 2 == 0));
        }
    }

    [Fact]
    public void The_best_and_what_is_wrong_are_set_off()
    {
        IReadOnlyList<SimulationReport> reports =
            [.. Reports.Select((run, i) => i == 3 ? run with { LostSilently = 7, Violations = ["<b>"] } : run)];

        XElement html = PageReader.Read(HtmlComparison.Of(reports, Command));

        List<string> best = [.. Cells(html, "best").Select(cell => cell.Value)];
        Assert.Contains("100 %", best);
        Assert.Contains("4.3 kB", best);
        Assert.Equal(["7", "1"], Cells(html, "bad").Select(cell => cell.Value));
        Assert.Contains($"{StrategyNames.All[3]}: <b>", PageReader.Texts(html, "li"));
    }

    [Fact]
    public void Runs_without_a_delivery_are_best_in_nothing()
    {
        XElement html = PageReader.Read(HtmlComparison.Of([SampleReports.CreateEmpty(), Reports[0]], Command));

        IEnumerable<XElement> first = html.Descendants("tbody").First().Elements("tr").First().Elements("td");
        Assert.DoesNotContain(first, cell => cell.Attribute("class")?.Value == "best");
        Assert.Contains(first, cell => cell.Value == "–");
    }

    private static IEnumerable<XElement> Cells(XElement html, string style) =>
        html.Descendants("td").Where(cell => cell.Attribute("class")?.Value == style);
}
