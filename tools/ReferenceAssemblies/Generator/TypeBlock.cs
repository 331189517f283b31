using System.Text.RegularExpressions;

namespace WhispurrNet.ReferenceAssemblies;

/// <summary>What a type block declares.</summary>
public enum TypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>One type of a listing: its first line taken apart, its members as lines.</summary>
/// <param name="Attributes">Attribute sections as written, or empty.</param>
/// <param name="Modifiers">Access and modifiers, for example <c>public sealed</c>.</param>
/// <param name="Kind">What is declared.</param>
/// <param name="FullName">Metadata name, with dots before a nested type too.</param>
/// <param name="Bases">Base type first, then interfaces; for an enum its underlying type.</param>
/// <param name="Signature">For a delegate: return type and parameter list; otherwise empty.</param>
/// <param name="Members">Member lines, still being filled while the listing is read.</param>
public sealed partial record TypeBlock(
    string Attributes,
    string Modifiers,
    TypeKind Kind,
    string FullName,
    IReadOnlyList<string> Bases,
    (string Return, string Parameters) Signature,
    IReadOnlyList<string> Members)
{
    /// <summary>Name without namespace or outer type.</summary>
    public string ShortName => FullName[(FullName.LastIndexOf('.') + 1)..];

    /// <summary>Namespace, or the outer type's full name.</summary>
    public string Container => FullName.Contains('.') ? FullName[..FullName.LastIndexOf('.')] : "";

    public bool IsStatic => Modifiers.Split(' ').Contains("static");

    /// <summary>Member lines that declare a constructor.</summary>
    public IEnumerable<string> Constructors => Members.Where(IsConstructor);

    public bool IsConstructor(string member)
    {
        string declaration = MemberLine.SplitAttributes(member).Declaration;
        return Regex.IsMatch(declaration, $@"^(public|protected)( internal)? {Regex.Escape(ShortName)}\(");
    }

    internal static TypeBlock Parse(string line, IReadOnlyList<string> members)
    {
        (string attributes, string rest) = MemberLine.SplitAttributes(line);
        Match match = DelegateLine().Match(rest);
        if (match.Success)
        {
            return new TypeBlock(
                attributes, match.Groups["mod"].Value, TypeKind.Delegate, match.Groups["name"].Value, [],
                (match.Groups["ret"].Value, match.Groups["pars"].Value), members);
        }

        match = TypeLine().Match(rest);
        if (!match.Success)
        {
            throw new FormatException($"type line not understood: {line}");
        }

        string[] bases = match.Groups["bases"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var kind = Enum.Parse<TypeKind>(match.Groups["kind"].Value, ignoreCase: true);
        return new TypeBlock(
            attributes, match.Groups["mod"].Value, kind, match.Groups["name"].Value, bases, ("", ""), members);
    }

    [GeneratedRegex(@"^(?<mod>public|protected) delegate (?<ret>\S+) (?<name>[\w.]+)\((?<pars>.*)\)$")]
    private static partial Regex DelegateLine();

    [GeneratedRegex(@"^(?<mod>.*?) (?<kind>class|struct|interface|enum) (?<name>[\w.]+)( : (?<bases>.+))?$")]
    private static partial Regex TypeLine();
}
