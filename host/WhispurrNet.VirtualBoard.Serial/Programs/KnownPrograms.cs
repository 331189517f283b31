using WhispurrNet.DeviceImages;

namespace WhispurrNet.Virtual.Serial.Programs;

/// <summary>
/// The programs that a virtual board can run when their PE files are sent to it: by the manifests that the build writes
/// beside images. A PE file is known by its hash, never by its name alone.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class KnownPrograms
{
    private readonly object _lock = new();
    private readonly Dictionary<string, ImageManifest> _manifests = new(StringComparer.Ordinal);

    /// <summary>Adds the program of a manifest, or replaces it.</summary>
    /// <exception cref="InvalidDataException">It is no manifest.</exception>
    public void Add(string manifestPath)
    {
        string path = Path.GetFullPath(manifestPath);
        ImageManifest manifest = ImageManifest.Read(path);
        lock (_lock)
        {
            _manifests[path] = manifest;
        }
    }

    /// <summary>Adds those of a folder, if there is such a folder.</summary>
    public void AddFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            string[] paths = Directory.GetFiles(folder, "*" + ImageManifest.Extension);
            foreach (string path in paths.Order(StringComparer.Ordinal))
            {
                Add(path);
            }
        }
    }

    /// <summary>Finds the executable that some assemblies of an image were made from.</summary>
    /// <param name="parts">The assemblies.</param>
    /// <param name="refusal">One sentence on why there is none.</param>
    /// <returns>Full path of the executable; null when there is none.</returns>
    public string? Find(IReadOnlyList<ImagePart> parts, out string? refusal)
    {
        KeyValuePair<string, ImageManifest>[] manifests;
        lock (_lock)
        {
            manifests = [.. _manifests];
        }

        var sent = parts.Select(p => p.Assembly.Sha256).ToHashSet(StringComparer.Ordinal);
        foreach ((string path, ImageManifest manifest) in manifests)
        {
            var entries = manifest.Entries.Select(e => e.Pe).ToHashSet(StringComparer.Ordinal);
            ManifestEntry? application = manifest.Entries.FirstOrDefault(e => e.IsApplication);
            if (sent.SetEquals(entries) && application is { Path: { } program })
            {
                string folder = Path.GetDirectoryName(path)!;
                refusal = FindChange(folder, manifest);
                return refusal is null ? Path.Combine(folder, program) : null;
            }
        }

        refusal = Explain(parts, [.. manifests.SelectMany(m => m.Value.Entries)]);
        return null;
    }

    private static string? FindChange(string folder, ImageManifest manifest)
    {
        foreach (ManifestEntry entry in manifest.Entries.Where(e => e.Path is not null))
        {
            string path = Path.Combine(folder, entry.Path!);
            if (Path.GetFileName(entry.Path) != entry.Path)
            {
                return $"The manifest of {entry.Name} names a file in another folder.";
            }

            if (!File.Exists(path) || ImageManifest.Hash(path) != entry.Assembly)
            {
                return $"'{path}' is missing or was built anew since the image was made from it.";
            }
        }

        return null;
    }

    private static string Explain(IReadOnlyList<ImagePart> parts, IReadOnlyList<ManifestEntry> entries)
    {
        DeviceAssembly? unknown = parts.Select(p => p.Assembly)
            .FirstOrDefault(a => entries.All(e => e.Pe != a.Sha256));
        return unknown is null
            ? "This virtual board knows every assembly of the image, but no program that consists of just these."
            : entries.Any(e => e.Name == unknown.Name)
                ? $"This virtual board knows {unknown.Name}, but not this build of it ({unknown.Version}, "
                    + $"PE file {unknown.Sha256[..12]})."
                : $"This virtual board does not know {unknown.Name} {unknown.Version}, which the image holds.";
    }
}
