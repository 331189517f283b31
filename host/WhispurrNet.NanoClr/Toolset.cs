namespace WhispurrNet.NanoClr;

/// <summary>The installed tools, found through three environment variables.</summary>
/// <param name="ClrPath">The nanoCLR executable for this machine (<c>NANOCLR</c>).</param>
/// <param name="MetadataProcessorPath">
/// The metadata processor (<c>NANO_MDP</c>): an executable, or a .dll that <c>dotnet</c> runs.
/// </param>
/// <param name="LibraryFolder">Folder of library PE files, and of their .dll files where there are any
/// (<c>NANO_LIB</c>).</param>
internal sealed record Toolset(string ClrPath, string MetadataProcessorPath, string LibraryFolder)
{
    public const string ClrVariable = "NANOCLR";
    public const string MetadataProcessorVariable = "NANO_MDP";
    public const string LibraryVariable = "NANO_LIB";

    /// <summary>The program that finds and runs the tests, always loaded just before the test assembly.</summary>
    public const string LauncherName = "nanoFramework.UnitTestLauncher";

    /// <summary>Reads the three variables.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="missing">One sentence naming the first thing that is absent; null on success.</param>
    /// <returns>The tools, or null if any is absent.</returns>
    public static Toolset? TryLocate(Func<string, string?> variable, out string? missing)
    {
        string? clr = variable(ClrVariable);
        string? processor = variable(MetadataProcessorVariable);
        string? library = variable(LibraryVariable);

        missing = Check(ClrVariable, clr, "the nanoCLR executable", File.Exists)
            ?? Check(MetadataProcessorVariable, processor, "the metadata processor", File.Exists)
            ?? Check(LibraryVariable, library, "the folder of library PE files", Directory.Exists)
            ?? CheckLibrary(library!, "mscorlib")
            ?? CheckLibrary(library!, LauncherName);
        return missing is null ? new Toolset(clr!, processor!, library!) : null;
    }

    /// <summary>Reads the three variables of this process.</summary>
    /// <exception cref="RunnerException">One is absent; exit code 2.</exception>
    public static Toolset Locate() =>
        TryLocate(Environment.GetEnvironmentVariable, out string? missing) ?? throw RunnerException.Usage(missing!);

    /// <summary>Path of a library's PE file, whether it exists or not.</summary>
    public string LibraryPe(string name) => Path.Combine(LibraryFolder, name + ".pe");

    private static string? Check(string name, string? value, string meaning, Func<string, bool> exists)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return $"{name} is not set; it names {meaning}.";
        }

        return exists(value) ? null : $"{name} names '{value}', which does not exist; it must be {meaning}.";
    }

    private static string? CheckLibrary(string folder, string name) =>
        File.Exists(Path.Combine(folder, name + ".pe"))
            ? null
            : $"{LibraryVariable} names '{folder}', which holds no {name}.pe.";
}
