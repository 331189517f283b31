using System.Xml.Linq;
using Xunit;
using static WhispurrNet.Build.Tests.Repository;

namespace WhispurrNet.Build.Tests;

/// <summary>
/// An image holds what its application lists: an application therefore lists what its libraries reference, too.
/// </summary>
public sealed class ApplicationReferencesTests
{
    public static TheoryData<string> Applications =>
        [.. Projects(".nfproj").Where(p => p.StartsWith("firmware/", StringComparison.Ordinal) && IsApplication(p))];

    [Theory]
    [MemberData(nameof(Applications))]
    public void ItListsWhatItsLibrariesReference(string project)
    {
        HashSet<string> own = References(project);

        Assert.Subset(own, References("firmware/WhispurrNet.Board/WhispurrNet.Board.nfproj"));
        Assert.Subset(own, References("shared/WhispurrNet.Protocol/WhispurrNet.Protocol.nfproj"));
        Assert.Subset(own, References("shared/WhispurrNet.Protocol.Crypto/WhispurrNet.Protocol.Crypto.nfproj"));
    }

    private static bool IsApplication(string project) =>
        XDocument.Load(At(project)).Descendants(MsBuild + "OutputType").Single().Value == "Exe";

    // Of packages the path, of projects the GUID: neither depends on where the application lies.
    private static HashSet<string> References(string project)
    {
        XDocument text = XDocument.Load(At(project));
        return [.. text.Descendants(MsBuild + "HintPath")
            .Concat(text.Descendants(MsBuild + "ProjectReference").Elements(MsBuild + "Project"))
            .Select(reference => reference.Value)];
    }
}
