using System.Text.RegularExpressions;

namespace WhispurrNet.ReferenceAssemblies;

/// <summary>Text-level helpers for the declarations of a listing.</summary>
public static partial class MemberLine
{
    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Void"] = "void",
        ["System.Object"] = "object",
        ["System.String"] = "string",
        ["System.Boolean"] = "bool",
        ["System.Char"] = "char",
        ["System.SByte"] = "sbyte",
        ["System.Byte"] = "byte",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
    };

    private static readonly Dictionary<string, string> AttributeNames = new()
    {
        ["Flags"] = "System.FlagsAttribute",
        ["AttributeUsage"] = "System.AttributeUsageAttribute",
        ["Conditional"] = "System.Diagnostics.ConditionalAttribute",
        ["IndexerName"] = "System.Runtime.CompilerServices.IndexerNameAttribute",
        ["CallerMemberName"] = "System.Runtime.CompilerServices.CallerMemberNameAttribute",
        ["CallerArgumentExpression"] = "System.Runtime.CompilerServices.CallerArgumentExpressionAttribute",
        ["Obsolete"] = "System.ObsoleteAttribute",
    };

    /// <summary>Splits leading attribute sections from a declaration.</summary>
    public static (string Attributes, string Declaration) SplitAttributes(string line)
    {
        Match match = LeadingAttributes().Match(line);
        return (match.Value.TrimEnd(), line[match.Length..]);
    }

    /// <summary>
    /// Writes a listing's attribute sections as C#. <c>[ExcludeType]</c> is dropped: it says that the type is absent
    /// on the device, which is the metadata processor's concern and not the compiler's.
    /// </summary>
    public static string WriteAttributes(string attributes)
    {
        string text = attributes.Replace("[ExcludeType]", "", StringComparison.Ordinal);
        text = text.Replace("Obsolete(error)", "Obsolete(\"\", true)", StringComparison.Ordinal);
        text = AttributeName().Replace(
            text, m => AttributeNames.TryGetValue(m.Value, out string? full)
                ? full
                : throw new FormatException($"attribute not known: {m.Value}"));
        return Qualify(Spaces().Replace(text, " ").Trim());
    }

    /// <summary>Replaces metadata names by C# keywords or <c>global::</c> names, outside string literals.</summary>
    public static string Qualify(string text) =>
        LiteralOrName().Replace(text, m =>
            m.Value[0] == '"' ? m.Value
            : Keywords.TryGetValue(m.Value, out string? keyword) ? keyword
            : "global::" + m.Value);

    /// <summary>Splits a parameter list at its top-level commas, attributes and literals respected.</summary>
    public static IReadOnlyList<string> SplitParameters(string parameters)
    {
        var result = new List<string>();
        int depth = 0, start = 0;
        bool quoted = false;
        for (int i = 0; i < parameters.Length; i++)
        {
            char c = parameters[i];
            quoted ^= c == '"';
            depth += quoted ? 0 : c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted)
            {
                result.Add(parameters[start..i].Trim());
                start = i + 1;
            }
        }

        if (parameters[start..].Trim() is { Length: > 0 } last)
        {
            result.Add(last);
        }

        return result;
    }

    /// <summary>The parameter's type as C#, without attributes, modifiers, name and default.</summary>
    public static string ParameterType(string parameter)
    {
        string rest = SplitAttributes(parameter).Declaration;
        string[] words = rest.Split(' ').SkipWhile(w => w is "this" or "params" or "ref" or "out" or "in").ToArray();
        return Qualify(words[0]);
    }

    /// <summary>Attributes inside a parameter list, rewritten like those before a declaration.</summary>
    public static string WriteParameters(string parameters) =>
        string.Join(", ", SplitParameters(parameters).Select(p =>
        {
            (string attributes, string rest) = SplitAttributes(p);
            return attributes.Length == 0 ? Qualify(rest) : $"{WriteAttributes(attributes)} {Qualify(rest)}";
        }));

    [GeneratedRegex(@"^(\[[^\]]*\]\s*)*")]
    private static partial Regex LeadingAttributes();

    [GeneratedRegex(@"(?<=\[)\w+")]
    private static partial Regex AttributeName();

    [GeneratedRegex(@"""[^""]*""|(?<![\w.:])[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")]
    private static partial Regex LiteralOrName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
