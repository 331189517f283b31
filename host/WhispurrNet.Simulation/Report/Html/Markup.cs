using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>
/// Parts of a page. They are elements, not strings, so that nothing that a run reports can become markup.
/// </summary>
internal static class Markup
{
    /// <summary>A text without what no document may hold, such as control characters.</summary>
    public static string Clean(string text)
    {
        return text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(text.EnumerateRunes().Select(
                rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value) ? rune : Rune.ReplacementChar));
    }

    /// <summary>An element with text. It is never written as an empty tag, which browsers would leave open.</summary>
    public static XElement Text(string name, string text, string? style = null) =>
        new(name, style is null ? null : new XAttribute("class", style), Clean(text));

    /// <summary>A part of the page with a heading.</summary>
    public static XElement Section(string title, params object?[] content) =>
        new("section", Text("h2", title), content);

    /// <summary>A plot with its heading, its legend and a sentence about it.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="drawing">The plot.</param>
    /// <param name="remark">What to know about it; may be empty.</param>
    /// <param name="legend">Classes of colours and what they stand for; none for no legend.</param>
    public static XElement Figure(
        string title, XElement drawing, string remark = "", IReadOnlyList<(string Style, string Name)>? legend = null)
    {
        var figure = new XElement("figure", Text("h2", title));
        if (legend is { Count: > 0 })
        {
            figure.Add(new XElement(
                "ul", new XAttribute("class", "legend"), legend.Select(entry => Text("li", entry.Name, entry.Style))));
        }

        figure.Add(drawing);
        if (remark.Length > 0)
        {
            figure.Add(Text("figcaption", remark));
        }

        return figure;
    }

    /// <summary>A table of figures, one group after the other.</summary>
    public static XElement Table(IEnumerable<Figure> figures)
    {
        var table = new XElement("table", new XAttribute("class", "figures"));
        foreach (IGrouping<string, Figure> group in figures.GroupBy(figure => figure.Group))
        {
            table.Add(new XElement(
                "tbody",
                new XElement("tr", new XElement("th", new XAttribute("colspan", 2), Clean(group.Key))),
                group.Select(figure => new XElement(
                    "tr",
                    Text("td", figure.Name),
                    new XElement(
                        "td",
                        Text("b", figure.Value),
                        figure.Remark.Length > 0 ? Text("small", figure.Remark) : null)))));
        }

        return table;
    }

    /// <summary>A table with a row of headings, in a place of its own that scrolls if it is too wide.</summary>
    /// <param name="headings">Above the columns.</param>
    /// <param name="rows">The rows, with a cell for each heading.</param>
    public static XElement Table(IEnumerable<string> headings, IEnumerable<IEnumerable<XElement>> rows)
    {
        return new XElement(
            "div",
            new XAttribute("class", "wide"),
            new XAttribute("tabindex", 0),
            new XElement(
                "table",
                new XElement("thead", new XElement("tr", headings.Select(heading => Text("th", heading)))),
                new XElement("tbody", rows.Select(row => new XElement("tr", row)))));
    }

    /// <summary>A whole page.</summary>
    /// <param name="title">What the browser's tab says.</param>
    /// <param name="body">What is on it.</param>
    public static string Page(string title, params object?[] body)
    {
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement(
                    "meta",
                    new XAttribute("name", "viewport"),
                    new XAttribute("content", "width=device-width, initial-scale=1")),
                Text("title", title),
                Text("style", PageStyle.Css)),
            new XElement("body", body));
        return $"<!DOCTYPE html>\n{page}\n".ReplaceLineEndings("\n");
    }
}
