using System.Security.Cryptography;
using System.Text.Json;

namespace WhispurrNet.DeviceImages;

/// <summary>From which assembly a PE file was made.</summary>
/// <param name="Name">Name of the assembly.</param>
/// <param name="Pe">SHA-256 of the PE file, in lower-case hexadecimal digits.</param>
/// <param name="Path">The assembly, relative to the folder of the manifest; null for a library of the platform.</param>
/// <param name="Assembly">SHA-256 of the assembly; null with the path.</param>
/// <param name="IsApplication">Whether it is the program.</param>
public sealed record ManifestEntry(string Name, string Pe, string? Path, string? Assembly, bool IsApplication);

/// <summary>
/// Lies beside an image and says from which assemblies it was made, by hash: so that a virtual board that is sent the
/// image runs those very assemblies and no others.
/// </summary>
/// <param name="Entries">One for each PE file.</param>
public sealed record ImageManifest(IReadOnlyList<ManifestEntry> Entries)
{
    /// <summary>What the names of manifests end in, instead of the image's own ending.</summary>
    public const string Extension = ".image.json";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The manifest that belongs to an image.</summary>
    public static string PathOf(string image) => System.IO.Path.ChangeExtension(image, null) + Extension;

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ImageManifest Read(string path)
    {
        try
        {
            ImageManifest? manifest = JsonSerializer.Deserialize<ImageManifest>(File.ReadAllBytes(path), s_options);
            return manifest?.Entries is { } entries && entries.All(e => e is { Name: not null, Pe: not null })
                ? manifest
                : throw new InvalidDataException($"'{path}' is no manifest of an image.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is no manifest of an image.", e);
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, s_options) + "\n");

    /// <summary>The hash of a file as manifests hold it.</summary>
    public static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
