using System.Text.Json;
using Xunit;

namespace WhispurrNet.Build.Tests;

/// <summary>Which of the three ways a .nfproj takes, read from its evaluation.</summary>
public sealed class ThreeWaysTests
{
    private const string Board = "firmware/WhispurrNet.Board/WhispurrNet.Board.nfproj";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithTheProjectSystemEverythingIsLeftToIt()
    {
        string folder = Directory.CreateTempSubdirectory("nanoFramework").FullName;
        try
        {
            foreach (string file in (string[])["Default.props", "props", "CSharp.targets"])
            {
                File.WriteAllText(Path.Combine(folder, "NFProjectSystem." + file), $"""
                    <Project>
                      <PropertyGroup>
                        <ImportOrder>$(ImportOrder) {file}:$(AssemblyName)</ImportOrder>
                      </PropertyGroup>
                    </Project>
                    """);
            }

            // A project system is asked for everything; asked for packages at the same time, it still is.
            JsonElement project = await Evaluate(
                $"-p:NanoFrameworkProjectSystemPath={folder}/", "-p:NanoPackages=true");

            JsonElement properties = project.GetProperty("Properties");
            Assert.Equal("classic", properties.GetProperty("NanoBuild").GetString());
            Assert.Equal(
                " Default.props: props:WhispurrNet.Board CSharp.targets:WhispurrNet.Board",
                properties.GetProperty("ImportOrder").GetString());
            Assert.Equal("", properties.GetProperty("UsingMicrosoftNETSdk").GetString());
            Assert.Equal("", properties.GetProperty("TargetFramework").GetString());
            Assert.Equal("true", properties.GetProperty("Optimize").GetString());
            Assert.Equal(
                @"..\..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll".Replace('\\', '/'),
                HintPath(project, "mscorlib"));
            Assert.Empty(Items(project, "PackageReference"));
            Assert.Equal(2, Items(project, "ProjectReference").Count());
            Assert.Contains(Items(project, "Compile"), i => Identity(i) == "Properties/AssemblyInfo.cs");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task WithPackagesEveryReferenceIsAPackageOfTheCentralVersion()
    {
        JsonElement project = await Evaluate(
            "-p:NanoFrameworkProjectSystemPath=none/", "-p:NanoPackages=true", "-p:NuGetPackageRoot=/restored");

        Assert.Equal("packages", project.GetProperty("Properties").GetProperty("NanoBuild").GetString());
        Assert.Equal(
            "/restored/nanoframework.corelibrary/1.17.11/lib/mscorlib.dll", HintPath(project, "mscorlib"));
        Assert.Equal(
            "/restored/nanoframework.system.net.websockets.client/1.1.170/lib/System.Net.WebSockets.dll",
            HintPath(project, "System.Net.WebSockets"));
        string[] packages = [.. Items(project, "PackageReference").Select(Identity)];
        Assert.Equal(packages.Distinct(), packages);
        Assert.Equal(Items(project, "Reference").Count() + 1, packages.Length);
        Assert.Contains("nanoFramework.Tools.MetadataProcessor.MsBuildTask", packages);
        Assert.Subset(Repository.PackageVersions().Keys.ToHashSet(), packages.ToHashSet());
    }

    [Fact]
    public async Task ByDefaultReferencesAreTheReferenceAssemblies()
    {
        JsonElement project = await Evaluate("-p:NanoFrameworkProjectSystemPath=none/");

        JsonElement properties = project.GetProperty("Properties");
        Assert.Equal("reference", properties.GetProperty("NanoBuild").GetString());
        Assert.Equal("9.0", properties.GetProperty("LangVersion").GetString());
        Assert.Equal("true", properties.GetProperty("Optimize").GetString());
        Assert.Equal("true", properties.GetProperty("TreatWarningsAsErrors").GetString());
        Assert.Contains("NANOFRAMEWORK_1_0", properties.GetProperty("DefineConstants").GetString()!.Split(';'));
        Assert.All(Items(project, "Reference"), reference =>
        {
            string path = reference.GetProperty("HintPath").GetString()!;
            Assert.True(File.Exists(path), path);
            Assert.StartsWith(Repository.At("tools/ReferenceAssemblies/bin/ref/"), path, StringComparison.Ordinal);
        });
        Assert.Empty(Items(project, "PackageReference"));
    }

    private static async Task<JsonElement> Evaluate(params string[] properties)
    {
        string[] arguments =
        [
            "msbuild", Repository.At(Board), "-nodeReuse:false", "-p:Configuration=Debug",
            "-getProperty:NanoBuild,ImportOrder,UsingMicrosoftNETSdk,TargetFramework,Optimize,LangVersion",
            "-getProperty:DefineConstants,TreatWarningsAsErrors",
            "-getItem:Reference,PackageReference,ProjectReference,Compile",
        ];
        (int exitCode, IReadOnlyList<string> lines) =
            await DotNet.Run(Repository.Root, Cancellation, [.. arguments, .. properties]);
        string text = string.Join('\n', lines);
        Assert.True(exitCode == 0, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static IEnumerable<JsonElement> Items(JsonElement project, string type) =>
        project.GetProperty("Items").GetProperty(type).EnumerateArray();

    private static string Identity(JsonElement item) => item.GetProperty("Identity").GetString()!.Replace('\\', '/');

    private static string HintPath(JsonElement project, string assembly) =>
        Items(project, "Reference").Single(r => Identity(r).StartsWith(assembly + ",", StringComparison.Ordinal))
            .GetProperty("HintPath").GetString()!.Replace('\\', '/');
}
