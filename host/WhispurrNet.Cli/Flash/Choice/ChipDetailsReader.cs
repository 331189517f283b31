using System.Globalization;
using System.Text.RegularExpressions;

namespace WhispurrNet.Cli.Flash.Choice;

/// <summary>Reads the lines after "Connected to:": chip, features, flash, PSRAM, crystal, address.</summary>
internal sealed partial class ChipDetailsReader
{
    private string? _type;
    private string _name = string.Empty;
    private string _features = string.Empty;
    private string _flash = string.Empty;
    private string _crystal = string.Empty;
    private int? _psram;

    /// <summary>The chip, once its last line was taken.</summary>
    public ChipDetails? Details { get; private set; }

    /// <summary>Takes a line.</summary>
    /// <returns>Whether it belongs to the chip.</returns>
    public bool Take(string line)
    {
        if (_type is null)
        {
            Match first = First().Match(line);
            _type = first.Success ? first.Groups["type"].Value : null;
            _name = first.Groups["name"].Success ? first.Groups["name"].Value : first.Groups["type"].Value;
            return first.Success;
        }

        if (After(line, "Features ") is { } features)
        {
            _features = features;
        }
        else if (After(line, "Flash size ") is { } flash)
        {
            _flash = flash.Split(' ')[0];
        }
        else if (After(line, "PSRAM: ") is { } psram)
        {
            _psram = Megabytes().Match(psram) is { Success: true } size
                ? int.Parse(size.Groups["size"].Value, CultureInfo.InvariantCulture)
                : psram.StartsWith("not available", StringComparison.Ordinal) ? 0 : null;
        }
        else if (After(line, "Crystal ") is { } crystal)
        {
            _crystal = crystal;
        }
        else if (After(line, "MAC ") is { } mac)
        {
            Details = new ChipDetails(_type, _name, _features, _flash, _psram, _crystal, mac);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static string? After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..].Trim() : null;

    // ESP32 (ESP32-D0WD-V3 (revision v3.1))
    [GeneratedRegex(@"^(?<type>ESP32(-[A-Z]\d+)?)( \((?<name>.+)\))?$")]
    private static partial Regex First();

    [GeneratedRegex(@"^(?<size>\d{1,4})MB")]
    private static partial Regex Megabytes();
}
