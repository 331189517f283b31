namespace WhispurrNet.NanoClr;

/// <summary>A PE file of a device image.</summary>
/// <param name="Name">Simple assembly name.</param>
/// <param name="Path">The .pe file.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="IsLibrary">True if it came from the library folder, false if it was converted here.</param>
/// <param name="Tables">What its header tells.</param>
internal sealed record PeFile(string Name, string Path, long SizeBytes, bool IsLibrary, PeTables Tables)
{
    /// <summary>Reads a file.</summary>
    public static PeFile Read(string name, string path, bool isLibrary) =>
        new(name, path, new FileInfo(path).Length, isLibrary, PeTables.Read(path));
}

/// <summary>Turns compiled assemblies into the PE files that nanoCLR loads.</summary>
internal static class PeConverter
{
    private static readonly TimeSpan ConversionTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Converts assemblies with all they reference.</summary>
    /// <param name="dlls">Built device assemblies.</param>
    /// <param name="tools">The installed tools.</param>
    /// <param name="outputFolder">Existing folder that receives the PE files of this project's assemblies.</param>
    /// <returns>Every PE file of the image, each after those it references.</returns>
    /// <exception cref="RunnerException">A file is missing (2) or could not be converted (1).</exception>
    public static IReadOnlyList<PeFile> Convert(
        IReadOnlyList<string> dlls, Toolset tools, string outputFolder)
    {
        var assemblies = new List<DeviceAssembly>();
        foreach (string dll in dlls)
        {
            if (!File.Exists(dll))
            {
                throw RunnerException.Usage($"'{dll}' does not exist; build it first.");
            }

            IEnumerable<DeviceAssembly> resolved =
                DeviceAssemblies.Resolve(dll, tools, ProjectFiles.ReferenceAssemblyFolders());
            assemblies.AddRange(resolved.ExceptBy(assemblies.Select(a => a.Name), assembly => assembly.Name));
        }

        return Convert(assemblies, tools, outputFolder);
    }

    /// <summary>Converts the project's assemblies and picks up the PE files of libraries, in the order given.</summary>
    /// <param name="assemblies">Assemblies in load order.</param>
    /// <param name="tools">The metadata processor and the libraries.</param>
    /// <param name="outputFolder">Existing folder that receives the converted files.</param>
    /// <exception cref="RunnerException">The metadata processor refused an assembly; exit code 1.</exception>
    public static IReadOnlyList<PeFile> Convert(
        IReadOnlyList<DeviceAssembly> assemblies, Toolset tools, string outputFolder)
    {
        var byName = assemblies.ToDictionary(assembly => assembly.Name, StringComparer.Ordinal);
        var files = new List<PeFile>();
        foreach (DeviceAssembly assembly in assemblies)
        {
            string pe = assembly.IsLibrary
                ? tools.LibraryPe(assembly.Name)
                : ConvertOne(assembly, byName, tools, outputFolder);
            files.Add(PeFile.Read(assembly.Name, pe, assembly.IsLibrary));
        }

        return files;
    }

    /// <summary>Arguments of the metadata processor, in the order in which it acts on them.</summary>
    public static IReadOnlyList<string> Arguments(
        DeviceAssembly assembly, IReadOnlyDictionary<string, DeviceAssembly> byName, string pePath)
    {
        var arguments = new List<string>();

        // Hints for the whole closure: a base class or a signature may lead into an assembly that is only
        // referenced by a reference.
        foreach (string name in DependencyOrder.Sort(assembly.Name, name => byName[name].References))
        {
            if (name != assembly.Name)
            {
                arguments.AddRange(["-loadHints", name, byName[name].DllPath]);
            }
        }

        arguments.AddRange(["-parse", assembly.DllPath, "-compile", pePath, "false"]);
        return arguments;
    }

    private static string ConvertOne(
        DeviceAssembly assembly,
        IReadOnlyDictionary<string, DeviceAssembly> byName,
        Toolset tools,
        string outputFolder)
    {
        string pe = Path.Combine(outputFolder, assembly.Name + ".pe");
        File.Delete(pe);
        ToolResult result = ToolProcess.Run(
            tools.MetadataProcessorPath, Arguments(assembly, byName, pe), ConversionTimeout);

        // The processor reports some failures on standard error only and still ends with exit code 0.
        string? error = result.Errors.FirstOrDefault(line => line.Trim().Length > 0);
        if (result.TimedOut || result.ExitCode != 0 || error is not null || !File.Exists(pe))
        {
            string reason = result.TimedOut ? "it did not finish" : error ?? $"exit code {result.ExitCode}";
            throw RunnerException.Failure($"The metadata processor could not convert {assembly.Name}: {reason}");
        }

        return pe;
    }
}
