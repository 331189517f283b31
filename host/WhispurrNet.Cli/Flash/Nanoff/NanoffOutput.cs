using System.Globalization;
using System.Text.RegularExpressions;
using WhispurrNet.Cli.Flash.Choice;

namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>
/// Understands the text of nanoff, by its sources of 2026: steps as "Name...OK", progress lines that overwrite each
/// other, boxes of asterisks, and "Error E####: sentence". What it does not know it passes over.
/// </summary>
internal sealed partial class NanoffOutput(Action<NanoffEvent> tell)
{
    public const string ReadingChip = "Reading details from chip";
    public const string ReadingFlash = "Reading flash";
    public const string Erasing = "Erasing flash";
    public const string BackingUp = "Backup configuration";
    public const string Flashing = "Flashing firmware";
    public const string FlashingDeployment = "Flashing deployment partition";
    public const string Deploying = "Deploying managed application";
    public const string Rebooting = "Rebooting";

    private const int MaxBoxLines = 20;

    private static readonly HashSet<string> s_steps = new(StringComparer.Ordinal)
    {
        ReadingChip, ReadingFlash, Erasing, BackingUp, Flashing, FlashingDeployment, Deploying, Rebooting,
        "Downloading firmware package", "Getting details from nano device",
    };

    private readonly List<string> _box = [];
    private ChipDetailsReader? _chip;
    private bool _inBox;
    private string? _step;

    /// <summary>Takes a line, or a piece that the next one overwrites.</summary>
    public void Line(string line)
    {
        string text = line.Trim();
        if (Error().Match(text) is { Success: true } error)
        {
            tell(new NanoffEvent.Failed(error.Groups["code"].Value, error.Groups["text"].Value));
        }
        else if (text.StartsWith("Unhandled exception", StringComparison.Ordinal))
        {
            tell(new NanoffEvent.Failed(string.Empty, text));
        }
        else if (!ReadChip(text) && !ReadBox(text) && !ReadProgress(text) && !ReadStep(text))
        {
            ReadRest(text);
        }
    }

    /// <summary>Looks at a line that is not complete yet, for a step that has begun.</summary>
    public void Pending(string text)
    {
        if (Step().Match(text.Trim()) is { Success: true } match && match.Groups["rest"].Length == 0)
        {
            Begin(match.Groups["step"].Value);
        }
    }

    private bool ReadChip(string text)
    {
        if (text.StartsWith("Connected to:", StringComparison.Ordinal))
        {
            _chip = new ChipDetailsReader();
            return true;
        }

        if (_chip is null)
        {
            return false;
        }

        bool isOfChip = _chip.Take(text);
        if (_chip.Details is { } chip)
        {
            tell(new NanoffEvent.Connected(chip));
            _chip = null;
        }
        else if (!isOfChip)
        {
            _chip = null;
        }

        return isOfChip;
    }

    /// <summary>Warnings between rows of asterisks.</summary>
    private bool ReadBox(string text)
    {
        if (text.StartsWith("***", StringComparison.Ordinal) && !text.Contains("Hold down", StringComparison.Ordinal))
        {
            _inBox = !_inBox;
            if (!_inBox)
            {
                Box(string.Join(' ', _box));
            }

            _box.Clear();
            return true;
        }

        if (_inBox)
        {
            _box.Add(text.Trim('*', ' '));
            _inBox = _box.Count < MaxBoxLines;
        }

        return _inBox;
    }

    private void Box(string text)
    {
        if (text.Contains("'download mode'", StringComparison.Ordinal))
        {
            tell(new NanoffEvent.Ask("Press the board's reset button: it cannot be reset from here."));
        }
        else if (text.Length > 0)
        {
            tell(new NanoffEvent.Note(text));
        }
    }

    private bool ReadProgress(string text)
    {
        if (Writing().Match(text) is { Success: true } writing)
        {
            Progress(
                _step is Flashing or FlashingDeployment ? _step : Flashing,
                writing.Groups["percent"].Value,
                writing.Groups["address"].Value);
            return true;
        }

        if (Reading().Match(text) is { Success: true } reading)
        {
            Progress(
                reading.Groups["what"].Value == ReadingFlash ? ReadingFlash : BackingUp,
                reading.Groups["percent"].Value,
                null);
            return true;
        }

        return false;
    }

    private void Progress(string step, string percent, string? detail)
    {
        Begin(step);
        decimal share = decimal.Parse(percent, CultureInfo.InvariantCulture) / 100;
        tell(new NanoffEvent.Progress(step, (double)Math.Clamp(share, 0, 1), detail));
    }

    private bool ReadStep(string text)
    {
        // A step whose progress came between its name and its end.
        if (text == "OK" && _step is { } open)
        {
            End(open, good: true);
            return true;
        }

        Match match = Step().Match(text);
        if (!match.Success || !IsStep(match.Groups["step"].Value))
        {
            return false;
        }

        string step = match.Groups["step"].Value;
        Begin(step);
        switch (match.Groups["rest"].Value)
        {
            case "OK" or "FAILED!":
                End(step, match.Groups["rest"].Value == "OK");
                break;
            case { Length: > 0 } rest:
                // What came meanwhile follows in the same line.
                Line(rest);
                break;
        }

        return true;
    }

    private void ReadRest(string text)
    {
        if (text.Contains("Hold down the BOOT/FLASH button", StringComparison.Ordinal))
        {
            tell(new NanoffEvent.Ask("Hold down the board's BOOT button (some say FLASH) until it is found."));
        }
        else if (text.StartsWith("Flash backup saved to", StringComparison.Ordinal))
        {
            End(ReadingFlash, good: true);
        }
        else if (text == "FAILED!" && _step is { } open)
        {
            End(open, good: false);
        }
        else if (Notable().IsMatch(text))
        {
            tell(new NanoffEvent.Note(text.TrimEnd('.', ' ') + "."));
        }
    }

    private void Begin(string step)
    {
        if (_step != step && IsStep(step))
        {
            _step = step;
            tell(new NanoffEvent.Began(step));
        }
    }

    private void End(string step, bool good)
    {
        _step = null;
        tell(new NanoffEvent.Ended(step, good));
    }

    private static bool IsStep(string step) =>
        s_steps.Contains(step) || step.StartsWith("Extracting ", StringComparison.Ordinal);

    // The second form is that of fewer words, "-v minimal".
    [GeneratedRegex(@"^(Error (?<code>E\d{4})(: ?(?<text>.*))?|(?<code>E\d{4}))$")]
    private static partial Regex Error();

    [GeneratedRegex(@"^(?<step>[A-Z].*?)\.\.\.(?<rest>.*)$")]
    private static partial Regex Step();

    [GeneratedRegex(@"^Writing at (?<address>0x[0-9A-F]{8}) \[[=> ]*\] +(?<percent>\d{1,3}\.\d)% \d+/\d+ bytes")]
    private static partial Regex Writing();

    [GeneratedRegex(@"^(?<what>Reading flash|Backing up config partition)\.\.\. (?<percent>\d{1,3})%$")]
    private static partial Regex Reading();

    [GeneratedRegex(
        "^(Lost connection, retrying|Updating to |Using cached firmware package|No target name was provided"
        + "|Failure to download package|There's a mismatch|Can't connect to ESP32 bootloader)")]
    private static partial Regex Notable();
}
