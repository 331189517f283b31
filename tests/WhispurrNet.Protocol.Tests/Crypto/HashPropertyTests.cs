using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>SHA-256, HMAC and HKDF against .NET's own.</summary>
public class HashPropertyTests
{
    private const int MaxCount = 300;

    [Fact]
    public void Sha256AgreesForEveryLengthAndOffset()
    {
        var sample = new Sample(1);
        var sha = new Sha256();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] message = sample.Bytes(count);
            var (buffer, offset) = sample.Embed(message);
            var hash = new byte[Sha256.HashSize + 3];
            sha.Update(buffer, offset, count);
            sha.Finish(hash, 2);

            Assert.Equal(SHA256.HashData(message), hash[2..^1]);
            Assert.Equal(0, hash[0] | hash[1] | hash[^1]);
        }
    }

    [Fact]
    public void Sha256DoesNotDependOnHowAMessageIsSplit()
    {
        var sample = new Sample(2);
        var sha = new Sha256();
        byte[] message = sample.Bytes(200);
        byte[] expected = SHA256.HashData(message);
        for (int first = 0; first <= message.Length; first++)
        {
            int second = first + sample.Below(message.Length - first + 1);
            var hash = new byte[Sha256.HashSize];
            sha.Update(message, 0, first);
            sha.Update(message, first, second - first);
            sha.Update(message, second, message.Length - second);
            sha.Finish(hash, 0);

            Assert.Equal(expected, hash);
        }
    }

    [Fact]
    public void Sha256ResetDropsWhatWasAdded()
    {
        var sha = new Sha256();
        sha.Update(new byte[100], 0, 100);
        sha.Reset();
        var hash = new byte[Sha256.HashSize];
        sha.Finish(hash, 0);

        Assert.Equal(SHA256.HashData([]), hash);
    }

    [Fact]
    public void HmacAgreesForEveryKeyLengthAndMessageLength()
    {
        var sample = new Sample(3);
        var hmac = new HmacSha256();
        for (int count = 0; count <= MaxCount; count++)
        {
            byte[] key = sample.Bytes(count), message = sample.Bytes(sample.Below(MaxCount));
            var (buffer, offset) = sample.Embed(message);
            var mac = new byte[HmacSha256.MacSize];

            // Twice under one key: computed pads first, kept pads then.
            for (int round = 0; round < 2; round++)
            {
                hmac.Compute(key, buffer, offset, message.Length, mac, 0);
                Assert.Equal(HMACSHA256.HashData(key, message), mac);
            }
        }
    }

    [Fact]
    public void HmacNoticesAKeyOverwrittenInPlace()
    {
        var sample = new Sample(4);
        var hmac = new HmacSha256();
        byte[] key = sample.Bytes(32), message = sample.Bytes(40);
        var mac = new byte[HmacSha256.MacSize];
        for (int bit = 0; bit < 8 * key.Length; bit++)
        {
            key[bit / 8] ^= (byte)(1 << (bit % 8));
            hmac.Compute(key, message, 0, message.Length, mac, 0);
            Assert.Equal(HMACSHA256.HashData(key, message), mac);
        }
    }

    [Fact]
    public void HmacTreatsAnAllZeroKeyAsAnyOtherOnAFreshObject()
    {
        byte[] key = new byte[64], message = [1], mac = new byte[HmacSha256.MacSize];
        new HmacSha256().Compute(key, message, 0, 1, mac, 0);

        Assert.Equal(HMACSHA256.HashData(key, message), mac);
    }

    [Fact]
    public void HmacMayWriteOverItsInput()
    {
        byte[] key = new Sample(5).Bytes(32), message = new Sample(6).Bytes(50);
        byte[] expected = HMACSHA256.HashData(key, message);
        new HmacSha256().Compute(key, message, 0, message.Length, message, 7);

        Assert.Equal(expected, message[7..39]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void HkdfAgreesForEveryOutputLength(int infoCount)
    {
        var sample = new Sample(100 + infoCount);
        var hkdf = new Hkdf(new HmacSha256());
        for (int count = 1; count <= MaxCount; count += 7)
        {
            byte[] salt = sample.Bytes(sample.Below(80)), ikm = sample.Bytes(sample.Below(80));
            byte[] info = sample.Bytes(infoCount);
            var prk = new byte[Hkdf.HashSize];
            var okm = new byte[count + 4];
            hkdf.Extract(salt, ikm, prk);
            hkdf.Expand(prk, info, okm, 3, count);

            Assert.Equal(HKDF.DeriveKey(HashAlgorithmName.SHA256, ikm, count, salt, info), okm[3..^1]);
            Assert.Equal(0, okm[0] | okm[1] | okm[2] | okm[^1]);
        }
    }

    [Fact]
    public void HkdfGivesItsLongestOutputAndRefusesMore()
    {
        var hkdf = new Hkdf(new HmacSha256());
        byte[] prk = new Sample(7).Bytes(32);
        var okm = new byte[Hkdf.MaxOutputSize + 1];
        hkdf.Expand(prk, null, okm, 0, Hkdf.MaxOutputSize);

        Assert.Equal(HKDF.Expand(HashAlgorithmName.SHA256, prk, Hkdf.MaxOutputSize, []), okm[..^1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => hkdf.Expand(prk, null, okm, 0, Hkdf.MaxOutputSize + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => hkdf.Expand(new byte[31], null, okm, 0, 1));
    }

    [Fact]
    public void HkdfWithoutSaltUsesZeros()
    {
        var hkdf = new Hkdf(new HmacSha256());
        byte[] none = new byte[32], empty = new byte[32];
        hkdf.Extract(null, [1, 2, 3], none);
        hkdf.Extract([], [1, 2, 3], empty);

        Assert.Equal(HKDF.Extract(HashAlgorithmName.SHA256, [1, 2, 3]), none);
        Assert.Equal(none, empty);
    }
}
