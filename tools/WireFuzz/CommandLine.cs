using System.CommandLine;
using System.Diagnostics;

namespace WhispurrNet.WireFuzz;

/// <summary>Options and what the program prints.</summary>
internal static class CommandLine
{
    private const int UsageExitCode = 2;
    private const long DefaultInputs = 10_000_000;
    private const int InputsPerSeed = 10_000;

    /// <summary>Runs the program.</summary>
    /// <returns>0 if nothing was found, 1 if something was, 2 if an option is wrong.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        Option<long?> inputs = new("--inputs") { Description = $"How many inputs; {DefaultInputs} unless told else." };
        Option<int?> seed = new("--seed") { Description = $"First seed; the next follow {InputsPerSeed} inputs later." };
        Option<bool> speed = new("--speed") { Description = "Measure how fast the decoder is instead." };
        RootCommand root = new("Feeds the decoder of the wire protocol text, packets and damage.") { inputs, seed, speed };
        root.Validators.Add(result =>
        {
            if (result.GetValue(inputs) is <= 0)
            {
                result.AddError("--inputs takes a number above 0.");
            }
        });
        root.SetAction(parsed => parsed.GetValue(speed)
            ? DecoderSpeed.Measure()
            : Fuzz(parsed.GetValue(inputs) ?? DefaultInputs, parsed.GetValue(seed) ?? Random.Shared.Next()));
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine(result.Errors[0].Message);
            return UsageExitCode;
        }

        return result.Invoke();
    }

    private static int Fuzz(long inputs, int firstSeed)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long packets = 0;
        long bytes = 0;
        int seed = firstSeed;
        for (long done = 0; done < inputs; seed = unchecked(seed + 1))
        {
            var fuzz = new DecoderFuzz(seed);
            for (int i = 0; i < InputsPerSeed && done < inputs; i++, done++)
            {
                try
                {
                    fuzz.RunOne();
                }
                catch (FuzzFailure failure)
                {
                    Console.Error.WriteLine($"Seed {seed}, input {i}: {failure.Message}");
                    return 1;
                }
            }

            packets += fuzz.Packets;
            bytes += fuzz.Bytes;
        }

        Console.WriteLine(
            $"{inputs:N0} inputs, {bytes:N0} bytes, {packets:N0} packets in {watch.Elapsed.TotalSeconds:F0} s, "
            + $"seeds from {firstSeed}; no byte lost.");
        return 0;
    }
}
