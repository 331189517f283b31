using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using WhispurrNet.DeviceImages;

namespace WhispurrNet.DeviceImage;

/// <summary>
/// Joins the PE files of an application into the one image that is deployed: every assembly it needs, each after
/// those it references and padded to a multiple of 4 bytes, the application last. Beside it goes a manifest, by which a
/// virtual board finds the assemblies that the PE files were made from.
/// </summary>
public static class ImageWriter
{
    private const int Alignment = 4;

    /// <summary>Writes the image.</summary>
    /// <param name="application">The application's assembly; its PE file lies beside <paramref name="output"/>.</param>
    /// <param name="libraries">Assemblies it may need; the PE file of each lies beside it.</param>
    /// <param name="output">The image to write.</param>
    /// <returns>The PE files in the image, in its order.</returns>
    /// <exception cref="FileNotFoundException">A referenced assembly or its PE file is absent.</exception>
    public static IReadOnlyList<string> Write(string application, IEnumerable<string> libraries, string output)
    {
        // The first of a name wins: the build lists what it compiled against before what that drags in.
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string library in libraries)
        {
            known.TryAdd(Path.GetFileNameWithoutExtension(library), library);
        }

        var files = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string reference in References(application))
        {
            Add(reference, Path.GetFileName(application), known, done, files);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        files.Add(PeFile(Path.Combine(folder, Path.GetFileName(application))));
        using FileStream image = File.Create(output);
        foreach (string file in files)
        {
            byte[] pe = File.ReadAllBytes(file);
            image.Write(pe);
            image.Write(new byte[(Alignment - (pe.Length % Alignment)) % Alignment]);
        }

        string program = Path.GetFileName(application);
        new ImageManifest([.. files.Select(file => Describe(file, folder, program))])
            .Write(ImageManifest.PathOf(output));
        return files;
    }

    private static ManifestEntry Describe(string pe, string folder, string program)
    {
        // Libraries of the platform are not copied beside the application: a virtual board has its own.
        string name = Path.GetFileNameWithoutExtension(pe);
        bool isApplication = name == Path.GetFileNameWithoutExtension(program);
        string assembly = isApplication ? program : name + ".dll";
        string path = Path.Combine(folder, assembly);
        bool isOwn = File.Exists(path);
        return new(
            name,
            ImageManifest.Hash(pe),
            isOwn ? assembly : null,
            isOwn ? ImageManifest.Hash(path) : null,
            isApplication);
    }

    private static void Add(
        string name, string referrer, Dictionary<string, string> known, HashSet<string> done, List<string> files)
    {
        if (!done.Add(name))
        {
            return;
        }

        if (!known.TryGetValue(name, out string? path))
        {
            throw new FileNotFoundException($"{referrer} references {name}, which the project does not.");
        }

        foreach (string reference in References(path))
        {
            Add(reference, name, known, done, files);
        }

        files.Add(PeFile(path));
    }

    private static string PeFile(string assembly)
    {
        string path = Path.ChangeExtension(assembly, ".pe");
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no {path}.");
    }

    private static IReadOnlyList<string> References(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        MetadataReader reader = image.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(r => reader.GetString(reader.GetAssemblyReference(r).Name))];
    }
}
