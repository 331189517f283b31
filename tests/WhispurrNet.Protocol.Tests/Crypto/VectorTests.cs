using System.Globalization;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Noise;
using WhispurrNet.Protocol.Noise;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>The published vectors, from the sources the device tests compile, one test case each.</summary>
public class VectorTests
{
    public static TheoryData<string[]> Sha256Rows => [.. Sha256Vectors.All()];

    public static TheoryData<string[]> HmacRows => [.. HmacVectors.Hmac()];

    public static TheoryData<string[]> HkdfRows => [.. HmacVectors.Hkdf()];

    public static TheoryData<string[]> ChaCha20Rows => [.. ChaCha20Vectors.Cipher()];

    public static TheoryData<string[]> KeyGenerationRows => [.. ChaCha20Vectors.KeyGeneration()];

    public static TheoryData<string[]> HChaCha20Rows => [.. ChaCha20Vectors.HChaCha20()];

    public static TheoryData<string[]> Poly1305Rows => [.. Poly1305Vectors.All()];

    public static TheoryData<string[]> ChaCha20Poly1305Rows => [.. AeadVectors.ChaCha20Poly1305()];

    public static TheoryData<string[]> XChaCha20Poly1305Rows => [.. AeadVectors.XChaCha20Poly1305()];

    public static TheoryData<string[]> X25519Rows => [.. X25519Vectors.Multiply()];

    public static TheoryData<string[]> X25519BaseRows => [.. X25519Vectors.MultiplyBase()];

    public static TheoryData<string[]> X25519IterateRows => [.. X25519Vectors.Iterate()];

    public static TheoryData<string[]> NoiseSha256Rows => [.. NoiseVectors.Sha256()];

    public static TheoryData<string[]> NoiseBlake2sRows => [.. NoiseVectors.Blake2s()];

    public static TheoryData<int> SipHashRows => [.. Enumerable.Range(0, SipHashVectors.All().Length)];

    /// <summary>Primitive, vectors it has to have, vectors it has.</summary>
    public static TheoryData<string, int, int> Counts => new()
    {
        { nameof(VectorCounts.Sha256), VectorCounts.Sha256, Sha256Rows.Count },
        { nameof(VectorCounts.Hmac), VectorCounts.Hmac, HmacRows.Count },
        { nameof(VectorCounts.Hkdf), VectorCounts.Hkdf, HkdfRows.Count },
        { nameof(VectorCounts.ChaCha20), VectorCounts.ChaCha20, ChaCha20Rows.Count },
        { nameof(VectorCounts.KeyGeneration), VectorCounts.KeyGeneration, KeyGenerationRows.Count },
        { nameof(VectorCounts.HChaCha20), VectorCounts.HChaCha20, HChaCha20Rows.Count },
        { nameof(VectorCounts.Poly1305), VectorCounts.Poly1305, Poly1305Rows.Count },
        { nameof(VectorCounts.ChaCha20Poly1305), VectorCounts.ChaCha20Poly1305, ChaCha20Poly1305Rows.Count },
        { nameof(VectorCounts.XChaCha20Poly1305), VectorCounts.XChaCha20Poly1305, XChaCha20Poly1305Rows.Count },
        { nameof(VectorCounts.X25519), VectorCounts.X25519, X25519Rows.Count },
        { nameof(VectorCounts.X25519Base), VectorCounts.X25519Base, X25519BaseRows.Count },
        { nameof(VectorCounts.X25519Iterated), VectorCounts.X25519Iterated, X25519IterateRows.Count },
        { nameof(VectorCounts.NoiseSha256), VectorCounts.NoiseSha256, NoiseSha256Rows.Count },
        { nameof(VectorCounts.NoiseBlake2s), VectorCounts.NoiseBlake2s, NoiseBlake2sRows.Count },
        { nameof(VectorCounts.SipHash), VectorCounts.SipHash, SipHashRows.Count },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void EveryPrimitiveHasItsCountOfVectors(string primitive, int expected, int found)
    {
        Assert.True(expected == found, $"{primitive} has {found} vectors instead of {expected}.");
    }

    [Theory]
    [MemberData(nameof(Sha256Rows))]
    public void Sha256Matches(string[] vector)
    {
        byte[] message = Convert.FromHexString(vector[1]);
        var sha = new Sha256();
        for (int left = int.Parse(vector[2], CultureInfo.InvariantCulture); left > 0; left--)
        {
            sha.Update(message, 0, message.Length);
        }

        var hash = new byte[Sha256.HashSize];
        sha.Finish(hash, 0);

        Assert.Equal(vector[3], Text(hash));
    }

    [Theory]
    [MemberData(nameof(NoiseSha256Rows))]
    public void NoiseOverSha256Matches(string[] vector)
    {
        foreach (bool madeAhead in new[] { false, true })
        {
            Assert.Empty(NoiseVectorCheck.Failure(
                vector, new NoiseSha256(new HmacSha256()), new NoiseSha256(new HmacSha256()), madeAhead));
        }
    }

    [Theory]
    [MemberData(nameof(NoiseBlake2sRows))]
    public void NoiseOverBlake2sMatches(string[] vector)
    {
        foreach (bool madeAhead in new[] { false, true })
        {
            Assert.Empty(NoiseVectorCheck.Failure(vector, new NoiseBlake2s(), new NoiseBlake2s(), madeAhead));
        }
    }

    [Theory]
    [MemberData(nameof(HmacRows))]
    public void HmacMatches(string[] vector)
    {
        byte[] message = Convert.FromHexString(vector[2]);
        var mac = new byte[HmacSha256.MacSize];
        new HmacSha256().Compute(Convert.FromHexString(vector[1]), message, 0, message.Length, mac, 0);

        Assert.StartsWith(vector[3], Text(mac), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HkdfRows))]
    public void HkdfMatches(string[] vector)
    {
        var hkdf = new Hkdf(new HmacSha256());
        var prk = new byte[Hkdf.HashSize];
        hkdf.Extract(Convert.FromHexString(vector[2]), Convert.FromHexString(vector[1]), prk);
        var okm = new byte[vector[5].Length / 2];
        hkdf.Expand(prk, Convert.FromHexString(vector[3]), okm, 0, okm.Length);

        Assert.Equal(vector[4], Text(prk));
        Assert.Equal(vector[5], Text(okm));
    }

    [Theory]
    [MemberData(nameof(ChaCha20Rows))]
    public void ChaCha20Matches(string[] vector)
    {
        var cipher = new ChaCha20();
        cipher.SetKey(Convert.FromHexString(vector[1]), 0);
        byte[] input = Convert.FromHexString(vector[4]);
        var output = new byte[input.Length];
        uint counter = uint.Parse(vector[3], CultureInfo.InvariantCulture);
        cipher.Xor(Convert.FromHexString(vector[2]), 0, counter, input, 0, output, 0, input.Length);

        Assert.Equal(vector[5], Text(output));
    }

    [Theory]
    [MemberData(nameof(KeyGenerationRows))]
    public void OneTimeKeyMatches(string[] vector)
    {
        var cipher = new ChaCha20();
        cipher.SetKey(Convert.FromHexString(vector[1]), 0);
        var block = new byte[ChaCha20.BlockSize];
        cipher.Block(Convert.FromHexString(vector[2]), 0, 0, block, 0);

        Assert.Equal(vector[3], Text(block[..Poly1305.KeySize]));
    }

    [Theory]
    [MemberData(nameof(HChaCha20Rows))]
    public void HChaCha20Matches(string[] vector)
    {
        var derivation = new HChaCha20();
        derivation.SetKey(Convert.FromHexString(vector[1]), 0);
        var subkey = new byte[HChaCha20.KeySize];
        derivation.DeriveKey(Convert.FromHexString(vector[2]), 0, subkey, 0);

        Assert.Equal(vector[3], Text(subkey));
    }

    [Theory]
    [MemberData(nameof(Poly1305Rows))]
    public void Poly1305Matches(string[] vector)
    {
        var mac = new Poly1305();
        mac.Init(Convert.FromHexString(vector[1]), 0);
        byte[] message = Convert.FromHexString(vector[2]);
        mac.Update(message, 0, message.Length);
        var tag = new byte[Poly1305.TagSize];
        mac.Finish(tag, 0);

        Assert.Equal(vector[3], Text(tag));
    }

    [Theory]
    [MemberData(nameof(ChaCha20Poly1305Rows))]
    public void ChaCha20Poly1305Matches(string[] vector)
    {
        var aead = new ChaCha20Poly1305();
        aead.SetKey(Convert.FromHexString(vector[1]), 0);
        byte[] nonce = Convert.FromHexString(vector[2]), ad = Convert.FromHexString(vector[3]);
        byte[] plaintext = Convert.FromHexString(vector[4]), sealedBytes = Convert.FromHexString(vector[5]);
        var output = new byte[sealedBytes.Length];
        aead.Seal(nonce, 0, ad, 0, ad.Length, plaintext, 0, plaintext.Length, output, 0);
        var opened = new byte[plaintext.Length];

        Assert.Equal(sealedBytes, output);
        Assert.True(aead.Open(nonce, 0, ad, 0, ad.Length, sealedBytes, 0, sealedBytes.Length, opened, 0));
        Assert.Equal(plaintext, opened);
    }

    [Theory]
    [MemberData(nameof(XChaCha20Poly1305Rows))]
    public void XChaCha20Poly1305Matches(string[] vector)
    {
        var aead = new XChaCha20Poly1305();
        aead.SetKey(Convert.FromHexString(vector[1]), 0);
        byte[] nonce = Convert.FromHexString(vector[2]), ad = Convert.FromHexString(vector[3]);
        byte[] plaintext = Convert.FromHexString(vector[4]), sealedBytes = Convert.FromHexString(vector[5]);
        var output = new byte[sealedBytes.Length];
        aead.Seal(nonce, 0, ad, 0, ad.Length, plaintext, 0, plaintext.Length, output, 0);
        var opened = new byte[plaintext.Length];

        Assert.Equal(sealedBytes, output);
        Assert.True(aead.Open(nonce, 0, ad, 0, ad.Length, sealedBytes, 0, sealedBytes.Length, opened, 0));
        Assert.Equal(plaintext, opened);
    }

    [Theory]
    [MemberData(nameof(X25519Rows))]
    public void X25519Matches(string[] vector)
    {
        var result = new byte[X25519.KeySize];
        bool contributory = new X25519().ScalarMultiply(
            Convert.FromHexString(vector[1]), Convert.FromHexString(vector[2]), result);

        Assert.True(contributory);
        Assert.Equal(vector[3], Text(result));
    }

    [Theory]
    [MemberData(nameof(X25519BaseRows))]
    public void X25519BaseMatches(string[] vector)
    {
        var result = new byte[X25519.KeySize];
        new X25519().ScalarMultiplyBase(Convert.FromHexString(vector[1]), result);

        Assert.Equal(vector[2], Text(result));
    }

    [Theory]
    [MemberData(nameof(X25519IterateRows))]
    public void X25519IteratedMatches(string[] vector)
    {
        var curve = new X25519();
        var scalar = new byte[X25519.KeySize];
        scalar[0] = 9;
        var point = (byte[])scalar.Clone();
        for (int left = int.Parse(vector[1], CultureInfo.InvariantCulture); left > 0; left--)
        {
            var result = new byte[X25519.KeySize];
            curve.ScalarMultiply(scalar, point, result);
            point = scalar;
            scalar = result;
        }

        Assert.Equal(vector[2], Text(scalar));
    }

    [Theory]
    [MemberData(nameof(SipHashRows))]
    public void SipHashMatches(int count)
    {
        var sip = new SipHash();
        sip.SetKey(Convert.FromHexString(SipHashVectors.Key), 0);
        byte[] message = [.. Enumerable.Range(0, count).Select(i => (byte)i)];
        ulong hash = sip.Compute(message, 0, count);

        Assert.Equal(SipHashVectors.All()[count], Text(BitConverter.GetBytes(hash)));
    }

    private static string Text(byte[] bytes)
    {
        return Convert.ToHexStringLower(bytes);
    }
}
