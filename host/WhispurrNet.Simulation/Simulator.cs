using WhispurrNet.Simulation.Report;

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
        throw new NotSupportedException();
    }
}
