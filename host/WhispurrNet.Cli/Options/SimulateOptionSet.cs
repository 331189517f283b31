using System.CommandLine;
using System.CommandLine.Parsing;
using WhispurrNet.Cli.Simulate;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;

namespace WhispurrNet.Cli.Options;

/// <summary>The options of <c>simulate</c>.</summary>
internal sealed class SimulateOptionSet
{
    private const int MaxSeeds = 1000;
    private const int MaxJobs = 256;

    private readonly List<(SimulationParameter Parameter, Option<string?> Option)> _values = [];
    private readonly List<(SimulationParameter Parameter, Option<bool> Option)> _flags = [];

    private readonly Option<bool> _compare = new("--compare")
    {
        Description = "Run every strategy in the same world, and print one table; what others than the boards' own lose "
            + "is no failure",
    };

    private readonly Option<bool> _sweep = new("--sweep")
    {
        Description = "Run a world for every combination of what --vary names, and print a line for each",
    };

    private readonly Option<string[]> _vary = new("--vary")
    {
        Description = "With --sweep: an option without its dashes and the values it takes, as in loss=0,0.1,0.2; may "
            + "be given several times [default: none]",
        HelpName = "NAME=V1,V2",
    };

    private readonly Option<string?> _seeds = new("--seeds")
    {
        Description = $"With --sweep: seeds of each point from --seed on, 1 to {MaxSeeds}; medians are printed "
            + "[default: 1]",
        HelpName = "N",
    };

    private readonly Option<string?> _jobs = new("--jobs")
    {
        Description = $"With --sweep and --compare: worlds at the same time, 1 to {MaxJobs} "
            + "[default: one for each core]",
        HelpName = "N",
    };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write a page with plots and tables to a file; not with --sweep [default: none]",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (SimulationParameter parameter in SimulationParameters.All)
        {
            if (parameter.IsFlag)
            {
                var flag = new Option<bool>("--" + parameter.Name) { Description = parameter.Description };
                _flags.Add((parameter, flag));
                command.Options.Add(flag);
            }
            else
            {
                var value = new Option<string?>("--" + parameter.Name)
                {
                    Description = parameter.Description,
                    HelpName = parameter.HelpName,
                };
                _values.Add((parameter, value));
                command.Options.Add(value);
            }
        }

        foreach (Option option in new Option[] { _compare, _sweep, _vary, _seeds, _jobs, _html })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    /// <exception cref="SettingException">One of them is not right.</exception>
    public SimulateChoice Read(ParseResult parsed)
    {
        var options = new SimulationOptions();
        var given = new List<string>();
        foreach ((SimulationParameter parameter, Option<string?> option) in _values)
        {
            if (parsed.GetValue(option) is { } text)
            {
                options = parameter.Set(options, text, option.Name);
                given.Add(parameter.Name);
            }
        }

        foreach (SimulationParameter flag in _flags.Where(f => parsed.GetValue(f.Option)).Select(f => f.Parameter))
        {
            options = flag.SetOn(options);
            given.Add(flag.Name);
        }

        int jobs = parsed.GetValue(_jobs) is { } number
            ? GatewaySettings.ParseNumber(number, "--jobs", 1, MaxJobs)
            : Environment.ProcessorCount;
        bool compare = parsed.GetValue(_compare);
        SweepGrid? sweep = ReadSweep(parsed, options, given);
        if (compare && given.Contains("strategy"))
        {
            throw new SettingException("--compare runs every strategy; leave out --strategy.");
        }

        if (compare && sweep is not null)
        {
            throw new SettingException("--compare and --sweep exclude each other; --vary strategy=A,B is both.");
        }

        // A sweep completes its points: two options may fit at each of them and not before.
        SimulationOptions complete = sweep is null ? SimulationParameters.Complete(options) : options;
        return new SimulateChoice(complete, compare, sweep, jobs, ReadHtml(parsed, sweep is not null));
    }

    private SweepGrid? ReadSweep(ParseResult parsed, SimulationOptions options, List<string> given)
    {
        string[] vary = parsed.GetValue(_vary) ?? [];
        int? seeds = parsed.GetValue(_seeds) is { } text
            ? GatewaySettings.ParseNumber(text, "--seeds", 1, MaxSeeds)
            : null;
        if (!parsed.GetValue(_sweep))
        {
            return vary.Length > 0 ? throw new SettingException("--vary goes with --sweep.")
                : seeds is not null ? throw new SettingException("--seeds goes with --sweep.")
                : null;
        }

        return vary.Length == 0 && seeds is null
            ? throw new SettingException("Say what to sweep over: --vary NAME=V1,V2, --seeds N, or both.")
            : SweepGrid.Parse(options, given, vary, seeds ?? 1);
    }

    /// <summary>The page's file. That it cannot be written should not turn out after an hour.</summary>
    private string? ReadHtml(ParseResult parsed, bool isSweep)
    {
        if (parsed.GetValue(_html) is not { } file)
        {
            return null;
        }

        if (isSweep)
        {
            throw new SettingException("--html shows one run or --compare, not --sweep.");
        }

        string path = Path.GetFullPath(file);
        return Directory.Exists(path) ? throw new SettingException($"--html must be a file, not the folder '{file}'.")
            : Directory.Exists(Path.GetDirectoryName(path)) ? path
            : throw new SettingException($"There is no folder for the file '{file}'.");
    }
}

/// <summary>What a user of <c>simulate</c> chose.</summary>
/// <param name="Options">What to run.</param>
/// <param name="Compare">Whether to run every strategy.</param>
/// <param name="Sweep">What to vary; null for one run or a comparison.</param>
/// <param name="Jobs">Worlds at the same time.</param>
/// <param name="Html">Full path of the page to write; null for none.</param>
internal sealed record SimulateChoice(
    SimulationOptions Options, bool Compare, SweepGrid? Sweep, int Jobs, string? Html);
