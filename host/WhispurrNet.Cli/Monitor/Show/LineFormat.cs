using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Writes items as lines with the time before each.</summary>
/// <param name="start">The time at which the monitor's clock was 0.</param>
/// <param name="withTime">Whether lines begin with the time.</param>
/// <param name="format">Of the time.</param>
/// <param name="styles">Colours, or null for none.</param>
internal sealed class LineFormat(DateTimeOffset start, bool withTime, string format, ItemStyles? styles)
{
    /// <summary>Time for somebody who looks on.</summary>
    public const string TimeOfDay = "HH:mm:ss.fff";

    /// <summary>Time for a file.</summary>
    public const string DateAndTime = "yyyy-MM-dd HH:mm:ss.fff";

    private long _timeMs = -1;
    private string _time = string.Empty;

    /// <summary>Writes an item.</summary>
    public void Write(TextWriter writer, MonitorItem item)
    {
        if (item is LineItem line)
        {
            WriteLine(writer, item.AtMs, item.Kind, line.Line.Text);
            return;
        }

        foreach (string text in ItemText.LinesOf(item))
        {
            WriteLine(writer, item.AtMs, item.Kind, text);
        }
    }

    /// <summary>Writes one line.</summary>
    public void WriteLine(TextWriter writer, long atMs, ItemKind kind, string text)
    {
        if (withTime)
        {
            writer.Write(TimeOf(atMs));
        }

        AnsiStyle? style = styles?[kind];
        writer.Write(style?.Before);
        writer.Write(text);
        writer.Write(style?.After);
        writer.Write('\n');
    }

    private string TimeOf(long atMs)
    {
        if (atMs != _timeMs)
        {
            // Many lines have the same time.
            _timeMs = atMs;
            string time = start.AddMilliseconds(atMs).ToLocalTime().ToString(
                format, System.Globalization.CultureInfo.InvariantCulture);
            _time = styles is null ? $"{time} " : $"{styles.Time.Before}{time}{styles.Time.After} ";
        }

        return _time;
    }
}
