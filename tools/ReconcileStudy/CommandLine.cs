using System.CommandLine;

namespace WhispurrNet.ReconcileStudy;

/// <summary>Options and what they start.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;
    private const int TrialsMax = 1000;

    /// <summary>Runs the program.</summary>
    /// <returns>0, or 2 for a wrong option.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        Option<int> trials = new("--trials")
        {
            DefaultValueFactory = _ => 10,
            Description = $"Situations of each kind, 1 to {TrialsMax}.",
        };
        trials.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > TrialsMax)
            {
                result.AddError($"--trials is 1 to {TrialsMax}.");
            }
        });
        Option<int> seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "Of everything random." };
        Option<string> scale = new("--scale") { DefaultValueFactory = _ => "both", Description = "boards, gateways or both." };
        scale.AcceptOnlyFromAmong("boards", "gateways", "both");
        Option<bool> json = new("--json") { Description = "Writes JSON." };
        RootCommand root = new("Measures ways for two nodes to find out which frames the other has not seen.")
        {
            trials, seed, scale, json,
        };
        root.SetAction(parsed =>
        {
            List<Measurement> measurements = [];
            foreach (Scale one in new[] { Scale.Boards, Scale.Gateways })
            {
                if (parsed.GetValue(scale) == one.Name || parsed.GetValue(scale) == "both")
                {
                    measurements.AddRange(Measure(one, parsed.GetValue(trials), parsed.GetValue(seed)));
                }
            }

            if (parsed.GetValue(json))
            {
                Report.WriteJson(Console.Out, measurements);
            }
            else
            {
                Report.WriteTables(Console.Out, measurements);
            }
        });
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return UsageExitCode;
        }

        return parsed.Invoke();
    }

    private static IEnumerable<Measurement> Measure(Scale scale, int trials, int seed)
    {
        foreach ((int[] differences, int gone) in new[] { (scale.Differences, 0), (scale.GoneDifferences, scale.Gone) })
        {
            foreach (Method method in scale.Methods)
            {
                Console.Error.WriteLine($"{scale.Name}: {method.Name}");
                foreach (int number in differences)
                {
                    yield return Measurement.Of(scale, method, number, gone, trials, seed);
                }
            }
        }
    }
}
