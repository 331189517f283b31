using Mono.Cecil;

namespace WhispurrNet.Virtual.Loading;

/// <summary>
/// Finds assemblies the way a board's load context does: stand-ins first, then the device folder, then .NET.
/// </summary>
public sealed class DeviceResolver : BaseAssemblyResolver
{
    private readonly string _folder;
    private readonly Dictionary<string, AssemblyDefinition> _loaded = [];

    /// <summary>Creates a resolver for the binaries of one folder.</summary>
    public DeviceResolver(string deviceFolder) => _folder = deviceFolder;

    /// <inheritdoc/>
    public override AssemblyDefinition Resolve(AssemblyNameReference name)
    {
        if (_loaded.TryGetValue(name.Name, out AssemblyDefinition? known))
        {
            return known;
        }

        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string? path = StandInFolder.Paths.GetValueOrDefault(name.Name);
        foreach (string folder in new[] { _folder, AppContext.BaseDirectory, framework })
        {
            string candidate = Path.Combine(folder, name.Name + ".dll");
            path ??= File.Exists(candidate) ? candidate : null;
        }

        if (path is null)
        {
            throw new AssemblyResolutionException(name);
        }

        return _loaded[name.Name] = AssemblyDefinition.ReadAssembly(
            path, new ReaderParameters { AssemblyResolver = this });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (AssemblyDefinition assembly in _loaded.Values)
        {
            assembly.Dispose();
        }

        base.Dispose(disposing);
    }
}
