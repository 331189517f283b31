namespace WhispurrNet.NanoClr;

/// <summary>Runs a device program, which is no test, on nanoCLR.</summary>
internal static class ProgramRun
{
    /// <summary>Assembly of the soak of the protocol core.</summary>
    public const string Soak = "WhispurrNet.Soak";

    /// <summary>What the soak says at its end when all went well.</summary>
    public const string SoakDone = "Soak done.";

    /// <summary>Assembly of the operations whose cost is of interest.</summary>
    public const string Costs = "WhispurrNet.Costs";

    /// <summary>What it says at its end.</summary>
    public const string CostsDone = "Costs done.";

    /// <summary>Assembly of the check of every primitive against other implementations.</summary>
    public const string CrossCheck = "WhispurrNet.CrossCheck";

    /// <summary>What it says at its end when all of them agree.</summary>
    public const string CrossCheckDone = "Cross-check done.";

    private const string Ready = "Ready.";

    /// <summary>Converts the program with all it references and runs it.</summary>
    /// <param name="exe">The built program with its project references beside it.</param>
    /// <param name="done">The line it prints when all went well.</param>
    /// <param name="tools">The installed tools.</param>
    /// <param name="timeout">Time after which the runtime is stopped.</param>
    /// <param name="output">Receives what the program printed.</param>
    /// <returns>True when the program ended by saying that all went well.</returns>
    /// <exception cref="RunnerException">A file is missing (2) or could not be converted (1).</exception>
    public static bool Run(string exe, string done, Toolset tools, TimeSpan timeout, TextWriter output)
    {
        ToolResult run = Run(exe, tools, timeout);
        IReadOnlyList<string> lines = LinesOf(run);
        foreach (string line in lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{run.Duration.TotalSeconds:F0} s");
        return !run.TimedOut && run.ExitCode == 0 && lines.Contains(done);
    }

    /// <summary>Converts the program with all it references, runs it and gives what it printed.</summary>
    /// <exception cref="RunnerException">A file is missing (2) or could not be converted (1).</exception>
    public static IReadOnlyList<string> Read(string exe, Toolset tools, TimeSpan timeout) => LinesOf(Run(exe, tools, timeout));

    private static ToolResult Run(string exe, Toolset tools, TimeSpan timeout)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanoclr-");
        try
        {
            IReadOnlyList<PeFile> files = PeConverter.Convert([exe], tools, folder.FullName);
            return ToolProcess.Run(tools.ClrPath, files.Select(file => file.Path), timeout);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<string> LinesOf(ToolResult run) =>
        [.. run.Output.SkipWhile(line => line.Trim() != Ready).Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];
}
