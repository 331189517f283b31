using System.Globalization;

namespace WhispurrNet.Simulation.Report.Html;

/// <summary>Numbers as people read them, with their units; a dash for what is no number.</summary>
public static class FigureText
{
    /// <summary>What stands for what is no number, such as bytes per delivery without a delivery.</summary>
    public const string None = "–";

    /// <summary>A share, 0 to 1, in per cent. Rounded down, so that only the whole is 100 %.</summary>
    public static string Share(double share)
    {
        // A hundredth of a millionth more, because 0.29 times 10,000 is a little less than 2,900.
        return double.IsFinite(share)
            ? (Math.Floor((share * 10_000) + 1e-8) / 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"
            : None;
    }

    /// <summary>A number of things.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number to three digits, at least its whole part: 0.042, 4.21, 42.1, 421, 4,210.</summary>
    public static string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            return None;
        }

        string form = Math.Abs(number) switch
        {
            >= 99.95 => "#,0",
            >= 9.995 => "0.#",
            >= 0.9995 => "0.##",
            >= 0.09995 => "0.###",
            _ => "0.####",
        };
        return number.ToString(form, CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes, in kB and MB of a thousand.</summary>
    public static string Bytes(double bytes)
    {
        return Math.Abs(bytes) switch
        {
            >= 999.5e9 => Number(bytes / 1e12) + " TB",
            >= 999.5e6 => Number(bytes / 1e9) + " GB",
            >= 999.5e3 => Number(bytes / 1e6) + " MB",
            >= 999.5 => Number(bytes / 1e3) + " kB",
            double.NaN => None,
            _ => Number(bytes) + " B",
        };
    }

    /// <summary>A time in milliseconds; negative for one that there is none of.</summary>
    public static string Milliseconds(double milliseconds) => Seconds(milliseconds / 1000);

    /// <summary>A time in seconds; negative for one that there is none of.</summary>
    public static string Seconds(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            return None;
        }

        if (seconds == 0)
        {
            return "0 s";
        }

        if (seconds < 0.9995)
        {
            return Number(seconds * 1000) + " ms";
        }

        if (seconds < 99.95)
        {
            return Number(seconds) + " s";
        }

        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time switch
        {
            { TotalHours: < 1 } => Parts((int)time.TotalMinutes, "min", time.Seconds, "s"),
            { TotalDays: < 1 } => Parts(time.Hours, "h", time.Minutes, "min"),
            _ => Parts((long)time.TotalDays, "d", time.Hours, "h"),
        };
    }

    private static string Parts(long large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{Count(large)} {largeUnit}" : $"{Count(large)} {largeUnit} {small} {smallUnit}";
}
