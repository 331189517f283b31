using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests;

/// <summary>The protocol assembly under test is the one that goes on a board.</summary>
public class DeviceBuildTests
{
    [Fact]
    public void ProtocolAssemblyReferencesTheDeviceCoreLibrary()
    {
        var references = typeof(Sha256).Assembly.GetReferencedAssemblies();

        Assert.Contains(references, r => r.Name == "mscorlib" && r.Version == new Version(1, 17, 11, 0));
        Assert.DoesNotContain(references, r => r.Name == "System.Runtime");
    }
}
