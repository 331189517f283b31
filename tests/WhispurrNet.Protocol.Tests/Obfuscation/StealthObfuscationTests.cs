using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Obfuscation;

/// <summary>What stealth mode draws: bounds and distributions.</summary>
public class StealthObfuscationTests
{
    private const int Draws = 20_000;

    private readonly StealthObfuscation _stealth = new();
    private readonly ChaChaRandom _random = new(TestNetwork.Seed(1));

    [Theory]
    [InlineData(false, 3000.0, 15_000u)]
    [InlineData(true, 300.0, 1500u)]
    public void AFrameIsHeldBackForAnExponentialTime(bool emergency, double mean, uint max)
    {
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => (double)_stealth.DrawHoldBackMs(emergency, _random))];

        AssertExponential(draws, mean, max);
    }

    [Fact]
    public void CoverComesAtExponentialTimes()
    {
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => (double)_stealth.DrawCoverIntervalMs(_random))];

        AssertExponential(draws, 300_000, 1_800_000);
        Assert.True(draws.Min() >= 1);
    }

    [Theory]
    [InlineData(4, 516, 516)]
    [InlineData(515, 516, 516)]
    [InlineData(516, 516, 516)]
    [InlineData(600, 516, 600)]
    public void WhatIsShorterThanAFrameBecomesAsLong(int count, int frame, int padded)
    {
        Assert.Equal(padded, _stealth.PadTo(count, frame));
    }

    /// <summary>Kolmogorov and Smirnov: the largest gap between what was drawn and the distribution, below the bound.</summary>
    private static void AssertExponential(double[] draws, double mean, double max)
    {
        Array.Sort(draws);
        Assert.True(draws[^1] <= max);
        double gap = 0;
        for (int i = 0; i < draws.Length && draws[i] < max; i++)
        {
            double expected = 1 - Math.Exp(-draws[i] / mean);
            gap = Math.Max(gap, Math.Abs(expected - ((i + 0.5) / draws.Length)));
        }

        // One in a thousand samples of the distribution is farther off; milliseconds are whole.
        Assert.InRange(gap, 0, (1.95 / Math.Sqrt(draws.Length)) + (1 / mean));
        Assert.InRange(draws.Count(d => d == max) / (double)draws.Length, 0, 2 * Math.Exp(-max / mean));
    }
}
