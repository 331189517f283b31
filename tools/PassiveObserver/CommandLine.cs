using System.CommandLine;
using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.PassiveObserver.Measure;

namespace WhispurrNet.PassiveObserver;

/// <summary>Options and what they start.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;
    private const int NodesMin = 12;
    private const int NodesMax = 60;
    private const int FramesMin = 100;

    /// <summary>Runs the program.</summary>
    /// <returns>0 when content and counters tell no more than they may, 1 when they do, 2 for a wrong option.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        var nodes = new Option<int>("--nodes")
        {
            DefaultValueFactory = _ => 20,
            Description = "Nodes of the mesh, 12 to 60; 8 of them are relays that look.",
        };
        var hours = new Option<double>("--hours") { DefaultValueFactory = _ => 48, Description = "Virtual hours, above 0." };
        var frames = new Option<int>("--frames")
        {
            DefaultValueFactory = _ => 8000,
            Description = "Frames of each kind for content and counters, 100 or more.",
        };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of everything random." };
        var json = new Option<bool>("--json") { Description = "Writes JSON." };
        foreach (Option<int> option in new[] { nodes, frames })
        {
            (int least, int most) = option == nodes ? (NodesMin, NodesMax) : (FramesMin, int.MaxValue);
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
                {
                    result.AddError($"{option.Name} is out of range.");
                }
            });
        }

        hours.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() > 0))
            {
                result.AddError("--hours must be above 0.");
            }
        });
        var root = new RootCommand("Measures what relays without keys can tell of the frames that they carry.")
        {
            nodes, hours, frames, seed, json,
        };
        root.SetAction(parsed =>
        {
            Observation observation = new(
                parsed.GetValue(nodes), parsed.GetValue(hours), parsed.GetValue(frames), parsed.GetValue(seed));
            Report report = observation.Run(Console.Error.WriteLine);
            if (parsed.GetValue(json))
            {
                report.WriteJson(Console.Out);
            }
            else
            {
                report.Write(Console.Out);
            }

            return report.IsWithinBound ? 0 : 1;
        });
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return UsageExitCode;
        }

        return parsed.Invoke();
    }
}
