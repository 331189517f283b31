using System.Globalization;
using System.Xml.Linq;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>Plots: what is drawn where, and what of series that are hardly any.</summary>
public sealed class SvgPlotTests
{
    [Fact]
    public void An_empty_series_is_said_to_be_empty()
    {
        SvgPlot plot = Create([]);
        plot.AddSteps([], "c0", filled: true, extended: true);
        plot.AddBars([]);
        plot.AddEvents([]);

        XElement svg = plot.ToElement();

        Assert.Contains(svg.Elements("text"), text => text.Value == "nothing to show");
        Assert.DoesNotContain(svg.Elements("path"), path => path.Attribute("class")!.Value.StartsWith("curve"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_single_point_is_a_dot(int times)
    {
        SvgPlot plot = Create([10]);
        plot.AddSteps(Enumerable.Repeat(new CurvePoint(10, 0.5), times), "c0", filled: true);

        XElement dot = Assert.Single(plot.ToElement().Elements("circle"));

        Assert.Equal("466", dot.Attribute("cx")!.Value);
        Assert.Equal("140", dot.Attribute("cy")!.Value);
    }

    [Fact]
    public void A_curve_keeps_its_height_until_the_next_point()
    {
        SvgPlot plot = Create([10]);
        plot.AddSteps([new(0, 0), new(5, 0.5), new(10, 1)], "c0");

        Assert.Equal("M56 246H261V140H466V34", Curve(plot));
    }

    [Fact]
    public void A_curve_can_go_on_to_the_end()
    {
        SvgPlot plot = Create([10]);
        plot.AddSteps([new(0, 0), new(5, 0.5)], "c0", extended: true);

        Assert.Equal("M56 246H261V140H466", Curve(plot));
    }

    [Fact]
    public void What_is_no_number_is_left_out_and_what_is_outside_stays_at_the_edge()
    {
        SvgPlot plot = Create([10]);
        plot.AddSteps([new(0, 0), new(double.NaN, 1), new(5, double.PositiveInfinity), new(20, 3)], "c0");
        plot.AddBars([(5, double.NaN, "c0")]);

        Assert.Equal("M56 246H466V34", Curve(plot));
        Assert.Empty(plot.ToElement().Elements("rect"));
    }

    [Fact]
    public void Many_points_make_a_small_curve_with_the_right_end()
    {
        SvgPlot plot = Create([100_000]);
        plot.AddSteps(Enumerable.Range(0, 100_001).Select(i => new CurvePoint(i, i / 100_000.0)), "c0");

        string path = Curve(plot);

        Assert.InRange(path.Length, 100, 20_000);
        Assert.EndsWith("V34", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_stand_on_the_axis_and_within_it()
    {
        var plot = new SvgPlot("bars", PlotAxis.Whole("hops", 1, 3), PlotAxis.Amount("deliveries", [5, 10]));
        plot.AddBars([(1, 5, "c0"), (2, 10, "c1"), (3, 0, "c2")], height => $"{height}");

        List<XElement> bars = [.. plot.ToElement().Elements("rect")];

        Assert.Equal(["106", "212", "0"], bars.Select(bar => bar.Attribute("height")!.Value));
        Assert.All(bars, bar => Assert.Equal(246, Number(bar, "y") + Number(bar, "height")));
        Assert.All(bars, bar => Assert.InRange(Number(bar, "x"), 56, 466 - Number(bar, "width")));
        Assert.Equal(
            ["5", "10"],
            plot.ToElement().Elements("text").Where(t => t.Attribute("class")!.Value == "value").Select(t => t.Value));
    }

    [Fact]
    public void A_guide_s_label_stays_within_the_plot()
    {
        SvgPlot plot = Create([10]);
        plot.AddGuide(0, "left", row: 0);
        plot.AddGuide(10, "right", row: 1);

        List<XElement> notes =
            [.. plot.ToElement().Elements("text").Where(t => t.Value is "left" or "right")];

        Assert.Equal(["note start", "note end"], notes.Select(note => note.Attribute("class")!.Value));
    }

    [Fact]
    public void A_ranking_copes_with_nothing_and_with_no_numbers()
    {
        XElement empty = SvgRanking.Of("none", [], FigureText.Number);
        XElement odd = SvgRanking.Of(
            "some",
            [("c0", "a", double.NaN), ("c1", "b", 0), ("c2", "<c>", double.PositiveInfinity)],
            FigureText.Number);

        Assert.Empty(empty.Elements());
        Assert.Equal(["a", "–", "b", "0", "<c>", "–"], odd.Elements("text").Select(text => text.Value));
        Assert.All(
            odd.Elements("rect").Where(bar => bar.Attribute("class")!.Value != "track"),
            bar => Assert.Equal("0", bar.Attribute("width")!.Value));
    }

    private static SvgPlot Create(double[] seconds) =>
        new("a plot", PlotAxis.Time("time", seconds), PlotAxis.Share("delivered"));

    private static string Curve(SvgPlot plot) => plot.ToElement().Elements("path")
        .Single(path => path.Attribute("class")!.Value == "curve c0").Attribute("d")!.Value;

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
