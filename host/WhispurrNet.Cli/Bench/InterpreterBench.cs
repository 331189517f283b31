using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Instrumentation;
using WhispurrNet.NanoClr;

namespace WhispurrNet.Cli.Bench;

/// <summary>Runs the operations on the interpreter that boards have, where one is installed for this machine.</summary>
internal static class InterpreterBench
{
    private const string Provider = "nanoCLR";

    /// <summary>Converts the device builds that came with this program and runs them.</summary>
    /// <exception cref="SettingException">A tool is absent.</exception>
    /// <exception cref="CommandFailure">It did not come to its end.</exception>
    public static IReadOnlyList<BenchRow> Run(IReadOnlyList<Counted> counted, TimeSpan timeout)
    {
        Toolset tools = Toolset.TryLocate(Environment.GetEnvironmentVariable, out string? missing)
            ?? throw new SettingException($"--nanoclr needs an installed nanoCLR: {missing}");
        try
        {
            string program = Path.Combine(DeviceCode.DefaultFolder, DeviceCode.Program + ".exe");
            CostLines lines = new();
            foreach (string line in ProgramRun.Read(program, tools, timeout))
            {
                lines.Take(line);
            }

            return lines.IsDone
                ? lines.ToRows(counted, Provider)
                : throw new CommandFailure("nanoCLR stopped before all operations were done.");
        }
        catch (RunnerException e)
        {
            throw e.ExitCode == RunnerException.UsageExitCode
                ? new SettingException(e.Message)
                : new CommandFailure(e.Message);
        }
    }
}
