using System.Text;
using WhispurrNet.Board;
using WhispurrNet.Board.Platform;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Provision;

/// <summary>The settings file of a board in the making, checked by the board's own code.</summary>
internal sealed class SettingsDraft
{
    /// <summary>What the text of a network's QR code begins with; the join code follows.</summary>
    public const string QrPrefix = "WHISPURRNET:NETWORK:1:";

    /// <summary>Most bytes that a board reads.</summary>
    public const int MaxBytes = 4096;

    private static readonly string[] s_secrets = ["join", "password"];
    private static readonly string[] s_ownKeys =
    [
        "name", "join", "gateway", "intents", "size", "frame", "ssid", "password", "led", "provision", "serial",
        "stealth", "trace",
    ];

    private readonly BoardSettings _settings;

    /// <summary>Begins with a file's text, or with nothing.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="changes">Keys and values that are to be set; keys that are the board's own or an application's.</param>
    /// <exception cref="SettingException">The board would refuse a line or a value.</exception>
    public SettingsDraft(string? text, IReadOnlyList<KeyValuePair<string, string>> changes)
    {
        string[] keys = [.. KeysOf(text).Concat(changes.Select(c => c.Key)).Except(s_ownKeys).Distinct()];
        try
        {
            _settings = new BoardSettings(keys);
        }
        catch (ArgumentException)
        {
            throw new SettingException("A board's application has at most 8 keys of its own.");
        }

        if (text is not null)
        {
            _settings.Parse(text);
            if (_settings.Errors is [var first, ..])
            {
                throw new SettingException($"--settings: {first.Replace("; it is ignored", string.Empty)}.");
            }
        }

        foreach ((string key, string value) in changes)
        {
            string trimmed = key == "join" ? FromQr(value) : value;
            if (_settings.Change(key, trimmed) is { } problem)
            {
                throw new SettingException($"The board {Lower(problem)}.");
            }

            Changed.Add(key);
        }
    }

    /// <summary>Keys that were set.</summary>
    public List<string> Changed { get; } = [];

    /// <summary>The board's name.</summary>
    public string Name => _settings.Name;

    /// <summary>Whether the board is a member of a network.</summary>
    public bool IsMember => _settings.IsMember;

    /// <summary>The file, closed by its seal; secrets included.</summary>
    /// <exception cref="SettingException">It is longer than a board reads.</exception>
    public byte[] ToFile()
    {
        byte[] file = FileSeal.Add(Encoding.UTF8.GetBytes(_settings.ToText()));
        return file.Length <= MaxBytes ? file : throw new SettingException($"The settings are above {MaxBytes} bytes.");
    }

    /// <summary>The lines with secrets masked.</summary>
    public IReadOnlyList<string> ToMaskedLines() =>
    [
        .. _settings.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            string key = line[..line.IndexOf('=')];
            bool isSecret = s_secrets.Contains(key) && line != "join=public";
            return isSecret ? $"{key}=********" : line;
        }),
    ];

    private static string FromQr(string text)
    {
        text = text.Trim();
        return text.StartsWith(QrPrefix, StringComparison.OrdinalIgnoreCase) ? text[QrPrefix.Length..] : text;
    }

    private static string Lower(string problem) => problem.StartsWith("has ", StringComparison.Ordinal)
        ? $"refuses this: it {problem}"
        : problem;

    private static IEnumerable<string> KeysOf(string? text) => (text ?? string.Empty)
        .Split('\n')
        .Select(line => line.TrimStart('\uFEFF').Trim())
        .Where(line => !line.StartsWith('#') && line.IndexOf('=') > 0)
        .Select(line => line[..line.IndexOf('=')].Trim());
}
