using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>The random generator: its construction, its distribution and its seams.</summary>
public class ChaChaRandomPropertyTests
{
    /// <summary>The construction written out again: blocks of keystream, the first half of each the next key.</summary>
    [Fact]
    public void OutputIsKeystreamUnderKeysThatReplaceThemselves()
    {
        byte[] key = new Sample(1).Bytes(32), output = new byte[1000];
        new ChaChaRandom(key).NextBytes(output, 0, output.Length);
        var expected = new List<byte>();
        var cipher = new ChaCha20();
        while (expected.Count < output.Length)
        {
            var pool = new byte[64];
            cipher.SetKey(key, 0);
            cipher.Xor(new byte[12], 0, 0, pool, 0, pool, 0, pool.Length);
            key = pool[..32];
            expected.AddRange(pool[32..]);
        }

        Assert.Equal(expected[..output.Length], output);
    }

    [Fact]
    public void TheSequenceDoesNotDependOnTheRequests()
    {
        byte[] seed = new Sample(2).Bytes(32), whole = new byte[2000], parts = new byte[2000];
        new ChaChaRandom(seed).NextBytes(whole, 0, whole.Length);
        var sample = new Sample(3);
        var random = new ChaChaRandom(seed);
        for (int at = 0; at < parts.Length;)
        {
            int count = Math.Min(sample.Below(200), parts.Length - at);
            random.NextBytes(parts, at, count);
            at += count;
        }

        Assert.Equal(whole, parts);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(3u)]
    [InlineData(10u)]
    [InlineData(0x80000000u)]
    [InlineData(0x80000001u)]
    [InlineData(0xFFFFFFFFu)]
    public void NextBelowStaysBelowAndSpreads(uint bound)
    {
        const int Draws = 20000;
        var random = new ChaChaRandom(new Sample(4).Bytes(32));
        int lower = 0;
        for (int i = 0; i < Draws; i++)
        {
            uint value = random.NextBelow(bound);
            Assert.True(value < bound);
            lower += value < bound / 2 ? 1 : 0;
        }

        // Ten standard deviations around the share of values below bound / 2. A plain remainder would miss it for
        // 0x80000001, where it halves the weight of all values but the lowest half.
        double share = (bound / 2) / (double)bound;
        Assert.InRange(lower, (Draws * share) - 710, (Draws * share) + 710);
    }

    [Fact]
    public void EntropyChangesTheSequenceAndKeepsTheOldKeyInIt()
    {
        byte[] seed = new Sample(5).Bytes(32), output = new byte[32], expected = new byte[32];
        var random = new ChaChaRandom(seed);
        random.AddEntropy([1, 2, 3], 1, 2);
        random.NextBytes(output, 0, 32);
        new ChaChaRandom(SHA256.HashData([.. seed, 2, 3])).NextBytes(expected, 0, 32);

        Assert.Equal(expected, output);
    }

    [Fact]
    public void SeedsMustHave32Bytes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaChaRandom(new byte[31]));
        Assert.Throws<ArgumentNullException>(() => new ChaChaRandom(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaChaRandom(new byte[32]).NextBelow(0));
    }
}
