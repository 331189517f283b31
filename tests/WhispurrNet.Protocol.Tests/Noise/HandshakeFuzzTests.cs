using WhispurrNet.NoiseFuzz;
using WhispurrNet.NoiseFuzz.Handshakes;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Noise;

/// <summary>A short run of the program that attacks handshakes; a seed that it finds becomes a case here.</summary>
public class HandshakeFuzzTests
{
    private const int Runs = 400;

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    [InlineData(20_000)]
    public void NothingIsFoundFromHereOn(int firstSeed)
    {
        Tally tally = new();
        for (int seed = firstSeed; seed < firstSeed + Runs; seed++)
        {
            try
            {
                HandshakeRun.Execute(seed, tally);
            }
            catch (FuzzFailure failure)
            {
                Assert.Fail($"Seed {seed}: {failure.Message}");
            }
        }

        // The runs reach everything: ends of every pattern, good and bad, and every kind of spoilt message.
        string[] patterns = ["X", "XX", "XXpsk3", "IK"];
        Assert.All(patterns, pattern => Assert.True(tally.Of($"ends: {pattern} finished") > 20, pattern));
        Assert.All(patterns, pattern => Assert.True(tally.Of($"ends: {pattern} refused message 1") > 0, pattern));
        Assert.True(tally.Of("ends: XX cannot be written, zero secret") > 0);
        Assert.Equal(8, tally.Counts.Keys.Count(what => s_spoilt.Any(how => what == $"read {how}: refused")));
    }

    private static readonly string[] s_spoilt =
    [
        "a bit flipped", "truncated", "lengthened", "random bytes", "random bytes of the length",
        "a point of small order", "two messages spliced", "bytes overwritten",
    ];
}
