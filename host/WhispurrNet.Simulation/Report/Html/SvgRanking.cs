using System.Globalization;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>Bars side by side that compare one figure of several runs, as an SVG element.</summary>
internal static class SvgRanking
{
    private const double Row = 30;
    private const double Left = 116;
    private const double Right = 78;
    private const double Length = SvgPlot.Width - Left - Right;

    /// <summary>Draws the bars.</summary>
    /// <param name="description">What they show, for those who do not see it.</param>
    /// <param name="bars">Class of the colour, name, and figure of each; what is no number has no bar.</param>
    /// <param name="label">How a figure is written at the end of its bar.</param>
    public static XElement Of(
        string description,
        IReadOnlyList<(string Style, string Name, double Value)> bars,
        Func<double, string> label)
    {
        double highest = bars.Select(bar => bar.Value).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var svg = new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {SvgPlot.Width} {Text(Math.Max(1, bars.Count) * Row)}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", Markup.Clean(description)));
        for (int i = 0; i < bars.Count; i++)
        {
            (string style, string name, double value) = bars[i];
            double length = double.IsFinite(value) && highest > 0 ? Math.Clamp(value / highest, 0, 1) * Length : 0;
            svg.Add(
                Label(0, (i * Row) + 20, name, "start"),
                Bar("track", i, Length),
                Bar($"bar {style}", i, length),
                Label(SvgPlot.Width, (i * Row) + 20, label(value), "end"));
        }

        return svg;
    }

    private static XElement Bar(string style, int row, double length)
    {
        return new XElement(
            "rect",
            new XAttribute("class", style),
            new XAttribute("x", Text(Left)),
            new XAttribute("y", Text((row * Row) + 6)),
            new XAttribute("width", Text(length)),
            new XAttribute("height", Text(Row - 12)),
            new XAttribute("rx", 3));
    }

    private static XElement Label(double x, double y, string text, string style)
    {
        return new XElement(
            "text",
            new XAttribute("class", style),
            new XAttribute("x", Text(x)),
            new XAttribute("y", Text(y)),
            Markup.Clean(text));
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
