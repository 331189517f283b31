using System.Globalization;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Options;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;

namespace WhispurrNet.Cli.Simulate;

/// <summary>
/// One thing that a run can be asked for, as people write it: an option, a name for <c>--vary</c>, and a part of the
/// line that repeats a run.
/// </summary>
internal sealed class SimulationParameter
{
    private const string On = "on";
    private const string Off = "off";

    private static readonly SimulationOptions s_default = new();

    private readonly Func<SimulationOptions, string> _read;
    private readonly Func<SimulationOptions, string, string, SimulationOptions> _set;

    private SimulationParameter(
        string name,
        string? helpName,
        string description,
        Func<SimulationOptions, string> read,
        Func<SimulationOptions, string, string, SimulationOptions> set)
    {
        Name = name;
        HelpName = helpName;
        Description = description;
        _read = read;
        _set = set;
    }

    /// <summary>The option's name without dashes.</summary>
    public string Name { get; }

    /// <summary>What stands for the value in help; null for a flag.</summary>
    public string? HelpName { get; }

    /// <summary>What help says, with range and default.</summary>
    public string Description { get; }

    /// <summary>Whether the option is there or not, without a value; values for <c>--vary</c> are on and off.</summary>
    public bool IsFlag => HelpName is null;

    /// <summary>Whether values are numbers.</summary>
    public bool IsNumber { get; private init; }

    /// <summary>A whole number.</summary>
    public static SimulationParameter Whole(
        string name,
        string helpName,
        string meaning,
        (int Min, int Max) range,
        Func<SimulationOptions, int> get,
        Func<SimulationOptions, int, SimulationOptions> set)
    {
        string Read(SimulationOptions options) => get(options).ToString(CultureInfo.InvariantCulture);
        return new SimulationParameter(
            name,
            helpName,
            $"{meaning}, {range.Min} to {range.Max} [default: {Read(s_default)}]",
            Read,
            (options, text, label) => set(options, GatewaySettings.ParseNumber(text, label, range.Min, range.Max)))
        {
            IsNumber = true,
        };
    }

    /// <summary>A number with or without a fraction.</summary>
    public static SimulationParameter Real(
        string name,
        string helpName,
        string meaning,
        (double Min, double Max) range,
        Func<SimulationOptions, double> get,
        Func<SimulationOptions, double, SimulationOptions> set)
    {
        // Without an exponent, which options do not take.
        string Write(double value) => value.ToString("0.##################", CultureInfo.InvariantCulture);
        return new SimulationParameter(
            name,
            helpName,
            $"{meaning}, {Write(range.Min)} to {Write(range.Max)} [default: {Write(get(s_default))}]",
            options => Write(get(options)),
            (options, text, label) => set(options, UpOptionSet.ParseReal(text, label, range.Min, range.Max)))
        {
            IsNumber = true,
        };
    }

    /// <summary>One of several names, those of an enumeration in small letters.</summary>
    public static SimulationParameter Choice<T>(
        string name,
        string meaning,
        Func<SimulationOptions, T> get,
        Func<SimulationOptions, T, SimulationOptions> set)
        where T : struct, Enum
    {
        string Write(T value) => value.ToString().ToLowerInvariant();
        return Choice(
            name,
            string.Join('|', Enum.GetValues<T>().Select(Write)),
            meaning,
            [.. Enum.GetValues<T>().Select(Write)],
            options => Write(get(options)),
            (options, text) => set(options, Enum.Parse<T>(text, ignoreCase: true)));
    }

    /// <summary>One of several names.</summary>
    public static SimulationParameter Choice(
        string name,
        string helpName,
        string meaning,
        IReadOnlyList<string> names,
        Func<SimulationOptions, string> get,
        Func<SimulationOptions, string, SimulationOptions> set)
    {
        return new SimulationParameter(
            name,
            helpName,
            $"{meaning} [default: {get(s_default)}]",
            get,
            (options, text, label) => names.Contains(text)
                ? set(options, text)
                : throw new SettingException(
                    $"{label} must be {string.Join(", ", names.SkipLast(1))} or {names[^1]}, not '{text}'."));
    }

    /// <summary>Something that is off unless it is asked for.</summary>
    public static SimulationParameter Flag(
        string name,
        string meaning,
        Func<SimulationOptions, bool> get,
        Func<SimulationOptions, bool, SimulationOptions> set)
    {
        return new SimulationParameter(
            name,
            null,
            meaning,
            options => get(options) ? On : Off,
            (options, text, label) => text is On or Off
                ? set(options, text == On)
                : throw new SettingException($"{label} must be {On} or {Off}, not '{text}'."));
    }

    /// <summary>The value of a run, as it would be typed.</summary>
    public string Read(SimulationOptions options) => _read(options);

    /// <summary>The value of a run for programs: a number where it is one.</summary>
    public JsonNode ReadJson(SimulationOptions options)
    {
        string text = _read(options);
        return IsNumber ? JsonNode.Parse(text)! : IsFlag ? JsonValue.Create(text == On) : JsonValue.Create(text);
    }

    /// <summary>The options with another value.</summary>
    /// <param name="options">The others stay as they are.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="label">How a message names it.</param>
    /// <exception cref="SettingException">It is not one.</exception>
    public SimulationOptions Set(SimulationOptions options, string text, string label) => _set(options, text, label);

    /// <summary>Switches a flag on.</summary>
    public SimulationOptions SetOn(SimulationOptions options) => _set(options, On, "--" + Name);

    /// <summary>What to type for the value of a run; empty for what is so anyway.</summary>
    /// <param name="options">The run.</param>
    /// <param name="always">Whether to write a default too.</param>
    public string ToTyped(SimulationOptions options, bool always)
    {
        string text = _read(options);
        return !always && text == _read(s_default) ? string.Empty
            : !IsFlag ? $" --{Name} {text}"
            : text == On ? $" --{Name}"
            : string.Empty;
    }
}
