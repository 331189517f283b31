using System.CommandLine;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Simulate;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Cli.Commands;

/// <summary><c>whispurr simulate</c>: meshes of many boards in simulated time, and what came of them.</summary>
internal static class SimulateCommand
{
    public static Command Create() => Create(Simulator.Run);

    /// <summary>The command with another way to run a world.</summary>
    public static Command Create(RunWorld run)
    {
        var set = new SimulateOptionSet();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "simulate",
            "Run a mesh of up to 100000 boards in simulated time and report what arrived, when, and at what cost; the "
            + "exit code is 1 if something does not hold that must.");
        set.AddTo(command);
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            SimulateChoice choice = set.Read(parsed);
            var output = new SimulateOutput(parsed.InvocationConfiguration, parsed.GetValue(json));
            return choice switch
            {
                { Sweep: { } grid } => SweepAsync(grid, choice.Jobs, run, output, cancellation),
                { Compare: true } => CompareAsync(choice, run, output, cancellation),
                _ => RunAsync(choice, run, output, cancellation),
            };
        });
        return command;
    }

    private static async Task<int> RunAsync(
        SimulateChoice choice, RunWorld run, SimulateOutput output, CancellationToken cancellation)
    {
        IReadOnlyList<SimulationReport> reports = await ProgressBar.ShowAsync(
            OptionTable.Describe(choice.Options),
            progress => Worlds.RunAsync([choice.Options], 1, run, progress, cancellation)).ConfigureAwait(false);
        SimulationReport report = reports[0];
        output.Print(ReportJson.OfRun(report), tables => tables.PrintRun(report));
        output.Complain(Complaints(report));
        output.Write(choice.Html, () => HtmlReport.Of(report, SimulationParameters.ToCommand(choice.Options)));
        return IsGood(report) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<int> CompareAsync(
        SimulateChoice choice, RunWorld run, SimulateOutput output, CancellationToken cancellation)
    {
        List<SimulationOptions> worlds =
            [.. StrategyNames.All.Select(strategy => choice.Options with { Strategy = strategy })];
        IReadOnlyList<SimulationReport> reports = await ProgressBar.ShowAsync(
            $"{worlds.Count} strategies",
            progress => Worlds.RunAsync(worlds, choice.Jobs, run, progress, cancellation)).ConfigureAwait(false);
        output.Print(ReportJson.OfComparison(reports), tables => tables.PrintComparison(reports));
        output.Complain(reports.SelectMany(r => Complaints(r).Select(text => $"{r.Options.Strategy}: {text}")));
        output.Write(
            choice.Html,
            () => HtmlComparison.Of(reports, SimulationParameters.ToCommand(choice.Options, compare: true)));

        // What the others lose is what the comparison is about.
        return reports.All(report => report.Violations.Count == 0) && IsGood(reports[0])
            ? ExitCode.Done
            : ExitCode.Failed;
    }

    private static async Task<int> SweepAsync(
        SweepGrid grid, int jobs, RunWorld run, SimulateOutput output, CancellationToken cancellation)
    {
        IReadOnlyList<SimulationOptions> worlds = grid.Worlds;
        IReadOnlyList<SimulationReport> reports = await ProgressBar.ShowAsync(
            $"{worlds.Count} worlds",
            progress => Worlds.RunAsync(worlds, jobs, run, progress, cancellation)).ConfigureAwait(false);
        List<SimulationReport> medians = [.. reports.Chunk(grid.Seeds).Select(Medians.Of)];
        output.Print(ReportJson.OfSweep(grid, medians), tables => tables.PrintSweep(grid, medians));
        output.Complain(grid.Points.Zip(medians).SelectMany(
            pair => Complaints(pair.Second).Select(text => $"{grid.Describe(pair.First)}: {text}")));
        return medians.All(IsGood) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>
    /// What did not hold, and what could not even be tried: not a fault, and easily taken for a success.
    /// </summary>
    private static IEnumerable<string> Complaints(SimulationReport report)
    {
        int missing = report.Options.Whispers - report.Accepted;
        return missing <= 0
            ? report.Violations
            : report.Violations.Append(
                $"{missing} of {report.Options.Whispers} whispers could never be sent"
                + (report.Options.Traffic == TrafficKind.Broadcast
                    ? "."
                    : "; contacts take some minutes to come about: --warm-up 900."));
    }

    private static bool IsGood(SimulationReport report) => report.Violations.Count == 0 && report.LostSilently == 0;
}
