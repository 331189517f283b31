namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// Tells what a line is by what it says. Applications may write anything, so what only looks like a line of CLR or chip
/// can be text; such words count only where those write them.
/// </summary>
internal sealed class LineClassifier
{
    /// <summary>How lines of the firmware begin.</summary>
    public const string ReportPrefix = "wn ";

    private const string Banner = "nanoCLR (Build ";

    // The CLR's words while it starts, each a line of its own (nf-interpreter, CLRStartup).
    private static readonly string[] s_starting =
    [
        "Starting...", "Created EE.", "Started Hardware.", "Loading Deployment Assemblies.", "Resolving.", "Ready.",
    ];

    private static readonly string[] s_ending = ["Done.", "Exiting."];

    private static readonly string[] s_errors =
    [
        "wn error ", "Cannot find any entrypoint!", "Firmware version does not match managed code version",
        "Invalid native checksum: ", "Guru Meditation Error: ", "abort() was called at PC ", "Backtrace: 0x",
        "Backtrace:0x",
    ];

    private static readonly string[] s_rom =
    [
        "ets ", "rst:0x", "ESP-ROM:", "configsip: ", "clk_drv:0x", "mode:DIO, ", "mode:QIO, ", "load:0x", "entry 0x",
        "SPIWP:0x", "Saved PC:0x",
    ];

    private bool _started;
    private bool _starting;

    /// <summary>Judges a line that came after all those judged before.</summary>
    public LineKind Classify(in SerialLine line)
    {
        if (line.IsNoise)
        {
            return LineKind.Noise;
        }

        if (!line.Starts)
        {
            return LineKind.Text;
        }

        string text = line.Text;
        if (text.StartsWith(ReportPrefix, StringComparison.Ordinal))
        {
            // Half a report would be read as another one.
            return text.StartsWith("wn error ", StringComparison.Ordinal) ? LineKind.Error
                : line.IsWhole ? LineKind.Report : LineKind.Text;
        }

        ReadOnlySpan<char> words = text.AsSpan().Trim(' ');
        if (words.StartsWith(ClrException.Mark, StringComparison.Ordinal))
        {
            return ClrException.IsHead(words) ? LineKind.ExceptionHead
                : ClrException.IsMessage(words) ? LineKind.ExceptionMessage
                : ClrException.IsFrame(words) ? LineKind.StackFrame
                : LineKind.Text;
        }

        return words.StartsWith("Uncaught exception", StringComparison.Ordinal) ? LineKind.Uncaught : OfSystem(text);
    }

    private LineKind OfSystem(string text)
    {
        if (StartsWithAny(text, s_errors))
        {
            return LineKind.Error;
        }

        if (text.StartsWith(Banner, StringComparison.Ordinal) || text == s_starting[0])
        {
            _started = true;
            _starting = true;
            return LineKind.Clr;
        }

        if ((_starting && s_starting.Contains(text)) || (_started && s_ending.Contains(text)))
        {
            _starting &= text != s_starting[^1];
            return LineKind.Clr;
        }

        return text.StartsWith("Waiting for debug commands...", StringComparison.Ordinal) ? LineKind.Clr
            : StartsWithAny(text, s_rom) ? LineKind.Rom
            : LineKind.Text;
    }

    private static bool StartsWithAny(string text, string[] beginnings)
    {
        foreach (string beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
