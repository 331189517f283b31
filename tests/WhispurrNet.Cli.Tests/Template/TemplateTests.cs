using System.Text.Json;
using WhispurrNet.Cli.Tests.Support;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Template;

/// <summary>A maker's own firmware: made from the packed template far from the clone, built, and run.</summary>
public sealed class TemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr").FullName;

    private string Project => Path.Combine(_folder, "Kitchen");

    private string Program => Path.Combine(Project, "bin", Clone.Configuration, "Kitchen.exe");

    [Fact]
    public async Task A_project_made_from_the_template_builds_and_runs_outside_of_the_clone()
    {
        await CreateAsync("--clone", Clone.Root);

        // What it builds against was built with these tests: building that again could meet other builds.
        await Clone.RunAsync(
            Project, "dotnet", "build", "-c", Clone.Configuration, "-p:BuildProjectReferences=false",
            "-nodeReuse:false");
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--boards", "2", "--program", Program, "--for", "60", "--port", "0", "--json");

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(Path.ChangeExtension(Program, ".pdb")));
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Program)!, "whispurr.cfg")));
    }

    [Fact]
    public async Task The_template_renames_everything_and_leaves_its_own_files_behind()
    {
        await CreateAsync();

        string[] files = Directory.GetFiles(Project, "*", SearchOption.AllDirectories);
        Assert.All(files, file =>
        {
            Assert.DoesNotContain("BoardTemplate", Path.GetRelativePath(_folder, file), StringComparison.Ordinal);
            Assert.DoesNotContain("BoardTemplate", File.ReadAllText(file), StringComparison.Ordinal);
        });
        string project = File.ReadAllText(Path.Combine(Project, "Kitchen.nfproj"));
        string own = File.ReadAllText(Path.Combine(Clone.Root, "firmware/BoardTemplate/BoardTemplate.nfproj"));
        Assert.NotEqual(Guid(own), Guid(project));
        Assert.Contains("""<Import Project="..\..\nfproj.props" />""", project, StringComparison.Ordinal);
        Assert.Contains("name=Kitchen", File.ReadAllText(Path.Combine(Project, "whispurr.cfg")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Project, ".template.config")));
    }

    [Fact]
    public async Task An_editor_finds_program_and_sources_wherever_the_clone_is()
    {
        await CreateAsync("--clone", Clone.Root);

        using JsonDocument launch = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Project, ".vscode", "launch.json"), TestContext.Current.CancellationToken));
        JsonElement debug = launch.RootElement.GetProperty("configurations")[0];
        string root = Clone.Root.Replace('\\', '/');
        string program = debug.GetProperty("program").GetString()!;
        Assert.Equal($"{root}host/WhispurrNet.Cli/bin/Debug/net10.0/whispurr.dll", program);
        Assert.Equal(root, debug.GetProperty("sourceFileMap").GetProperty("/_/").GetString());
        using JsonDocument tasks = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Project, ".vscode", "tasks.json"), TestContext.Current.CancellationToken));
        Assert.Contains(
            tasks.RootElement.GetProperty("tasks").EnumerateArray(),
            task => task.GetProperty("label").GetString() == debug.GetProperty("preLaunchTask").GetString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task CreateAsync(params string[] options)
    {
        string packages = Path.Combine(_folder, "packages");
        string hive = Path.Combine(_folder, "hive");
        await Clone.PackAsync("tools/Templates", packages);
        string package = Assert.Single(Directory.GetFiles(packages, "WhispurrNet.Templates.*.nupkg"));
        await Clone.RunAsync(_folder, "dotnet", "new", "install", package, "--debug:custom-hive", hive);
        await Clone.RunAsync(
            _folder, "dotnet", ["new", "whispurr-board", "-n", "Kitchen", .. options, "--debug:custom-hive", hive]);
    }

    private static string Guid(string project) => project.Split("<ProjectGuid>")[1].Split("</ProjectGuid>")[0];
}
