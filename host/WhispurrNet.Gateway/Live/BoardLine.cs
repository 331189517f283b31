using System.Globalization;

namespace WhispurrNet.Gateway.Live;

/// <summary>
/// Reads the lines that a board prints about itself; each starts with <c>wn</c>. A line is what a serial port
/// delivered, so anything that does not fit is no report, never an error.
/// </summary>
public static class BoardLine
{
    private const int FrameIdDigits = 16;
    private const int TagDigits = 8;

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>The report, or null when the line is none.</returns>
    public static NodeReport? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[0] != "wn")
        {
            return null;
        }

        return words[1] switch
        {
            "boot" => ParseBoot(words),
            "identity" => IsIdentity(words[2..]) ? new IdentityReport(words[2]) : null,
            "contact" => IsIdentity(words[2..]) ? new ContactReport(words[2]) : null,
            "link" => ParseLink(words),
            "frame" => ParseFrame(words),
            "whisper" => ParseWhisper(words),
            "sent" => ParseSent(words),
            "status" => ParseStatus(words),
            "selftest" or "wifi" when words.Length > 2 => new StateReport(words[1], words[2]),
            "stats" => new StatisticsReport(ReadNumbers(words)),
            "error" => ParseError(line),
            _ => null,
        };
    }

    private static BootReport? ParseBoot(string[] words)
    {
        bool known = Value(words, "name") is not null
            & Value(words, "identity") is not null
            & int.TryParse(Value(words, "frame"), NumberStyles.None, CultureInfo.InvariantCulture, out int frameSize);
        return known
            ? new BootReport(
                Value(words, "name")!,
                Value(words, "identity")!,
                Value(words, "size") ?? "small",
                frameSize,
                Value(words, "network") == "member")
            : null;
    }

    private static NodeReport? ParseLink(string[] words)
    {
        if (words.Length < 5 || !IsHex(words[2], TagDigits))
        {
            return null;
        }

        return words[3] switch
        {
            "ble" or "ws" when words.Length >= 6 && words[5] == "open" && words[4] is "in" or "out" =>
                new LinkOpenedReport(words[2], words[3] == "ble", words[4] == "out"),
            "closed" => new LinkClosedReport(words[2], words[4]),
            _ => null,
        };
    }

    private static NodeReport? ParseFrame(string[] words)
    {
        if (words.Length < 5 || !IsHex(words[2], FrameIdDigits) || !IsHex(words[4], TagDigits))
        {
            return null;
        }

        return words[3] switch
        {
            "sent" => new FrameSentReport(words[2], words[4]),
            "stored" when words.Length >= 7
                && int.TryParse(Value(words, "hops"), NumberStyles.None, CultureInfo.InvariantCulture, out int hops) =>
                new FrameStoredReport(words[2], words[4], words[5] == "own", hops),
            _ => null,
        };
    }

    private static WhisperReadReport? ParseWhisper(string[] words)
    {
        bool known = words.Length >= 7
            & IsHex(words.ElementAtOrDefault(2), FrameIdDigits)
            & WhisperKinds.IsKind(words.ElementAtOrDefault(3))
            & int.TryParse(Value(words, "bytes"), NumberStyles.None, CultureInfo.InvariantCulture, out int bytes);
        return known
            ? new WhisperReadReport(
                words[2],
                words[3],
                Intent(words),
                Value(words, "from") ?? string.Empty,
                bytes,
                words[3] == WhisperKinds.Direct && words[^1] == "proven")
            : null;
    }

    private static WhisperSentReport? ParseSent(string[] words)
    {
        bool known = words.Length >= 4 && IsHex(words[2], FrameIdDigits) && WhisperKinds.IsKind(words[3]);
        string? id = Value(words, "id");
        return known
            ? new WhisperSentReport(
                words[2], words[3], Intent(words), Value(words, "to"), IsHex(id, FrameIdDigits) ? id : null)
            : null;
    }

    private static WhisperStatusReport? ParseStatus(string[] words)
    {
        bool known = words.Length >= 4
            && IsHex(words[2], FrameIdDigits)
            && words[3] is ("relayed" or "delivered" or "expired");
        return known ? new WhisperStatusReport(words[2], words[3]) : null;
    }

    private static ErrorReport? ParseError(string line)
    {
        const string Mark = "error ";
        int at = line.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : new ErrorReport(line[(at + Mark.Length)..].Trim());
    }

    private static Dictionary<string, long> ReadNumbers(string[] words)
    {
        var numbers = new Dictionary<string, long>();
        foreach (string word in words.AsSpan(2))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0
                && long.TryParse(
                    word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                numbers[word[..equals]] = value;
            }
        }

        return numbers;
    }

    private static string? Intent(string[] words) => Value(words, "intent") is { } name && name != "-" ? name : null;

    private static bool IsIdentity(string[] words) => words.Length == 1 && IdentityName.IsWhole(words[0]);

    private static bool IsHex(string? word, int digits) =>
        word?.Length == digits && word.All(char.IsAsciiHexDigitLower);

    private static string? Value(string[] words, string name)
    {
        foreach (string word in words)
        {
            if (word.Length > name.Length
                && word[name.Length] == '='
                && word.StartsWith(name, StringComparison.Ordinal))
            {
                return word[(name.Length + 1)..];
            }
        }

        return null;
    }
}
