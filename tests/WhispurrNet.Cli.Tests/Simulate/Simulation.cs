using System.CommandLine;
using System.Text.Json.Nodes;
using WhispurrNet.Cli.Commands;
using WhispurrNet.Cli.Simulate;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary>The command <c>simulate</c> without a simulator: what it asks for, and what it makes of answers.</summary>
internal static class Simulation
{
    /// <summary>What one run left behind.</summary>
    /// <param name="ExitCode">The exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error.</param>
    /// <param name="Worlds">What was run, in the order of the seeds and strategies.</param>
    public sealed record Result(int ExitCode, string Output, string Error, IReadOnlyList<SimulationOptions> Worlds)
    {
        /// <summary>The one line of JSON that standard output is.</summary>
        public JsonNode Json
        {
            get
            {
                Assert.Single(Output.TrimEnd('\n').Split('\n'));
                return JsonNode.Parse(Output)!;
            }
        }
    }

    /// <summary>Runs the command line with reports in which all went well.</summary>
    public static Task<Result> RunAsync(params string[] arguments) => RunAsync(report => report, arguments);

    /// <summary>Runs the command line.</summary>
    /// <param name="change">What is different from a report in which all went well.</param>
    /// <param name="arguments">What follows <c>whispurr simulate</c>.</param>
    public static async Task<Result> RunAsync(
        Func<SimulationReport, SimulationReport> change, params string[] arguments)
    {
        var worlds = new List<SimulationOptions>();
        SimulationReport Run(SimulationOptions options, Action<double> progress, CancellationToken cancellation)
        {
            lock (worlds)
            {
                worlds.Add(options);
            }

            progress(0.5);
            return change(SampleReports.Create(options));
        }

        var configuration = new InvocationConfiguration
        {
            Output = new StringWriter { NewLine = "\n" },
            Error = new StringWriter { NewLine = "\n" },
            EnableDefaultExceptionHandler = false,
        };
        int code = await SimulateCommand.Create(Run).Parse(arguments)
            .InvokeAsync(configuration, TestContext.Current.CancellationToken);
        return new Result(code, configuration.Output.ToString()!, configuration.Error.ToString()!, worlds);
    }

    /// <summary>What a command line asks for.</summary>
    public static async Task<SimulationOptions> AskAsync(params string[] arguments) =>
        Assert.Single((await RunAsync(arguments)).Worlds);
}
