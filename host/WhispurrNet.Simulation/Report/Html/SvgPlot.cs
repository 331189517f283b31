using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>
/// A plot as an SVG element that takes its colours and its text size from the page around it: classes <c>c0</c> to
/// <c>c7</c> and those of the kinds of whispers choose them. Empty and single-point series are drawn as what they are.
/// </summary>
internal sealed class SvgPlot
{
    /// <summary>Width of the drawing, in its own units; on the page it is as wide as its place.</summary>
    public const int Width = 480;

    /// <summary>Its height.</summary>
    public const int Height = 290;

    private const double Left = 56;
    private const double Right = 14;
    private const double Top = 34;
    private const double Bottom = 44;

    // Points nearer than this to the one before cannot be told from it: a curve of 100,000 nodes stays small.
    private const double Apart = 0.4;

    private readonly PlotAxis _x;
    private readonly PlotAxis _y;
    private readonly XElement _svg;
    private bool _hasData;

    /// <summary>Begins a plot.</summary>
    /// <param name="description">What it shows, for those who do not see it.</param>
    /// <param name="x">The axis below.</param>
    /// <param name="y">The axis on the left.</param>
    public SvgPlot(string description, PlotAxis x, PlotAxis y)
    {
        _x = x;
        _y = y;
        _svg = new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", Markup.Clean(description)));
        AddAxes();
    }

    private static double PlotWidth => Width - Left - Right;

    private static double PlotHeight => Height - Top - Bottom;

    /// <summary>A curve that keeps its height until the next point, with or without a surface below.</summary>
    /// <param name="points">Its points, rising in X; what is no number is left out.</param>
    /// <param name="style">Class of its colour.</param>
    /// <param name="filled">Whether the surface below is tinted.</param>
    /// <param name="extended">Whether it keeps its last height to the end of the axis.</param>
    public void AddSteps(
        IEnumerable<CurvePoint> points, string style, bool filled = false, bool extended = false)
    {
        List<(double X, double Y)> places = Thin(points);
        if (places.Count == 0)
        {
            return;
        }

        _hasData = true;
        if (places.Count == 1)
        {
            AddDot(places[0].X, places[0].Y, 4, style);
            return;
        }

        var path = new StringBuilder($"M{Text(places[0].X)} {Text(places[0].Y)}");
        foreach ((double x, double y) in places.Skip(1))
        {
            path.Append('H').Append(Text(x)).Append('V').Append(Text(y));
        }

        if (extended)
        {
            path.Append('H').Append(Text(Width - Right));
        }

        if (filled)
        {
            string below = $"{path}V{Text(Height - Bottom)}H{Text(places[0].X)}Z";
            _svg.Add(new XElement("path", new XAttribute("class", $"area {style}"), new XAttribute("d", below)));
        }

        _svg.Add(new XElement("path", new XAttribute("class", $"curve {style}"), new XAttribute("d", path.ToString())));
    }

    /// <summary>Bars around whole numbers of the axis below.</summary>
    /// <param name="bars">Where each stands, how high it is, and the class of its colour.</param>
    /// <param name="label">What is written above a bar; null for nothing.</param>
    public void AddBars(
        IReadOnlyCollection<(double X, double Height, string Style)> bars, Func<double, string>? label = null)
    {
        double room = PlotWidth / (_x.Max - _x.Min);
        double width = Math.Max(1, Math.Min(room * 0.8, 48));
        foreach ((double x, double height, string style) in bars.Where(bar => double.IsFinite(bar.Height)))
        {
            _hasData = true;
            (double middle, double top) = (PlaceX(x), PlaceY(height));
            _svg.Add(new XElement(
                "rect",
                new XAttribute("class", $"bar {style}"),
                new XAttribute("x", Text(middle - (width / 2))),
                new XAttribute("y", Text(top)),
                new XAttribute("width", Text(width)),
                new XAttribute("height", Text(Height - Bottom - top))));
            if (label is not null && height > 0)
            {
                AddText(middle, top - 4, label(height), "value");
            }
        }
    }

    /// <summary>A line across the whole height, with what it says at its foot.</summary>
    /// <param name="x">Where.</param>
    /// <param name="label">What it says.</param>
    /// <param name="row">0 for a label on the axis, 1 for one above it, so that near lines can be told apart.</param>
    public void AddGuide(double x, string label, int row)
    {
        double place = PlaceX(x);
        string line = $"M{Text(place)} {Text(Top)}V{Text(Height - Bottom)}";
        _svg.Add(new XElement("path", new XAttribute("class", "guide"), new XAttribute("d", line)));

        // To the side where there is room. A curve that rises leaves it below on the right, and above on the left.
        bool isRight = place < Left + (PlotWidth * 0.65);
        bool isAbove = !isRight && row > 0;
        AddText(
            place + (isRight ? 5 : -5),
            isAbove ? Top + 14 : Height - Bottom - 9 - (row * 19),
            label,
            isRight ? "note start" : "note end");
    }

    /// <summary>Short marks on the axis below: when something happened.</summary>
    public void AddEvents(IEnumerable<(double X, string Style)> events)
    {
        double last = double.NegativeInfinity;
        foreach ((double x, string style) in events.OrderBy(e => e.X))
        {
            double place = PlaceX(x);
            if (place - last >= Apart)
            {
                last = place;
                string path = $"M{Text(place)} {Text(Height - Bottom)}v-7";
                _svg.Add(new XElement("path", new XAttribute("class", $"event {style}"), new XAttribute("d", path)));
            }
        }
    }

    /// <summary>The finished drawing; without data it says so.</summary>
    public XElement ToElement()
    {
        if (!_hasData)
        {
            AddText(Left + (PlotWidth / 2), Top + (PlotHeight / 2), "nothing to show", "note");
        }

        return _svg;
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private double PlaceX(double value) => Left + (_x.Place(value) * PlotWidth);

    private double PlaceY(double value) => Height - Bottom - (_y.Place(value) * PlotHeight);

    private List<(double X, double Y)> Thin(IEnumerable<CurvePoint> points)
    {
        var kept = new List<(double X, double Y)>();
        (double X, double Y)? skipped = null;
        foreach (CurvePoint point in points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)))
        {
            (double X, double Y) place = (PlaceX(point.X), PlaceY(point.Y));
            bool isNear = kept.Count > 0
                && Math.Abs(place.X - kept[^1].X) < Apart
                && Math.Abs(place.Y - kept[^1].Y) < Apart;
            if (!isNear)
            {
                kept.Add(place);
            }

            skipped = isNear ? place : null;
        }

        // The end counts: it is what came of it all. A single point that is only repeated stays one.
        if (skipped is { } end && kept.Count > 1)
        {
            kept.Add(end);
        }

        return kept;
    }

    private void AddAxes()
    {
        foreach (PlotTick tick in _y.Ticks)
        {
            double y = PlaceY(tick.Value);
            string line = $"M{Text(Left)} {Text(y)}H{Text(Width - Right)}";
            _svg.Add(new XElement("path", new XAttribute("class", "grid"), new XAttribute("d", line)));
            AddText(Left - 7, y + 4, tick.Label, "tick end");
        }

        foreach (PlotTick tick in _x.Ticks)
        {
            double x = PlaceX(tick.Value);
            string line = $"M{Text(x)} {Text(Height - Bottom)}v5";
            _svg.Add(new XElement("path", new XAttribute("class", "axis"), new XAttribute("d", line)));
            AddText(x, Height - Bottom + 19, tick.Label, "tick");
        }

        string axis = $"M{Text(Left)} {Text(Height - Bottom)}H{Text(Width - Right)}";
        _svg.Add(new XElement("path", new XAttribute("class", "axis"), new XAttribute("d", axis)));
        AddText(2, 14, _y.Title, "title start");
        AddText(Width - Right, Height - 6, _x.Title, "title end");
    }

    private void AddDot(double x, double y, double radius, string style)
    {
        _svg.Add(new XElement(
            "circle",
            new XAttribute("class", $"dot {style}"),
            new XAttribute("cx", Text(x)),
            new XAttribute("cy", Text(y)),
            new XAttribute("r", Text(radius))));
    }

    private void AddText(double x, double y, string text, string style)
    {
        _svg.Add(new XElement(
            "text",
            new XAttribute("class", style),
            new XAttribute("x", Text(x)),
            new XAttribute("y", Text(y)),
            Markup.Clean(text)));
    }
}
