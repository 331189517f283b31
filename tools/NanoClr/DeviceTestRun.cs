namespace WhispurrNet.NanoClr;

/// <summary>Sizes and verdict of one run.</summary>
/// <param name="Files">Every PE file that was loaded, in load order.</param>
/// <param name="Report">The verdict.</param>
internal sealed record DeviceTestResult(IReadOnlyList<PeFile> Files, TestReport Report);

/// <summary>Converts built device assemblies and runs the tests among them.</summary>
internal static class DeviceTestRun
{
    /// <summary>The name that the launcher looks for.</summary>
    public const string TestAssemblyName = ProjectFiles.TestAssembly;

    /// <summary>Converts a test assembly with all it references and runs it on nanoCLR.</summary>
    /// <param name="testDll">A built NFUnitTest.dll with its project references beside it.</param>
    /// <param name="tools">The installed tools.</param>
    /// <param name="timeout">Time after which the runtime is stopped.</param>
    /// <exception cref="RunnerException">A file is missing (2) or could not be converted (1).</exception>
    public static DeviceTestResult Run(string testDll, Toolset tools, TimeSpan timeout)
    {
        if (Path.GetFileNameWithoutExtension(testDll) != TestAssemblyName)
        {
            throw RunnerException.Usage($"The launcher runs {TestAssemblyName}.dll only, not '{testDll}'.");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("nanoclr-");
        try
        {
            List<PeFile> files = [.. PeConverter.Convert([testDll], tools, folder.FullName)];
            string launcher = tools.LibraryPe(Toolset.LauncherName);
            files.Insert(files.Count - 1, PeFile.Read(Toolset.LauncherName, launcher, isLibrary: true));

            ToolResult run = ToolProcess.Run(tools.ClrPath, files.Select(file => file.Path), timeout);
            return new DeviceTestResult(files, TestReport.Judge(run, DeclaredTests.Read(testDll)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
