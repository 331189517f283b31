using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>Reads pages as strictly as can be: as XML.</summary>
internal static partial class PageReader
{
    private const string FirstLine = "<!DOCTYPE html>\n";

    // Elements that HTML knows without an end.
    private static readonly string[] s_void = ["meta"];

    /// <summary>Parses a page; fails unless it is well-formed and reads the same as HTML.</summary>
    public static XElement Read(string page)
    {
        Assert.StartsWith(FirstLine, page, StringComparison.Ordinal);
        XElement html = XElement.Parse(page[FirstLine.Length..], LoadOptions.PreserveWhitespace);

        // A browser takes an empty tag for an open one, except within SVG.
        Assert.All(
            EmptyTag().Matches(page),
            tag => Assert.Contains(tag.Groups[1].Value, (string[])[.. s_void, "path", "rect", "circle"]));

        // And it reads a style sheet as it stands.
        string style = html.Descendants("style").Single().Value;
        Assert.DoesNotMatch("[<>&]", style);
        Assert.Contains(style, page, StringComparison.Ordinal);
        return html;
    }

    /// <summary>Fails if a page names anything beside itself, or runs anything.</summary>
    public static void AssertAlone(XElement html)
    {
        Assert.DoesNotContain(
            html.DescendantsAndSelf(),
            e => e.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "image" or "use" or "base");
        Assert.DoesNotContain(
            html.DescendantsAndSelf().Attributes(),
            a => a.Name.LocalName is "href" or "src" or "style" || a.Name.LocalName.StartsWith("on"));
        Assert.DoesNotMatch(@"url\(|@import|https?:", html.Descendants("style").Single().Value);
    }

    /// <summary>The texts of all elements of a name.</summary>
    public static List<string> Texts(XElement html, string name) => [.. html.Descendants(name).Select(e => e.Value)];

    /// <summary>The figure with a heading.</summary>
    public static XElement Figure(XElement html, string title) =>
        html.Descendants("figure").Single(figure => figure.Element("h2")!.Value == title);

    [GeneratedRegex("<([a-z]+)[^<>]*/>")]
    private static partial Regex EmptyTag();
}
