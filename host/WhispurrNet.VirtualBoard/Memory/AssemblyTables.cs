using System.Globalization;
using Mono.Cecil;

namespace WhispurrNet.Virtual.Memory;

/// <summary>
/// What assemblies take on the device's heap before any of their code runs: the interpreter's tables of references,
/// definitions and statics (<c>TypeSystem.cpp: CLR_RT_Assembly::CreateInstance</c>).
/// </summary>
internal static class AssemblyTables
{
    private const string Resource = "WhispurrNet.Virtual.Memory.LibraryTables.txt";
    private const int Fixed = 140;
    private const int Reference = 4;
    private const int Type = 8;
    private const int Field = 2;
    private const int Method = 3;

    private static readonly Lazy<Dictionary<string, (int Bytes, string[] References)>> s_libraries = new(Read);

    /// <summary>Bytes of a program's assembly.</summary>
    public static int Of(ModuleDefinition module)
    {
        TypeDefinition[] types = [.. module.GetTypes().Where(type => type.Name != "<Module>")];
        FieldDefinition[] fields = [.. types.SelectMany(type => type.Fields).Where(field => !field.HasConstant)];
        int references = module.AssemblyReferences.Count + module.GetTypeReferences().Count()
            + module.GetMemberReferences().Count();
        int bytes = Fixed + (references * Reference) + (types.Length * Type) + (fields.Length * Field)
            + (types.Sum(type => type.Methods.Count) * Method)
            + (fields.Count(field => field.IsStatic) * HeapRule.Block);
        return (bytes + HeapRule.Block - 1) / HeapRule.Block * HeapRule.Block;
    }

    /// <summary>Bytes of all libraries that assemblies with these references bring along.</summary>
    public static int OfLibraries(IEnumerable<string> references)
    {
        var loaded = new HashSet<string>();
        var open = new Queue<string>(references);
        int bytes = 0;
        while (open.TryDequeue(out string? name))
        {
            if (loaded.Add(name) && s_libraries.Value.TryGetValue(name, out (int Bytes, string[] References) library))
            {
                bytes += library.Bytes;
                Array.ForEach(library.References, open.Enqueue);
            }
        }

        return bytes;
    }

    private static Dictionary<string, (int Bytes, string[] References)> Read()
    {
        using Stream stream = typeof(AssemblyTables).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var libraries = new Dictionary<string, (int, string[])>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ');
                string[] references = parts.Length > 2 ? parts[2].Split(',') : [];
                libraries.Add(parts[0], (int.Parse(parts[1], CultureInfo.InvariantCulture), references));
            }
        }

        return libraries;
    }
}
