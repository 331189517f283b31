using System.Text.RegularExpressions;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>shared/PROTOCOL.md as the tests read it: its fenced blocks marked <c>example NAME</c>.</summary>
internal static partial class ProtocolDocument
{
    public static string Path { get; } = System.IO.Path.Combine(RepositoryRoot(), "shared", "PROTOCOL.md");

    public static IReadOnlyDictionary<string, string> Examples() =>
        Fence().Matches(File.ReadAllText(Path)).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value);

    public static void Rewrite(IReadOnlyDictionary<string, string> examples) =>
        File.WriteAllText(Path, Fence().Replace(
            File.ReadAllText(Path),
            m => $"```example {m.Groups["name"].Value}\n{examples[m.Groups["name"].Value]}```"));

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "nanoFramework.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex("```example (?<name>[a-z-]+)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
