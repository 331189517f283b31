using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Cli.Simulate;

/// <summary>What a sweep varies, and every combination of it; the last one named varies fastest.</summary>
internal sealed class SweepGrid
{
    /// <summary>Most worlds of a sweep.</summary>
    public const int MaxWorlds = 10_000;

    private SweepGrid(
        IReadOnlyList<SimulationParameter> varied, IReadOnlyList<SimulationOptions> points, int seeds)
    {
        Varied = varied;
        Points = points;
        Seeds = seeds;
    }

    /// <summary>What is varied.</summary>
    public IReadOnlyList<SimulationParameter> Varied { get; }

    /// <summary>What is run at each point, with the first seed.</summary>
    public IReadOnlyList<SimulationOptions> Points { get; }

    /// <summary>Seeds of each point, 1 or more.</summary>
    public int Seeds { get; }

    /// <summary>Every world: all seeds of the first point, then of the second.</summary>
    public IReadOnlyList<SimulationOptions> Worlds =>
        [.. Points.SelectMany(point => Enumerable.Range(0, Seeds).Select(i => point with { Seed = point.Seed + i }))];

    /// <summary>Reads what is to be varied.</summary>
    /// <param name="options">What stays the same.</param>
    /// <param name="given">Names of the options that were given, which cannot be varied too.</param>
    /// <param name="vary">As typed: <c>name=v1,v2,v3</c>.</param>
    /// <param name="seeds">Seeds of each point.</param>
    /// <exception cref="SettingException">One of them is not right.</exception>
    public static SweepGrid Parse(
        SimulationOptions options, IReadOnlyCollection<string> given, IReadOnlyList<string> vary, int seeds)
    {
        var varied = new List<SimulationParameter>();
        IReadOnlyList<SimulationOptions> points = [options];
        foreach (string text in vary)
        {
            (SimulationParameter parameter, string[] values) = ParseOne(text);
            string name = parameter.Name;
            if (varied.Contains(parameter) || given.Contains(name))
            {
                throw new SettingException(given.Contains(name)
                    ? $"--vary {name} and --{name} exclude each other."
                    : $"--vary {name} was given twice: write all of its values in one.");
            }

            if (name == "seed" && seeds > 1)
            {
                throw new SettingException("--vary seed and --seeds exclude each other.");
            }

            varied.Add(parameter);
            points = [.. points.SelectMany(point => values.Select(v => parameter.Set(point, v, $"--vary {name}")))];
            if ((long)points.Count * seeds > MaxWorlds)
            {
                throw new SettingException($"A sweep must have at most {MaxWorlds} worlds, points times seeds.");
            }
        }

        if (points.Any(point => point.Seed > int.MaxValue - (seeds - 1)))
        {
            throw new SettingException($"--seed must leave room for {seeds} seeds up to {int.MaxValue}.");
        }

        return new SweepGrid(varied, [.. points.Select(SimulationParameters.Complete)], seeds);
    }

    /// <summary>The values that are varied, at one point.</summary>
    public JsonObject ReadPoint(SimulationOptions point) =>
        new(Varied.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, p.ReadJson(point))));

    /// <summary>The same for people: <c>loss=0.1 nodes=100</c>.</summary>
    public string Describe(SimulationOptions point) => Varied.Count == 0
        ? OptionTable.Describe(point)
        : string.Join(' ', Varied.Select(parameter => $"{parameter.Name}={parameter.Read(point)}"));

    private static (SimulationParameter Parameter, string[] Values) ParseOne(string text)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        string[] values = parts.Length < 2 ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries);
        if (values.Length == 0 || values.Any(value => value.Length == 0))
        {
            throw new SettingException($"--vary must be a name and its values such as loss=0,0.1,0.2, not '{text}'.");
        }

        SimulationParameter? parameter = SimulationParameters.All.FirstOrDefault(p => p.Name == parts[0]);
        return parameter is null
            ? throw new SettingException(
                $"--vary takes the name of an option without its dashes, such as loss or nodes, not '{parts[0]}'.")
            : (parameter, values);
    }
}
