using System.CommandLine;
using System.Diagnostics;
using WhispurrNet.NoiseFuzz.Handshakes;
using WhispurrNet.NoiseFuzz.Links;

namespace WhispurrNet.NoiseFuzz;

/// <summary>Options and what the program prints.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;
    private const long DefaultRuns = 20_000;

    /// <summary>Runs the program.</summary>
    /// <returns>0 if nothing was found, 1 if something was, 2 if an option is wrong.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        Option<double?> minutes = new("--minutes") { Description = "How long to run." };
        Option<long?> runs = new("--runs") { Description = $"How many runs; {DefaultRuns} unless told otherwise." };
        Option<int?> seed = new("--seed") { Description = "Seed of the first run; each next one has the next." };
        Option<bool> links = new("--links") { Description = "Attack the links of two whole nodes instead." };
        RootCommand root = new("Attacks handshakes with every kind of wrong message.") { minutes, runs, seed, links };
        root.Validators.Add(result =>
        {
            if (result.GetValue(minutes) is <= 0 || result.GetValue(runs) is <= 0)
            {
                result.AddError("--minutes and --runs take a number above 0.");
            }
            else if (result.GetValue(minutes) is not null && result.GetValue(runs) is not null)
            {
                result.AddError("Give --minutes or --runs, not both.");
            }
        });
        root.SetAction(parsed => Fuzz(
            parsed.GetValue(minutes) is { } m ? TimeSpan.FromMinutes(m) : TimeSpan.MaxValue,
            parsed.GetValue(runs) ?? (parsed.GetValue(minutes) is null ? DefaultRuns : long.MaxValue),
            parsed.GetValue(seed) ?? Random.Shared.Next(),
            parsed.GetValue(links) ? LinkRun.Execute : HandshakeRun.Execute));
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine(result.Errors[0].Message);
            return UsageExitCode;
        }

        return result.Invoke();
    }

    private static int Fuzz(TimeSpan time, long runs, int firstSeed, Action<int, Tally> execute)
    {
        Tally tally = new();
        Stopwatch watch = Stopwatch.StartNew();
        int seed = firstSeed;
        long done = 0;
        for (; done < runs && watch.Elapsed < time; done++)
        {
            try
            {
                execute(seed, tally);
            }
            catch (FuzzFailure failure)
            {
                Console.Error.WriteLine($"Seed {seed}: {failure.Message}");
                return 1;
            }

            seed = unchecked(seed + 1);
        }

        foreach ((string what, long count) in tally.Counts)
        {
            Console.WriteLine($"{count,14:N0}  {what}");
        }

        Console.WriteLine($"{done:N0} runs in {watch.Elapsed.TotalMinutes:F1} minutes, seeds from {firstSeed}; nothing found.");
        return 0;
    }
}
