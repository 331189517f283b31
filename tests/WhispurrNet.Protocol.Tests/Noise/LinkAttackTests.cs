using WhispurrNet.NoiseFuzz;
using WhispurrNet.NoiseFuzz.Links;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>A short run of the program that attacks links; a seed that it finds becomes a case here.</summary>
public class LinkAttackTests
{
    private const int Runs = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void NothingIsFoundFromHereOn(int firstSeed)
    {
        Tally tally = new();
        for (int seed = firstSeed; seed < firstSeed + Runs; seed++)
        {
            try
            {
                LinkRun.Execute(seed, tally);
            }
            catch (FuzzFailure failure)
            {
                Assert.Fail($"Seed {seed}: {failure.Message}");
            }
        }

        Assert.True(tally.Of("meetings: Contact finished") > 20);
        Assert.True(tally.Of("meetings: Contact failed") > 20);
        Assert.True(tally.Of("units: an old one instead") > 20);
        Assert.Contains(tally.Counts.Keys, what => what.StartsWith("meetings: both dial", StringComparison.Ordinal));
        Assert.True(tally.Of("whispers received") > Runs);
    }
}
