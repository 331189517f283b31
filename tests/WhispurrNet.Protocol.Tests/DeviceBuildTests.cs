using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests;

/// <summary>The protocol assemblies under test are those that go on a board.</summary>
public class DeviceBuildTests
{
    [Theory]
    [InlineData(typeof(FrameCodec))]
    [InlineData(typeof(Sha256))]
    public void ProtocolAssembliesReferenceTheDeviceCoreLibrary(Type member)
    {
        var references = member.Assembly.GetReferencedAssemblies();

        Assert.Contains(references, r => r.Name == "mscorlib" && r.Version == new Version(1, 17, 11, 0));
        Assert.DoesNotContain(references, r => r.Name == "System.Runtime");
    }
}
