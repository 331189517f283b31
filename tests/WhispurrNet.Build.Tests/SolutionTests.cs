using System.Xml.Linq;
using Xunit;
using static WhispurrNet.Build.Tests.Repository;

namespace WhispurrNet.Build.Tests;

public sealed class SolutionTests
{
    private static readonly string Text = File.ReadAllText(At("nanoFramework.sln"));

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        IEnumerable<string> all = Projects(".nfproj").Concat(Projects(".csproj")).Order(StringComparer.Ordinal);

        Assert.Equal(all, Solutions.Projects(Text).Select(p => p.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DeviceProjectsHaveTheirOwnTypeAndGuid()
    {
        Assert.All(Solutions.Projects(Text), project =>
        {
            bool isDevice = project.Path.EndsWith(".nfproj", StringComparison.Ordinal);
            Assert.Equal(isDevice, project.Type == Solutions.NanoFrameworkType);
            if (isDevice)
            {
                XElement guid = XDocument.Load(At(project.Path)).Descendants(MsBuild + "ProjectGuid").Single();
                Assert.Equal(guid.Value, project.Id);
            }
        });
    }

    [Fact]
    public void EveryProjectIsBuiltInBothConfigurations()
    {
        Assert.All(Solutions.Projects(Text), project =>
        {
            Assert.Contains($"{project.Id}.Debug|Any CPU.Build.0 = Debug|Any CPU", Text, StringComparison.Ordinal);
            Assert.Contains($"{project.Id}.Release|Any CPU.Build.0 = Release|Any CPU", Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void TopLevelHoldsNothingElse()
    {
        string[] allowed =
        [
            "firmware", "host", "shared", "tests", "tools", "nanoFramework.sln", "nfproj.props", "README.md",
            "CHANGELOG.md", "LICENSE", "global.json", "Directory.Build.props", "Directory.Packages.props",
        ];

        // Beside what is kept: what tools put into a clone, and git leaves out.
        string[] left = ["artifacts", "packages", "TestResults"];
        IEnumerable<string> found = Directory.EnumerateFileSystemEntries(Root)
            .Select(e => Path.GetFileName(e))
            .Where(name => !name.StartsWith('.') && !left.Contains(name));

        Assert.Equal(allowed.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
