using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Abuse;

/// <summary>One flooder among eight nodes: what the honest send arrives all the same. Each prints its figure.</summary>
public class FlooderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("line")]
    [InlineData("star")]
    [InlineData("all")]
    public void OneOutsideHurtsNobody(string topology)
    {
        Measure(topology, TestNetwork.Foreign, relentless: false);
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("star")]
    public void OneOutsideThatReconnectsWithoutPauseHurtsNobodyWhoHasAnotherPath(string topology)
    {
        Measure(topology, TestNetwork.Foreign, relentless: true);
    }

    [Theory]
    [InlineData("star")]
    public void OneInsideHurtsNobody(string topology)
    {
        Measure(topology, TestNetwork.Home, relentless: false);
    }

    private void Measure(string topology, int network, bool relentless)
    {
        AbuseMesh mesh = new(topology, 1, network);
        mesh.Flooder.Radio!.IsRelentless = relentless;
        (int arrived, int due) = mesh.Run();
        output.WriteLine(mesh.Mesh.Describe());
        output.WriteLine($"{topology}: {arrived} of {due}, {100.0 * arrived / due:F2} %");

        Assert.True(arrived > 0.99 * due, $"{topology}: {arrived} of {due}");
        Assert.Equal(0, mesh.EvictedForStrangers);
        Assert.True(mesh.Flooder.Core.Statistics.WhispersQueued > 500);
    }
}
