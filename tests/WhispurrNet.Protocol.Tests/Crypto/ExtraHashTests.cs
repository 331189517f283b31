using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>SHA-512 against its vectors and .NET's own, BLAKE2s against its vectors and BouncyCastle.</summary>
public class ExtraHashTests
{
    private const int MaxCount = 300;

    public static TheoryData<string[]> Sha512Rows => [.. Sha512Vectors.All()];

    public static TheoryData<string[]> Blake2sRows => [.. Blake2sVectors.All()];

    [Fact]
    public void NoVectorIsMissing()
    {
        Assert.Equal([VectorCounts.Sha512, VectorCounts.Blake2s], new[] { Sha512Rows.Count, Blake2sRows.Count });
    }

    [Theory]
    [MemberData(nameof(Sha512Rows))]
    public void Sha512Matches(string[] vector)
    {
        byte[] message = Convert.FromHexString(vector[1]), hash = new byte[Sha512.HashSize];
        var sha = new Sha512();
        for (int left = int.Parse(vector[2], System.Globalization.CultureInfo.InvariantCulture); left > 0; left--)
        {
            sha.Update(message, 0, message.Length);
        }

        sha.Finish(hash, 0);

        Assert.Equal(vector[3], Convert.ToHexStringLower(hash));
    }

    [Theory]
    [MemberData(nameof(Blake2sRows))]
    public void Blake2sMatches(string[] vector)
    {
        byte[] message = Convert.FromHexString(vector[1]), hash = new byte[Blake2s.HashSize];
        var blake = new Blake2s();
        blake.Update(message, 0, message.Length);
        blake.Finish(hash, 0);

        Assert.Equal(vector[2], Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Sha512AgreesForEveryLengthHoweverItIsSplit()
    {
        var sample = new Sample(11);
        var sha = new Sha512();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] message = sample.Bytes(count);
            var (buffer, offset) = sample.Embed(message);
            int first = sample.Below(count + 1);
            var hash = new byte[Sha512.HashSize + 3];
            sha.Update(buffer, offset, first);
            sha.Update(buffer, offset + first, count - first);
            sha.Finish(hash, 2);

            Assert.Equal(SHA512.HashData(message), hash[2..^1]);
            Assert.Equal(0, hash[0] | hash[1] | hash[^1]);
        }
    }

    [Fact]
    public void Blake2sAgreesForEveryLengthKeyAndSizeHoweverItIsSplit()
    {
        var sample = new Sample(12);
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] message = sample.Bytes(count);
            var (buffer, offset) = sample.Embed(message);
            int first = sample.Below(count + 1);
            byte[]? key = count % 3 == 0 ? null : sample.Bytes(1 + sample.Below(Blake2s.MaxKeySize));
            int size = 1 + sample.Below(Blake2s.HashSize);
            var blake = new Blake2s(size, key);
            var expected = new Blake2sDigest(key, size, null, null);
            var hash = new byte[size + 3];
            var reference = new byte[size];

            // Twice by one object: a finished message leaves nothing behind.
            for (int round = 0; round < 2; round++)
            {
                blake.Update(buffer, offset, first);
                blake.Update(buffer, offset + first, count - first);
                blake.Finish(hash, 2);
                expected.BlockUpdate(message, 0, count);
                expected.DoFinal(reference, 0);

                Assert.Equal(reference, hash[2..^1]);
                Assert.Equal(0, hash[0] | hash[1] | hash[^1]);
            }
        }
    }

    [Fact]
    public void ResetDropsWhatWasAdded()
    {
        byte[] hash = new byte[Sha512.HashSize], expected = new byte[Blake2s.HashSize];
        var sha = new Sha512();
        sha.Update(new byte[200], 0, 200);
        sha.Reset();
        sha.Finish(hash, 0);
        Assert.Equal(SHA512.HashData([]), hash);

        byte[] key = new Sample(13).Bytes(32);
        var blake = new Blake2s(Blake2s.HashSize, key);
        blake.Finish(expected, 0);
        blake.Update(new byte[100], 0, 100);
        blake.Reset();
        blake.Finish(hash, 0);
        Assert.Equal(expected, hash[..32]);
    }
}
