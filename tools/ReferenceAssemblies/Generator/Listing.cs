namespace WhispurrNet.ReferenceAssemblies;

/// <summary>One assembly's public surface, as its listing file states it.</summary>
/// <param name="Name">Name of the listing: the file name without extension. Unique, unlike the assembly's.</param>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="Package">Package that carries the assembly.</param>
/// <param name="PackageVersion">Newest known version of that package.</param>
/// <param name="AssemblyVersion">Version in the assembly's identity.</param>
/// <param name="References">Simple names of the assemblies it references, mscorlib included.</param>
/// <param name="Types">Types in the order of the file.</param>
public sealed record Listing(
    string Name,
    string Assembly,
    string Package,
    string PackageVersion,
    string AssemblyVersion,
    IReadOnlyList<string> References,
    IReadOnlyList<TypeBlock> Types)
{
    /// <summary>Reads one listing.</summary>
    /// <param name="name">Name of the listing.</param>
    /// <param name="text">Content of the file.</param>
    /// <exception cref="FormatException">A line is not part of the listing grammar.</exception>
    public static Listing Parse(string name, string text)
    {
        string? assembly = null, package = null, packageVersion = null, assemblyVersion = null;
        var references = new List<string>();
        var types = new List<TypeBlock>();
        List<string>? members = null;
        bool inHeader = true;
        bool dropNext = false;

        foreach (string raw in text.Split('\n'))
        {
            string line = raw.TrimEnd();
            if (line.Length == 0)
            {
                inHeader = false;
            }
            else if (line[0] == '#')
            {
                // The only note that changes the surface: a board refuses every constructed generic type, so a
                // delegate that can only be used constructed has no place in the reference.
                dropNext = line.StartsWith("# generic:", StringComparison.Ordinal);
            }
            else if (inHeader)
            {
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                switch (words[0])
                {
                    case "assembly":
                        (assembly, package, packageVersion) = (words[1], words[3], words[5]);
                        break;
                    case "identity":
                        assemblyVersion = words.Single(w => w.StartsWith("Version=", StringComparison.Ordinal))[8..^1];
                        break;
                    case "reference":
                        references.Add(words[1]);
                        break;
                    case "native":
                        break;
                    default:
                        throw new FormatException($"{name}: header line not understood: {line}");
                }
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                (members ?? throw new FormatException($"{name}: member outside a type: {line}")).Add(line[2..]);
            }
            else
            {
                members = [];
                if (!dropNext)
                {
                    types.Add(TypeBlock.Parse(line, members));
                }

                dropNext = false;
            }
        }

        return new Listing(
            name,
            assembly ?? throw new FormatException($"{name}: no assembly line"),
            package!,
            packageVersion!,
            assemblyVersion ?? throw new FormatException($"{name}: no identity line"),
            references,
            types);
    }
}
