using System.IO.Compression;
using System.Text.Json.Nodes;

namespace WhispurrNet.Cli.Tests.Package;

/// <summary><c>dotnet pack</c> makes a tool that needs nothing of the clone it was built in.</summary>
public sealed class ToolPackageTests(InstalledTool tool) : IClassFixture<InstalledTool>
{
    [Fact]
    public void The_package_holds_stand_ins_boards_and_no_dependency()
    {
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(tool.Packages, "*.nupkg")));
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.Contains(files, file => file.EndsWith("/standins/mscorlib.dll", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("/EmotionSample/EmotionSample.exe", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("/EmotionSample/EmotionSample.pdb", StringComparison.Ordinal));
        Assert.Contains("README.md", files);
        using var specification = new StreamReader(package.GetEntry("WhispurrNet.Tool.nuspec")!.Open());
        string text = specification.ReadToEnd();
        Assert.Contains("<packageType name=\"DotnetTool\" />", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installed_it_shows_its_help()
    {
        Assert.Contains("whispurr [command] [options]", await tool.RunAsync(tool.Command, "--help"));
    }

    [Fact]
    public async Task Installed_it_runs_a_mesh_of_virtual_boards()
    {
        string output = await tool.RunAsync(
            tool.Command, "up", "--boards", "2", "--for", "20", "--port", "0", "--json");

        JsonArray kinds = JsonNode.Parse(output)!["kinds"]!.AsArray();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.Equal(1, (int)kind!["delivered"]!));
    }

    [Fact]
    public async Task Installed_it_has_the_gateways_page()
    {
        using var gateway = new System.Diagnostics.Process
        {
            StartInfo = new(tool.Command, ["gateway", "--port", "0", "--json"])
            {
                WorkingDirectory = tool.Elsewhere,
                RedirectStandardOutput = true,
            },
        };
        gateway.Start();
        try
        {
            string started = (await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
            using var http = new HttpClient();
            string page = await http.GetStringAsync(
                (string)JsonNode.Parse(started)!["page"]!, TestContext.Current.CancellationToken);
            Assert.Contains("<html", page, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            gateway.Kill(entireProcessTree: true);
            await gateway.WaitForExitAsync(CancellationToken.None);
        }
    }
}
