using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Tests;

/// <summary>Reports as runs yield them, without a run: the same numbers every time.</summary>
internal static class SampleReports
{
    /// <summary>A report in which all went well, with every curve and list filled.</summary>
    /// <param name="options">What was asked for; the lists are as long as there are whispers and boards.</param>
    /// <param name="medianSeconds">Median of the latencies, about which everything else is chosen.</param>
    /// <param name="delivery">Share of the pairs in which a whisper arrived.</param>
    public static SimulationReport Create(
        SimulationOptions? options = null, double medianSeconds = 48, double delivery = 0.9987)
    {
        options ??= new SimulationOptions();
        var random = new Random(options.Seed);
        int addressees = options.Traffic == TrafficKind.Direct ? 1 : options.Nodes - 1;
        long pairs = (long)options.Whispers * addressees;
        long delivered = (long)(pairs * delivery);
        double[] latencies = LogNormal(random, 800, medianSeconds, 0.8);
        double[] energy = [.. LogNormal(random, options.Nodes, 11, 0.6).Select(charge => 82 + charge)];
        WhisperLine[] whispers =
            [.. Enumerable.Range(0, options.Whispers).Select(i => Line(options, i, addressees, random))];
        double end = options.WarmUpSeconds + (options.Whispers * 60 / options.Rate) + (4 * medianSeconds);
        return new SimulationReport
        {
            Options = options,
            Trace = $"{options.Seed:x8}{random.NextInt64():x16}".PadRight(64, '5'),
            Delivery = delivery,
            DeliveryOfAll = delivery * 0.991,
            Pairs = pairs,
            PairsConnected = (long)(pairs * 0.991),
            PairsDelivered = delivered,
            AckDelivery = options.Traffic == TrafficKind.Broadcast ? 1 : 0.96,
            FalseAcks = 0,
            P50LatencyMs = (long)(latencies[400] * 1000),
            P95LatencyMs = (long)(latencies[760] * 1000),
            MeanHops = 3.62,
            BytesPerDelivery = whispers.Length == 0 ? double.NaN : whispers.Average(line => line.Bytes),
            BytesPerDeliverySinceFirst = 2114.5,
            ContactsPerDelivery = whispers.Length == 0 ? double.NaN : whispers.Average(line => line.Contacts),
            OfferedLoad = options.Rate,
            Goodput = options.Rate * delivery,
            Accepted = options.Whispers,
            Congested = 2,
            EmergencyP95Ms = options.Traffic == TrafficKind.Mixed ? 61_000 : 0,
            EmergencyDelivery = 1,
            Converged = true,
            Violations = [],
            LostReported = 3,
            LostSilently = 0,
            Bytes = new ByteCounts(4_812_344, 0, 1_204_992, 812_000, 9_331_200),
            Contacts = new ContactCounts(5_214, 5_102, 377, 2_990),
            EnergyMahPerDay = energy.Average(),
            EnergyMahPerDayMax = energy[^1],
            EnergyByNode = energy,
            LatencyCurve = [.. latencies.Select((s, i) => new CurvePoint(s, (i + 1) / 800.0 * delivery))],
            DeliveryOverTime = OverTime(whispers, latencies, delivery, end),
            Hops = [0, 812, 1404, 1633, 1190, 722, 301, 95, 21, 2],
            Whispers = whispers,
            SimulatedSeconds = end,
            Events = 1_482_113,
            WallSeconds = 3.42,
            BytesPerNode = 61_440,
        };
    }

    /// <summary>A report of a run in which nothing happened at all: no lists, and what is divided by deliveries is 0
    /// or no number.</summary>
    public static SimulationReport CreateEmpty()
    {
        return Create(new SimulationOptions { Nodes = 2 }, delivery: 0) with
        {
            P50LatencyMs = 0,
            P95LatencyMs = 0,
            PairsConnected = 0,
            MeanHops = 0,
            BytesPerDelivery = 0,
            ContactsPerDelivery = double.NaN,
            EnergyByNode = [],
            LatencyCurve = [],
            DeliveryOverTime = [],
            Hops = [],
            Whispers = [],
            Converged = false,
        };
    }

    private static WhisperLine Line(SimulationOptions options, int number, int addressees, Random random)
    {
        string kind = options.Traffic switch
        {
            TrafficKind.Broadcast => "broadcast",
            TrafficKind.Direct => "direct",
            _ => (number % 5) switch { 3 => "direct", 4 => "emergency", _ => "broadcast" },
        };
        double cost = Math.Exp(Normal(random) * 0.35);
        return new WhisperLine(
            number,
            kind,
            random.Next(options.Nodes),
            (long)((options.WarmUpSeconds + (number * 60 / options.Rate)) * 1000),
            addressees,
            addressees,
            random.Next(60_000, 400_000),
            kind == "direct",
            (kind == "direct" ? 6_000 : 2_400) * cost,
            (kind == "direct" ? 4.1 : 1.3) * cost);
    }

    private static List<CurvePoint> OverTime(WhisperLine[] whispers, double[] latencies, double delivery, double end)
    {
        var points = new List<CurvePoint> { new(0, 0) };
        for (int i = 1; i <= 300 && whispers.Length > 0; i++)
        {
            double now = end * i / 300;
            double arrived = whispers.Average(line => latencies.Count(s => (line.SentMs / 1000.0) + s <= now) / 800.0);
            points.Add(new CurvePoint(now, arrived * delivery));
        }

        return points;
    }

    private static double[] LogNormal(Random random, int count, double median, double width) =>
        [.. Enumerable.Range(0, count).Select(_ => median * Math.Exp(Normal(random) * width)).Order()];

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
