using System.Text.RegularExpressions;

namespace WhispurrNet.Build.Tests;

/// <summary>A project as the solution names it.</summary>
/// <param name="Type">Project type, a GUID in braces.</param>
/// <param name="Path">Path from the solution, with forward slashes.</param>
/// <param name="Id">The project's GUID in braces.</param>
internal sealed record SolutionProject(string Type, string Path, string Id);

internal static partial class Solutions
{
    /// <summary>Project type of a .nfproj, in a solution and in the project itself.</summary>
    public const string NanoFrameworkType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";

    private const string FolderType = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";

    /// <summary>Projects of the repository's solution, without its folders.</summary>
    public static IReadOnlyList<SolutionProject> Projects(string text) =>
        [.. ProjectLine().Matches(text)
            .Where(m => m.Groups["type"].Value != FolderType)
            .Select(m => new SolutionProject(
                m.Groups["type"].Value, m.Groups["path"].Value.Replace('\\', '/'), m.Groups["id"].Value))];

    [GeneratedRegex("""^Project\("(?<type>[^"]+)"\) = "[^"]*", "(?<path>[^"]*)", "(?<id>[^"]*)"\r?$""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
