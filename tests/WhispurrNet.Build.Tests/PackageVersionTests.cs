using System.Text.RegularExpressions;
using System.Xml.Linq;
using WhispurrNet.ReferenceAssemblies;
using Xunit;
using static WhispurrNet.Build.Tests.Repository;

namespace WhispurrNet.Build.Tests;

/// <summary>Versions are stated once, in Directory.Packages.props, and everything else agrees.</summary>
public sealed partial class PackageVersionTests
{
    private static readonly IReadOnlyDictionary<string, string> Versions = PackageVersions();

    private static readonly ReferenceSet References = ReferenceSet.Read(At("tools/ReferenceAssemblies/Listings"));

    public static TheoryData<string> DeviceProjects => [.. Projects(".nfproj")];

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void HintPathsNameTheCentralVersionAndTheAssembly(string project)
    {
        var references = XDocument.Load(At(project)).Descendants(MsBuild + "Reference").ToList();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            Match hint = Hint().Match(reference.Element(MsBuild + "HintPath")!.Value);
            Assert.True(hint.Success, reference.ToString());
            string package = hint.Groups["id"].Value;
            Assert.Equal(Versions[package], hint.Groups["version"].Value);

            string assembly = hint.Groups["assembly"].Value;
            Listing listing = References.Listings.Single(l => l.Package == package && l.Assembly == assembly);
            string identity = $"{assembly}, Version={listing.AssemblyVersion}, Culture=neutral, "
                + "PublicKeyToken=c07d481e9758c731";
            Assert.Equal(identity, reference.Attribute("Include")!.Value);
            Assert.Equal("True", reference.Element(MsBuild + "Private")?.Value);
        });
    }

    [Theory]
    [MemberData(nameof(DeviceProjects))]
    public void PackagesConfigNamesTheSamePackages(string project)
    {
        string config = At(Path.Combine(Path.GetDirectoryName(project)!, "packages.config"));
        var packages = XDocument.Load(config).Root!.Elements("package").ToList();
        IEnumerable<string> hinted = XDocument.Load(At(project)).Descendants(MsBuild + "HintPath")
            .Select(h => Hint().Match(h.Value).Groups["id"].Value)
            .Distinct();

        Assert.Equal(hinted.Order(), packages.Select(p => p.Attribute("id")!.Value).Order());
        Assert.All(packages, p =>
        {
            Assert.Equal(Versions[p.Attribute("id")!.Value], p.Attribute("version")!.Value);
            Assert.Equal("netnano1.0", p.Attribute("targetFramework")!.Value);
        });
    }

    [Fact]
    public void ReferenceAssembliesStandForTheCentralVersions() =>
        Assert.All(References.Listings, l => Assert.Equal(Versions[l.Package], l.PackageVersion));

    [Fact]
    public void NoProjectStatesAVersionOfItsOwn()
    {
        IEnumerable<XElement> references = Projects(".csproj")
            .SelectMany(p => XDocument.Load(At(p)).Descendants("PackageReference"));

        Assert.All(references, r => Assert.True(r.Attribute("Version") is null && r.Element("Version") is null));
    }

    [GeneratedRegex(@"^\.\.\\\.\.\\packages\\(?<id>.+?)\.(?<version>\d+\.\d+\.\d+)\\lib\\(?<assembly>.+)\.(dll|exe)$")]
    private static partial Regex Hint();
}
