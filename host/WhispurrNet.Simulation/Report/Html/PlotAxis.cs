using System.Globalization;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">Where it stands.</param>
/// <param name="Label">What is written at it.</param>
internal sealed record PlotTick(double Value, string Label);

/// <summary>One axis of a plot: its range, its marks, its title with the unit.</summary>
internal sealed class PlotAxis
{
    // About so many marks; more of them would touch on a phone.
    private const int TickCount = 5;

    // Steps between marks that people count time in, seconds.
    private static readonly double[] s_timeSteps =
    [
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
        172800, 604800,
    ];

    // Marks of a logarithmic axis of time, seconds; and more of them for one that is short.
    private static readonly double[] s_logTicks =
        [0.001, 0.005, 0.02, 0.1, 0.3, 1, 5, 20, 60, 300, 1200, 3600, 14400, 86400, 345600];

    private static readonly double[] s_closeLogTicks =
    [
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 3600, 7200,
        18000, 36000, 86400, 172800, 345600,
    ];

    // Least ratio of the ends of a logarithmic axis, so that there are marks within; and what counts as short.
    private const double LeastLogRange = 10;
    private const double ShortLogRange = 30;

    private readonly bool _isLogarithmic;

    private PlotAxis(string title, double min, double max, IReadOnlyList<PlotTick> ticks, bool isLogarithmic = false)
    {
        Title = title;
        Min = min;
        Max = max;
        Ticks = ticks;
        _isLogarithmic = isLogarithmic;
    }

    /// <summary>What is drawn along it, and its unit.</summary>
    public string Title { get; }

    /// <summary>Its beginning.</summary>
    public double Min { get; }

    /// <summary>Its end, always beyond <see cref="Min"/>.</summary>
    public double Max { get; }

    /// <summary>Its marks, rising, all within the range.</summary>
    public IReadOnlyList<PlotTick> Ticks { get; }

    /// <summary>A share, in per cent from nothing to the whole.</summary>
    public static PlotAxis Share(string title) =>
        new(title + ", %", 0, 1, [.. Enumerable.Range(0, 5).Select(i => new PlotTick(i / 4.0, $"{i * 25}"))]);

    /// <summary>Amounts from zero to a round number beyond the highest.</summary>
    public static PlotAxis Amount(string title, IEnumerable<double> values)
    {
        double highest = Highest(values, 1);
        double step = RoundStep(highest / TickCount);
        double max = Math.Ceiling((highest / step) - 1e-9) * step;
        return new PlotAxis(title, 0, max, Marks(0, max, step, value => value.ToString("#,0.#########", Invariant)));
    }

    /// <summary>Bytes from zero; the title says whether they are thousands.</summary>
    public static PlotAxis Bytes(string title, IEnumerable<double> values)
    {
        (double unit, string name) = Highest(values, 1) switch
        {
            >= 2e9 => (1e9, "GB"),
            >= 2e6 => (1e6, "MB"),
            >= 2e3 => (1e3, "kB"),
            _ => (1.0, "bytes"),
        };
        PlotAxis axis = Amount($"{title}, {name}", values.Select(value => value / unit));
        IEnumerable<PlotTick> ticks = axis.Ticks.Select(tick => tick with { Value = tick.Value * unit });
        return new PlotAxis(axis.Title, 0, axis.Max * unit, [.. ticks]);
    }

    /// <summary>Whole numbers, each with room for a bar.</summary>
    public static PlotAxis Whole(string title, long first, long last)
    {
        last = Math.Max(first, last);
        double step = Math.Max(1, RoundStep((last - first) / (2.0 * TickCount - 1)));
        double start = Math.Ceiling(first / step) * step;
        return new PlotAxis(
            title, first - 0.5, last + 0.5, Marks(start, last, step, value => value.ToString("#,0", Invariant)));
    }

    /// <summary>Seconds from zero to the highest, counted in seconds, minutes, hours or days.</summary>
    public static PlotAxis Time(string title, IEnumerable<double> seconds)
    {
        double highest = Highest(seconds, 1);
        (double unit, string name) = highest switch
        {
            > 3 * 86400 => (86400, "d"),
            > 2 * 3600 => (3600, "h"),
            > 3 * 60 => (60, "min"),
            _ => (1.0, "s"),
        };
        double step = s_timeSteps.FirstOrDefault(s => highest / s <= TickCount + 1, s_timeSteps[^1]);

        // Beyond weeks and below a tenth of a second, round numbers do.
        step = highest / step is > TickCount + 1 or < 1 ? RoundStep(highest / unit / TickCount) * unit : step;
        return new PlotAxis(
            $"{title}, {name}",
            0,
            highest,
            Marks(0, highest, step, value => (value / unit).ToString("#,0.####", Invariant)));
    }

    /// <summary>
    /// Seconds from the shortest to the longest, each mark several times the one before: where few take much longer
    /// than most. What is not above zero stands at the beginning.
    /// </summary>
    public static PlotAxis LogTime(string title, IReadOnlyCollection<double> seconds)
    {
        double highest = Highest(seconds, 1);
        double lowest = seconds.Where(s => s > 0 && double.IsFinite(s)).DefaultIfEmpty(highest).Min();
        lowest = Math.Max(Math.Min(lowest, highest / LeastLogRange), s_logTicks[0]);
        highest = Math.Max(highest, lowest * LeastLogRange);
        double[] marks = highest / lowest < ShortLogRange ? s_closeLogTicks : s_logTicks;
        double[] within = [.. marks.Where(mark => mark >= lowest && mark <= highest)];
        int every = (within.Length / (TickCount + 3)) + 1;
        IEnumerable<PlotTick> ticks = within
            .Where((_, i) => i % every == 0)
            .Select(mark => new PlotTick(mark, mark == 60 ? "1 min" : FigureText.Seconds(mark)));
        return new PlotAxis(title, lowest, highest, [.. ticks], isLogarithmic: true);
    }

    /// <summary>Where a value lies on the axis, 0 to 1; what is outside stands at its ends.</summary>
    public double Place(double value)
    {
        if (!double.IsFinite(value))
        {
            return 0;
        }

        double place = _isLogarithmic
            ? Math.Log(Math.Max(value, Min) / Min) / Math.Log(Max / Min)
            : (value - Min) / (Max - Min);
        return Math.Clamp(place, 0, 1);
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    // Without anything above zero, the axis still needs a length.
    private static double Highest(IEnumerable<double> values, double otherwise)
    {
        double highest = values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return highest > 0 ? highest : otherwise;
    }

    /// <summary>The next of 1, 2 and 5 times a power of ten.</summary>
    private static double RoundStep(double atLeast)
    {
        if (atLeast <= 0)
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double first = atLeast / power;
        return (first <= 1.000001 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10) * power;
    }

    private static List<PlotTick> Marks(double start, double end, double step, Func<double, string> label)
    {
        var marks = new List<PlotTick>();
        for (int i = 0; start + (i * step) <= end * (1 + 1e-9); i++)
        {
            double value = start + (i * step);
            marks.Add(new PlotTick(value, label(value)));
        }

        return marks;
    }
}
