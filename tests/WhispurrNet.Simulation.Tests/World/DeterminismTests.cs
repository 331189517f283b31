using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Tests.Gate;

namespace WhispurrNet.Simulation.Tests.World;

/// <summary>The same seed is the same run, byte for byte; another seed is another.</summary>
public class DeterminismTests
{
    private static readonly SimulationOptions Everything = new()
    {
        Nodes = 40, Topology = TopologyKind.Mobile, Size = BoardSize.Both, Loss = 0.2, Churn = 0.3, PartitionSeconds = 120,
        OneWay = 0.05, Corruption = 0.001, ClockError = 50, Liars = 0.1, Flooders = 1, Gateways = 2, WifiShare = 0.2,
        Traffic = TrafficKind.Mixed, Cards = true, Whispers = 10, Rate = 2, DurationSeconds = 700,
    };

    [Theory]
    [InlineData(StrategyNames.Whispurr)]
    [InlineData(StrategyNames.Gossipsub)]
    public void TheSameSeedIsTheSameRun(string strategy)
    {
        SimulationOptions options = Everything with { Strategy = strategy };
        string[] traces = new string[2];
        Parallel.For(0, 2, i => traces[i] = Run(options).Trace);

        Assert.Equal(traces[0], traces[1]);
        Assert.NotEqual(traces[0], Run(options with { Seed = 2 }).Trace);
    }

    /// <summary>On any machine: this one was recorded. It changes with the protocol and with the model of the air.</summary>
    [Fact]
    public void ARunIsTheSameOnEveryMachine()
    {
        SimulationReport report = Run(new SimulationOptions { Nodes = 12, Loss = 0.1, Whispers = 3, Seed = 7 });

        if (Floors.IsRecording)
        {
            Floors.Record("trace", report.Trace);
        }

        Assert.Equal(Floors.Text("trace"), report.Trace);
    }

    [Fact]
    public void WhatIsOutOfRangeIsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => Run(new SimulationOptions { Nodes = 1 }));
        Assert.Throws<ArgumentException>(() => Run(new SimulationOptions { Loss = 1 }));
        Assert.Throws<ArgumentException>(() => Run(new SimulationOptions { Strategy = "luck" }));
    }

    [Fact]
    public void ARunCanBeEnded()
    {
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => Simulator.Run(
            new SimulationOptions { Nodes = 12 },
            share =>
            {
                if (share > 0.1)
                {
                    source.Cancel();
                }
            },
            source.Token));
    }

    private static SimulationReport Run(SimulationOptions options)
    {
        return Simulator.Run(options, cancellation: TestContext.Current.CancellationToken);
    }
}
