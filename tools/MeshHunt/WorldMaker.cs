using WhispurrNet.Simulation;

namespace WhispurrNet.MeshHunt;

/// <summary>A world from a seed: which faults there are is drawn as well as how bad they are.</summary>
internal static class WorldMaker
{
    /// <summary>The world of a seed. All faults end with the last whisper, so that it must converge.</summary>
    public static SimulationOptions Make(int seed)
    {
        Random random = new(seed);
        return new SimulationOptions
        {
            Seed = seed,
            Nodes = random.Next(5, 81),
            Topology = Pick(random, Enum.GetValues<TopologyKind>()),
            Size = Pick(random, Enum.GetValues<BoardSize>()),
            Degree = random.Next(4, 13),
            Loss = Maybe(random, 0.3),
            Churn = Maybe(random, 0.4),
            OneWay = Maybe(random, 0.1),
            Corruption = Maybe(random, 0.002),
            Liars = Maybe(random, 0.2),
            PartitionSeconds = random.Next(2) * random.Next(60, 400),
            ClockError = random.Next(2) * random.Next(1, 200),
            Gateways = random.Next(3),
            WifiShare = 0.2,
            Traffic = Pick(random, Enum.GetValues<TrafficKind>()),
            Cards = true,
            WarmUpSeconds = 600,
            Whispers = random.Next(3, 16),
            Rate = 0.5 + random.NextDouble(),
            HealAfterLast = true,
        };
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    /// <summary>Nothing half of the time, and up to so much else.</summary>
    private static double Maybe(Random random, double most) => random.Next(2) * Math.Round(random.NextDouble() * most, 4);
}
