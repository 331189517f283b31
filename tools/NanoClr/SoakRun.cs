namespace WhispurrNet.NanoClr;

/// <summary>Runs the soak of the protocol core, a program of its own and not a test, on nanoCLR.</summary>
internal static class SoakRun
{
    /// <summary>The program's assembly.</summary>
    public const string AssemblyName = "WhispurrNet.Soak";

    private const string Ready = "Ready.";
    private const string Done = "Soak done.";

    /// <summary>Converts the program with all it references and runs it.</summary>
    /// <param name="exe">A built WhispurrNet.Soak.exe with its project references beside it.</param>
    /// <param name="tools">The installed tools.</param>
    /// <param name="timeout">Time after which the runtime is stopped.</param>
    /// <param name="output">Receives what the program printed.</param>
    /// <returns>True when the program ended by saying that all went well.</returns>
    /// <exception cref="RunnerException">A file is missing (2) or could not be converted (1).</exception>
    public static bool Run(string exe, Toolset tools, TimeSpan timeout, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanoclr-");
        try
        {
            IReadOnlyList<PeFile> files = DeviceTestRun.Convert([exe], tools, folder.FullName);
            ToolResult run = ToolProcess.Run(tools.ClrPath, files.Select(file => file.Path), timeout);
            string[] lines = [.. run.Output.SkipWhile(line => line.Trim() != Ready).Skip(1).Select(line => line.Trim())];
            foreach (string line in lines.Where(line => line.Length > 0))
            {
                output.WriteLine(line);
            }

            output.WriteLine($"{run.Duration.TotalSeconds:F0} s");
            return !run.TimedOut && run.ExitCode == 0 && lines.Contains(Done);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
