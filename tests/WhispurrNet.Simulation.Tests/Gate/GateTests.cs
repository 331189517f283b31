using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Simulation.Tests.Gate;

/// <summary>
/// Fixed seeds and worlds: nothing wrong happens in any, and none delivers less, later, for more bytes, or with more false
/// acknowledgements than was recorded. Runs are deterministic, so that the margin is for small changes of mind only.
/// </summary>
public class GateTests
{
    private const double Margin = 0.05;

    /// <summary>Two deliveries in a thousand: a change of the order of random draws may move so much.</summary>
    private const double DeliveryMargin = 0.002;

    private static readonly Dictionary<string, SimulationOptions> Worlds = new()
    {
        ["line"] = new() { Nodes = 30, Topology = TopologyKind.Line, Loss = 0.1, Whispers = 10 },
        ["grid"] = new() { Nodes = 100, Topology = TopologyKind.Grid, Loss = 0.1, Whispers = 10 },
        ["random"] = new() { Nodes = 200, Loss = 0.3, Whispers = 10 },
        ["small boards"] = new() { Nodes = 60, Size = BoardSize.Small, Loss = 0.1, Whispers = 10, Rate = 0.5 },
        ["busy"] = new() { Nodes = 60, Size = BoardSize.Both, Loss = 0.1, Whispers = 60, Rate = 2 },
        ["coming and going"] = new()
        {
            Nodes = 100, Topology = TopologyKind.Clusters, Loss = 0.2, Churn = 0.3, PartitionSeconds = 300, Whispers = 20,
            HealAfterLast = true,
        },
        ["everything wrong"] = new()
        {
            Nodes = 60, Topology = TopologyKind.Mobile, Loss = 0.1, Churn = 0.2, Corruption = 0.001, OneWay = 0.05,
            PartitionSeconds = 200, Gateways = 2, Liars = 0.1, ClockError = 100, Whispers = 20, HealAfterLast = true,
            Traffic = TrafficKind.Mixed, Cards = true,
        },
        ["direct"] = new()
        {
            Nodes = 60, Degree = 6, Traffic = TrafficKind.Direct, Cards = true, Whispers = 20, WarmUpSeconds = 900, Loss = 0.1,
        },
        ["overload"] = new()
        {
            Nodes = 60, Whispers = 1200, Rate = 60, Emergencies = 10, DurationSeconds = 3000, StopWhenDone = false,
        },
    };

    public static TheoryData<string> Names => [.. Worlds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingBecomesWorse(string name)
    {
        SimulationReport report = Run(Worlds[name]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"delivery {report.Delivery:P2}, p95 {report.P95LatencyMs} ms, {report.BytesPerDelivery:F0} B, {report.WallSeconds:F1} s");

        Assert.Empty(report.Violations);
        Assert.Equal(0, report.LostSilently);
        Assert.Equal(0, report.FalseAcks);
        if (Worlds[name].HealAfterLast)
        {
            Assert.True(report.Converged);
        }

        AtLeast($"{name}: delivery", report.Delivery, DeliveryMargin);
        AtLeast($"{name}: acknowledged", report.AckDelivery, DeliveryMargin);
        AtMost($"{name}: p95 ms", report.P95LatencyMs);
        AtMost($"{name}: bytes a delivery", report.BytesPerDelivery);
        if (name == "overload")
        {
            AtLeast($"{name}: goodput", report.Goodput, Margin * report.Goodput);
            AtLeast($"{name}: emergencies", report.EmergencyDelivery, DeliveryMargin);
            AtMost($"{name}: emergencies p95 ms", report.EmergencyP95Ms);
            Assert.True(report.Congested > 1000);
        }
    }

    /// <summary>Bytes and time of everybody else in one of these worlds.</summary>
    [Fact]
    public void NobodyElseDeliversAsMuchForLess()
    {
        SimulationOptions world = new() { Nodes = 100, Loss = 0.1, Whispers = 20 };
        SimulationReport ours = Run(world);
        foreach (string strategy in StrategyNames.All.Where(s => s != StrategyNames.Whispurr))
        {
            SimulationReport theirs = Run(world with { Strategy = strategy });
            Assert.True(theirs.Delivery < ours.Delivery || theirs.BytesPerDelivery > 1.2 * ours.BytesPerDelivery, strategy);
            Assert.True(theirs.Delivery < ours.Delivery || theirs.P95LatencyMs > ours.P95LatencyMs, strategy);
        }
    }

    private static void AtLeast(string name, double value, double margin)
    {
        if (Floors.IsRecording)
        {
            Floors.Record(name, value);
        }

        Assert.True(value >= Floors.Number(name) - margin, $"{name}: {value}, recorded {Floors.Text(name)}");
    }

    private static void AtMost(string name, double value)
    {
        if (Floors.IsRecording)
        {
            Floors.Record(name, value);
        }

        Assert.True(value <= Floors.Number(name) * (1 + Margin), $"{name}: {value}, recorded {Floors.Text(name)}");
    }

    private static SimulationReport Run(SimulationOptions options)
    {
        return Simulator.Run(options, cancellation: TestContext.Current.CancellationToken);
    }
}
