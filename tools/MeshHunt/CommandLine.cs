using System.CommandLine;
using WhispurrNet.Simulation;

namespace WhispurrNet.MeshHunt;

/// <summary>What can be asked for.</summary>
internal static class CommandLine
{
    /// <summary>The command.</summary>
    public static RootCommand Create()
    {
        Option<double> minutes = new("--minutes")
        {
            Description = "How long to look, minutes", DefaultValueFactory = _ => 10,
        };
        Option<int> seed = new("--seed") { Description = "The first world's seed", DefaultValueFactory = _ => 1000 };
        RootCommand root = new("Runs worlds that nobody has chosen, each from its seed, until one breaks what must hold.")
        {
            minutes, seed,
        };
        root.SetAction((result, token) => Task.FromResult(Hunt(result.GetValue(minutes), result.GetValue(seed), token)));
        return root;
    }

    private static int Hunt(double minutes, int firstSeed, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow.AddMinutes(minutes);
        int next = firstSeed - 1;
        int worlds = 0;
        int broken = 0;
        Lock gate = new();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (DateTime.UtcNow < end && !cancellation.IsCancellationRequested)
            {
                SimulationOptions options = WorldMaker.Make(Interlocked.Increment(ref next));
                string? wrong = Judge.WhatIsWrong(Simulator.Run(options, cancellation: cancellation));
                lock (gate)
                {
                    worlds++;
                    if (wrong != null)
                    {
                        broken++;
                        Console.WriteLine(ReadyMadeTest.Of(options, wrong));
                    }
                }
            }
        });
        Console.WriteLine($"{worlds} worlds from seed {firstSeed}, {broken} broken");
        return broken == 0 ? 0 : 1;
    }
}
