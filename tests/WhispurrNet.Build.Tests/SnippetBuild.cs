using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace WhispurrNet.Build.Tests;

/// <summary>
/// Builds every snippet with the default build: each a project of its own, all in one solution, so that the command
/// starts once.
/// </summary>
public sealed partial class SnippetBuild : IAsyncLifetime
{
    private readonly Dictionary<string, SortedSet<string>> _errors = [];
    private readonly string _folder = Repository.At("tests/WhispurrNet.Build.Tests/obj/Snippets");

    /// <summary>What the command printed.</summary>
    public IReadOnlyList<string> Output { get; private set; } = [];

    /// <summary>Codes of the errors that a snippet's build ended with, without those that only pass a failure on.</summary>
    public IReadOnlySet<string> ErrorsOf(string name) =>
        _errors.TryGetValue(name, out SortedSet<string>? codes) ? codes : new SortedSet<string>();

    /// <summary>Whether a snippet's build left an assembly in its output folder.</summary>
    public bool HasOutput(string name) =>
        File.Exists(Path.Combine(_folder, name, "bin", DotNet.Configuration, name + ".dll"));

    /// <summary>Builds once more what was built, without restoring.</summary>
    public async Task<IReadOnlyList<string>> BuildAgain(string name, CancellationToken cancellation) =>
        (await Build(Path.Combine(name, name + ".nfproj"), cancellation, "--no-restore")).Lines;

    public async ValueTask InitializeAsync()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        Snippet[] all = [.. Snippets.Accepted, .. Snippets.Refused];
        foreach (Snippet snippet in all)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, snippet.Name)).FullName;
            File.WriteAllText(Path.Combine(folder, snippet.Name + ".nfproj"), snippet.Project());
            File.WriteAllText(Path.Combine(folder, "Program.cs"), snippet.Source());
        }

        File.WriteAllText(Path.Combine(_folder, "Snippets.sln"), Solution(all));
        Output = (await Build("Snippets.sln", CancellationToken.None)).Lines;
        foreach (Match match in Output.Select(l => ErrorLine().Match(l)).Where(m => m.Success))
        {
            // The tool's exit code is reported beside what it found.
            if (match.Groups["code"].Value != "MSB3073")
            {
                string project = Path.GetFileNameWithoutExtension(match.Groups["project"].Value);
                _errors.TryAdd(project, []);
                _errors[project].Add(match.Groups["code"].Value);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The tools and reference assemblies are built before the tests: building them again could meet other builds.
    private Task<(int ExitCode, IReadOnlyList<string> Lines)> Build(
        string what, CancellationToken cancellation, params string[] more) =>
        DotNet.Run(_folder, cancellation,
            ["build", what, "-c", DotNet.Configuration, "-p:BuildProjectReferences=false", "-nodeReuse:false", .. more]);

    private static string Solution(Snippet[] snippets)
    {
        var projects = new StringBuilder();
        var configurations = new StringBuilder();
        foreach (Snippet snippet in snippets)
        {
            string guid = Guid.NewGuid().ToString("B").ToUpperInvariant();
            projects.Append($"Project(\"{Solutions.NanoFrameworkType}\") = \"{snippet.Name}\", ");
            projects.Append($"\"{snippet.Name}\\{snippet.Name}.nfproj\", \"{guid}\"\nEndProject\n");
            string configuration = $"{DotNet.Configuration}|Any CPU";
            configurations.Append($"\t\t{guid}.{configuration}.ActiveCfg = {configuration}\n");
            configurations.Append($"\t\t{guid}.{configuration}.Build.0 = {configuration}\n");
        }

        return $"""

            Microsoft Visual Studio Solution File, Format Version 12.00
            {projects}Global
            	GlobalSection(SolutionConfigurationPlatforms) = preSolution
            		{DotNet.Configuration}|Any CPU = {DotNet.Configuration}|Any CPU
            	EndGlobalSection
            	GlobalSection(ProjectConfigurationPlatforms) = postSolution
            {configurations}	EndGlobalSection
            EndGlobal

            """;
    }

    [GeneratedRegex(@": error (?<code>[A-Z]+\d+): .*\[(?<project>[^\]]+)\]$")]
    private static partial Regex ErrorLine();
}
