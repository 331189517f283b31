using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WhispurrNet.NanoClr;

/// <summary>One assembly of a device image.</summary>
/// <param name="Name">Simple assembly name.</param>
/// <param name="DllPath">The compiled .dll, from which references are read and which the metadata processor
/// needs as a hint.</param>
/// <param name="References">Names of the assemblies it references.</param>
/// <param name="IsLibrary">True if its PE file comes ready-made from the library folder.</param>
internal sealed record DeviceAssembly(
    string Name, string DllPath, IReadOnlyList<string> References, bool IsLibrary);

/// <summary>Finds everything a device assembly needs.</summary>
internal static class DeviceAssemblies
{
    /// <summary>Every assembly of the image of <paramref name="rootDll"/>, in load order, the root last.</summary>
    /// <param name="rootDll">A built device assembly; the assemblies of this project lie beside it.</param>
    /// <param name="tools">Where the libraries are.</param>
    /// <param name="hintFolders">Further folders with .dll files of libraries, for a library folder of bare PE
    /// files.</param>
    /// <exception cref="RunnerException">A referenced assembly is nowhere to be found; exit code 2.</exception>
    public static IReadOnlyList<DeviceAssembly> Resolve(
        string rootDll, Toolset tools, IReadOnlyList<string> hintFolders)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(rootDll))!;
        var found = new Dictionary<string, DeviceAssembly>(StringComparer.Ordinal);
        string root = Path.GetFileNameWithoutExtension(rootDll);
        found[root] = new DeviceAssembly(root, rootDll, ReadReferences(rootDll), IsLibrary: false);

        IReadOnlyList<string> order = DependencyOrder.Sort(root, name => Find(name).References);
        return [.. order.Select(name => found[name])];

        DeviceAssembly Find(string name)
        {
            if (!found.TryGetValue(name, out DeviceAssembly? assembly))
            {
                assembly = Locate(name, folder, tools, hintFolders);
                found[name] = assembly;
            }

            return assembly;
        }
    }

    /// <summary>Names of the assemblies that a .dll references, in metadata order.</summary>
    /// <exception cref="RunnerException">The file is not a .NET assembly; exit code 2.</exception>
    public static IReadOnlyList<string> ReadReferences(string dllPath)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(dllPath));
            MetadataReader metadata = reader.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(handle =>
                metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw RunnerException.Usage($"'{dllPath}' is not a .NET assembly.");
        }
    }

    private static DeviceAssembly Locate(
        string name, string folder, Toolset tools, IReadOnlyList<string> hintFolders)
    {
        // A library's own dll comes first: a reference assembly lists only what public signatures need.
        bool isLibrary = File.Exists(tools.LibraryPe(name));
        IEnumerable<string> folders = isLibrary ? [tools.LibraryFolder, folder, .. hintFolders] : [folder];
        string? dll = folders.Select(f => Path.Combine(f, name + ".dll")).FirstOrDefault(File.Exists);
        if (dll is null)
        {
            throw RunnerException.Usage(isLibrary
                ? $"{name} has a PE file in '{tools.LibraryFolder}' but no {name}.dll there, beside the test "
                    + "assembly or among the reference assemblies."
                : $"{name} is referenced but is neither in '{tools.LibraryFolder}' nor in '{folder}'.");
        }

        return new DeviceAssembly(name, dll, ReadReferences(dll), isLibrary);
    }
}
