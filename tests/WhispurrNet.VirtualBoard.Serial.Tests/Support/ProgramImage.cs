using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using WhispurrNet.DeviceImages;
using WhispurrNet.Virtual.Serial.Programs;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>
/// An image of a device program of these tests: for every assembly a PE file with its name, version, references and hash
/// but without code, and the manifest that says what they were made from.
/// </summary>
internal sealed class ProgramImage : IDisposable
{
    private static readonly ReleaseVersion s_core = new(1, 17, 11, 0);

    private ProgramImage(string folder, DeploymentImage image, string manifest)
    {
        Folder = folder;
        Image = image;
        Manifest = manifest;
    }

    /// <summary>Where program and manifest lie.</summary>
    public string Folder { get; }

    public DeploymentImage Image { get; }

    public string Manifest { get; }

    /// <summary>Makes the image of a program.</summary>
    /// <param name="name">Its folder below <c>programs</c>.</param>
    public static ProgramImage Create(string name)
    {
        string folder = Directory.CreateTempSubdirectory("whispurr-image-").FullName;
        string program = string.Empty;
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "programs", name)))
        {
            string copy = Path.Combine(folder, Path.GetFileName(file));
            File.Copy(file, copy);
            program = copy.EndsWith(".exe", StringComparison.Ordinal) ? copy : program;
        }

        var builders = new List<PeBuilder> { PeBuilder.CoreLibrary };
        var entries = new List<ManifestEntry> { Entry(PeBuilder.CoreLibrary, null, false) };
        Add(folder, program, builders, entries);
        string manifest = Path.ChangeExtension(program, null) + ImageManifest.Extension;
        new ImageManifest(entries).Write(manifest);
        return new(folder, Images.Of([.. builders]), manifest);
    }

    /// <summary>A board's knowledge of this program.</summary>
    public KnownPrograms Known()
    {
        var programs = new KnownPrograms();
        programs.AddFolder(Folder);
        return programs;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Add(string folder, string path, List<PeBuilder> builders, List<ManifestEntry> entries)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        var references = new List<(string Name, ReleaseVersion Version)> { ("mscorlib", s_core) };
        foreach (AssemblyReferenceHandle handle in reader.AssemblyReferences)
        {
            string reference = reader.GetString(reader.GetAssemblyReference(handle).Name);
            string dll = Path.Combine(folder, reference + ".dll");

            // Libraries of the platform are left out: they would have to have the firmware's checksums.
            if (File.Exists(dll))
            {
                references.Add((reference, new(1, 0, 0, 0)));
                if (builders.All(b => b.Name != reference))
                {
                    Add(folder, dll, builders, entries);
                }
            }
        }

        var builder = new PeBuilder(Path.GetFileNameWithoutExtension(path), new(1, 0, 0, 0))
        {
            References = references,
            Content = SHA256.HashData(File.ReadAllBytes(path)),
        };
        builders.Add(builder);
        entries.Add(Entry(builder, path, path.EndsWith(".exe", StringComparison.Ordinal)));
    }

    private static ManifestEntry Entry(PeBuilder builder, string? path, bool isApplication) => new(
        builder.Name,
        Convert.ToHexStringLower(SHA256.HashData(builder.Build())),
        path is null ? null : Path.GetFileName(path),
        path is null ? null : ImageManifest.Hash(path),
        isApplication);
}
