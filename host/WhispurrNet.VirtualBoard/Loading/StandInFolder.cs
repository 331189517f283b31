using System.Collections.Frozen;

namespace WhispurrNet.Virtual.Loading;

/// <summary>The stand-ins that come with this assembly, in its folder <c>standins</c>.</summary>
public static class StandInFolder
{
    private static readonly Lazy<FrozenDictionary<string, string>> s_paths = new(Scan);

    /// <summary>Full paths by assembly name.</summary>
    public static IReadOnlyDictionary<string, string> Paths => s_paths.Value;

    private static FrozenDictionary<string, string> Scan()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "standins");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The stand-ins are missing: there is no folder '{folder}'.");
        }

        return Directory.GetFiles(folder, "*.dll").ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path)!);
    }
}
