using WhispurrNet.Simulation.Report;

namespace WhispurrNet.MeshHunt;

/// <summary>What must hold in every world.</summary>
internal static class Judge
{
    /// <summary>What does not; null if all is well.</summary>
    public static string? WhatIsWrong(SimulationReport report)
    {
        if (report.Violations.Count > 0)
        {
            return report.Violations[0];
        }

        if (report.LostSilently > 0 || report.FalseAcks > 0)
        {
            return $"{report.LostSilently} lost silently, {report.FalseAcks} acknowledged falsely";
        }

        // What a named bound has cost is said and not held against a world that is too small for its load.
        return report.Converged || report.LostReported > 0 ? null : $"{report.PairsConnected - report.PairsDelivered} never arrived";
    }
}
