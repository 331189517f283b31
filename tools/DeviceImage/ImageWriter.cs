using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WhispurrNet.DeviceImage;

/// <summary>
/// Joins the PE files of an application into the one image that is deployed: every assembly it needs, each after
/// those it references and padded to a multiple of 4 bytes, the application last.
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

        return files;
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
