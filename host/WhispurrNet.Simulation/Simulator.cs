using System.Diagnostics;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation;

/// <summary>Runs worlds.</summary>
public static class Simulator
{
    /// <summary>Runs one world to its end on the calling thread.</summary>
    /// <param name="options">What to run. A value out of range is the caller's mistake and throws.</param>
    /// <param name="progress">Is told the share done, 0 to 1, now and then; may be null.</param>
    /// <param name="cancellation">Ends the run early by an exception.</param>
    public static SimulationReport Run(
        SimulationOptions options, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stopwatch watch = Stopwatch.StartNew();
        using SimulatedWorld world = new(options);
        world.Run(progress, cancellation);
        watch.Stop();
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        return new ReportBuilder(options, world).Build(
            watch.Elapsed.TotalSeconds, bytes / (options.Nodes + options.Gateways), world.Medium.Time.Count);
    }
}
