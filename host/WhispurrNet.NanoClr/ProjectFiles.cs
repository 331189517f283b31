namespace WhispurrNet.NanoClr;

/// <summary>Where this repository keeps what the runner needs when it is not told otherwise.</summary>
internal static class ProjectFiles
{
    /// <summary>Assembly of the device tests: the name that the launcher looks for.</summary>
    public const string TestAssembly = "NFUnitTest";

    private const string Marker = "nanoFramework.sln";

    /// <summary>Newest Release build of the device tests.</summary>
    /// <exception cref="RunnerException">There is none; exit code 2.</exception>
    public static string DefaultTestAssembly()
    {
        string root = Root() ?? throw RunnerException.Usage(
            $"No {Marker} in this folder or above it; name the NFUnitTest.dll to run.");
        string project = Path.Combine(root, "tests", "WhispurrNet.DeviceTests");
        return Outputs(project, TestAssembly + ".dll").FirstOrDefault()
            ?? throw RunnerException.Usage(
                $"'{project}' has no Release build; run: dotnet build -c Release tests/WhispurrNet.DeviceTests");
    }

    /// <summary>Newest Release build of a device program among the tests.</summary>
    /// <param name="name">Its assembly, and its folder.</param>
    /// <exception cref="RunnerException">There is none; exit code 2.</exception>
    public static string DefaultProgram(string name)
    {
        string root = Root() ?? throw RunnerException.Usage(
            $"No {Marker} in this folder or above it; name the {name}.exe to run.");
        string project = Path.Combine(root, "tests", name);
        return Outputs(project, name + ".exe").FirstOrDefault()
            ?? throw RunnerException.Usage(
                $"'{project}' has no Release build; run: dotnet build -c Release tests/{name}");
    }

    /// <summary>Folders with compile-time reference assemblies, one a package; empty if none are built.</summary>
    public static IReadOnlyList<string> ReferenceAssemblyFolders()
    {
        string? root = Root();
        string folder = root is null ? "" : Path.Combine(root, "tools", "ReferenceAssemblies", "bin", "ref");

        // Where several packages hold one assembly name, this project uses the Client variant.
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .OrderBy(package => package.EndsWith(".Client", StringComparison.Ordinal) ? 0 : 1)
                .ThenBy(package => package, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Outputs(string project, string fileName)
    {
        string output = Path.Combine(project, "bin");
        return !Directory.Exists(output)
            ? []
            : Directory.EnumerateFiles(output, fileName, SearchOption.AllDirectories)
                .Where(file => file.Split(Path.DirectorySeparatorChar).Contains("Release"))
                .OrderByDescending(File.GetLastWriteTimeUtc);
    }

    private static string? Root()
    {
        var folders = new[] { Environment.CurrentDirectory, AppContext.BaseDirectory };
        foreach (string start in folders)
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, Marker)))
                {
                    return folder.FullName;
                }
            }
        }

        return null;
    }
}
