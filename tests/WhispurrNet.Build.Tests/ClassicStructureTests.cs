using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;
using static WhispurrNet.Build.Tests.Repository;

namespace WhispurrNet.Build.Tests;

/// <summary>Every .nfproj has the structure that the classic project system loads.</summary>
public sealed partial class ClassicStructureTests
{
    private const string CSharpType = "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";
    private const string SystemPath = "$(NanoFrameworkProjectSystemPath)";

    public static TheoryData<string> DeviceProjects => [.. Projects(".nfproj")];

    [Fact]
    public void ThereAreDeviceProjects() => Assert.NotEmpty(DeviceProjects);

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void PartsComeInOrder(string project)
    {
        XElement root = Load(project);

        Assert.Equal("Current", root.Attribute("ToolsVersion")?.Value);
        Assert.Equal("Build", root.Attribute("DefaultTargets")?.Value);
        Assert.Equal(MsBuild + "Project", root.Name);
        XElement globals = root.Elements().First();
        Assert.Equal("Globals", globals.Attribute("Label")?.Value);
        Assert.Equal(
            @"$(MSBuildExtensionsPath)\nanoFramework\v1.0\",
            globals.Element(MsBuild + "NanoFrameworkProjectSystemPath")?.Value);
        Assert.Equal(
            [
                SystemPath + "NFProjectSystem.Default.props",
                @"..\..\nfproj.props",
                SystemPath + "NFProjectSystem.props",
                SystemPath + "NFProjectSystem.CSharp.targets",
                @"..\..\tools\nfproj.targets",
            ],
            root.Elements(MsBuild + "Import").Select(i => i.Attribute("Project")!.Value));

        // Properties lie between the first two imports of the project system, items between the last two.
        string[] order = [.. root.Elements().Select(Describe)];
        int main = Array.IndexOf(order, "PropertyGroup");
        int props = Array.IndexOf(order, "NFProjectSystem.props");
        int targets = Array.IndexOf(order, "NFProjectSystem.CSharp.targets");
        Assert.InRange(main, Array.IndexOf(order, "nfproj.props") + 1, props - 1);
        Assert.All(order.Index().Where(e => e.Item == "ItemGroup"), e => Assert.InRange(e.Index, props + 1, targets - 1));
        Assert.Equal("ProjectExtensions", order[^1]);
        Assert.NotNull(root.Element(MsBuild + "ProjectExtensions")!
            .Element(MsBuild + "ProjectCapabilities")!
            .Element(MsBuild + "ProjectConfigurationsDeclaredAsItems"));
    }

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void ImportsOfTheProjectSystemAreConditional(string project)
    {
        IEnumerable<XElement> imports = Load(project).Elements(MsBuild + "Import")
            .Where(i => i.Attribute("Project")!.Value.StartsWith(SystemPath, StringComparison.Ordinal));

        Assert.All(imports, i =>
            Assert.Equal($"Exists('{i.Attribute("Project")!.Value}')", i.Attribute("Condition")?.Value));
    }

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void MainPropertiesAreThere(string project)
    {
        XElement main = Load(project).Elements(MsBuild + "PropertyGroup").ElementAt(1);
        string? Value(string name) => main.Element(MsBuild + name)?.Value;

        Assert.Equal("Debug", Value("Configuration"));
        Assert.Equal("AnyCPU", Value("Platform"));
        Assert.Equal($"{Solutions.NanoFrameworkType};{CSharpType}", Value("ProjectTypeGuids"));
        Assert.True(Guid.TryParseExact(Value("ProjectGuid"), "B", out _));
        Assert.Contains(Value("OutputType"), new[] { "Exe", "Library" });
        Assert.Equal("Properties", Value("AppDesignerFolder"));
        Assert.Equal("512", Value("FileAlignment"));
        Assert.NotNull(Value("RootNamespace"));
        Assert.NotNull(Value("AssemblyName"));
        Assert.Equal("v1.0", Value("TargetFrameworkVersion"));
        Assert.True(File.Exists(At(Path.Combine(Path.GetDirectoryName(project)!, "Properties/AssemblyInfo.cs"))));
    }

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void PackagesConfigIsAnItemAndProjectReferencesNameTheirTarget(string project)
    {
        XElement root = Load(project);

        Assert.Contains(root.Descendants(MsBuild + "None"), n => n.Attribute("Include")!.Value == "packages.config");
        Assert.All(root.Descendants(MsBuild + "ProjectReference"), reference =>
        {
            string target = Path.GetRelativePath(Root, Path.Combine(
                At(Path.GetDirectoryName(project)!), reference.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(ProjectGuid(target), reference.Element(MsBuild + "Project")?.Value);
            Assert.Equal(Path.GetFileNameWithoutExtension(target), reference.Element(MsBuild + "Name")?.Value);
        });
    }

    [Fact]
    public void ProjectGuidsAreUnique()
    {
        IEnumerable<string> guids = Projects(".nfproj").Select(ProjectGuid);

        Assert.Equal(guids.Distinct(StringComparer.OrdinalIgnoreCase), guids);
    }

    [Fact]
    public void DeviceTestsAreATestContainer()
    {
        XElement root = Load("tests/WhispurrNet.DeviceTests/WhispurrNet.DeviceTests.nfproj");
        XElement main = root.Elements(MsBuild + "PropertyGroup").ElementAt(1);

        Assert.Equal("TestContainer", root.Descendants(MsBuild + "ProjectCapability").Single().Attribute("Include")!.Value);
        Assert.Equal("NFUnitTest", main.Element(MsBuild + "AssemblyName")?.Value);
        Assert.Equal("False", main.Element(MsBuild + "IsCodedUITest")?.Value);
        Assert.Equal("true", main.Element(MsBuild + "IsTestProject")?.Value);
        Assert.Equal("UnitTest", main.Element(MsBuild + "TestProjectType")?.Value);
        Assert.Equal(
            @"$(MSBuildProjectDirectory)\nano.runsettings", main.Element(MsBuild + "RunSettingsFilePath")?.Value);
        Assert.NotNull(XDocument.Load(At("tests/WhispurrNet.DeviceTests/nano.runsettings")).Root!
            .Element("nanoFrameworkAdapter"));
    }

    private static XElement Load(string project) => XDocument.Load(At(project)).Root!;

    private static string ProjectGuid(string project) => Load(project).Descendants(MsBuild + "ProjectGuid").Single().Value;

    private static string Describe(XElement element) => element.Name.LocalName switch
    {
        "Import" => FileName().Match(element.Attribute("Project")!.Value).Value,
        "PropertyGroup" when element.Attribute("Label") is not null => "Globals",
        string other => other,
    };

    [GeneratedRegex(@"[^\\)]+$")]
    private static partial Regex FileName();
}
