using System.Text.RegularExpressions;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Which items are shown.</summary>
/// <param name="Kinds">The kinds; null for all.</param>
/// <param name="Include">What a text must match; null for anything.</param>
/// <param name="Exclude">What it must not match; null for nothing.</param>
internal sealed record ItemFilter(IReadOnlySet<ItemKind>? Kinds, Regex? Include, Regex? Exclude)
{
    /// <summary>Lets everything pass.</summary>
    public static readonly ItemFilter All = new(null, null, null);

    /// <summary>Reads a pattern. It is matched in a time that grows with the text only, whatever a board sends.</summary>
    /// <exception cref="SettingException">It is no pattern, or cannot be matched so.</exception>
    public static Regex? ParsePattern(string? pattern, string option)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SettingException(e is ArgumentException
                ? $"{option} takes a regular expression, which '{pattern}' is not."
                : $"{option} takes no lookaround, backreference or atomic group, as in '{pattern}'.");
        }
    }

    /// <summary>Reads names of kinds, commas between.</summary>
    /// <exception cref="SettingException">There is no such kind.</exception>
    public static IReadOnlySet<ItemKind>? ParseKinds(string? names)
    {
        return names?.Split(',', StringSplitOptions.TrimEntries)
            .Select(name => Enum.TryParse(name, ignoreCase: true, out ItemKind kind) && !char.IsAsciiDigit(name[0])
                ? kind
                : throw new SettingException($"--kind takes {KindNames}, not '{name}'."))
            .ToHashSet();
    }

    /// <summary>All kinds, as a user types them.</summary>
    public static string KindNames { get; } =
        string.Join(", ", Enum.GetNames<ItemKind>().Select(name => name.ToLowerInvariant()));

    /// <summary>Whether an item is shown. Patterns say nothing about what happens to the port.</summary>
    public bool Passes(MonitorItem item)
    {
        if (Kinds?.Contains(item.Kind) == false)
        {
            return false;
        }

        if ((Include is null && Exclude is null) || item is EventItem)
        {
            return true;
        }

        string text = string.Join('\n', ItemText.LinesOf(item));
        return Include?.IsMatch(text) != false && Exclude?.IsMatch(text) != true;
    }
}
