using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Contract;

public abstract partial class ProviderContract
{
    private const int TagSize = 16;

    [Fact]
    public void ChaCha20Poly1305Vectors() => RunVectors(
        AeadVectors.ChaCha20Poly1305(), VectorCounts.ChaCha20Poly1305, provider.CreateChaCha20Poly1305());

    [Fact]
    public void XChaCha20Poly1305Vectors() => RunVectors(
        AeadVectors.XChaCha20Poly1305(), VectorCounts.XChaCha20Poly1305, provider.CreateXChaCha20Poly1305());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsSealedOpensInPlaceAndElsewhere(bool isExtended)
    {
        using IKeyedAead aead = Create(isExtended);
        var sample = new Sample(10);
        foreach (int size in new[] { 0, 1, 15, 16, 17, 63, 64, 65, 127, 165, 450, 512, 703, 704, 705, 1500, 8192, 9000 })
        {
            byte[] plaintext = sample.Bytes(size), ad = sample.Bytes(size % 53), nonce = sample.Bytes(aead.NonceSize);
            byte[] output = new byte[size + TagSize], opened = new byte[size];
            aead.SetKey(sample.Bytes(32));
            aead.Seal(nonce, ad, plaintext, output);
            Assert.True(aead.Open(nonce, ad, output, opened));
            Assert.Equal(plaintext, opened);

            byte[] inPlace = [.. plaintext, .. new byte[TagSize]];
            aead.Seal(nonce, ad, inPlace.AsSpan(0, size), inPlace);
            Assert.Equal(output, inPlace);
            Assert.True(aead.Open(nonce, ad, inPlace, inPlace.AsSpan(0, size)));
            Assert.Equal(plaintext, inPlace[..size]);
        }
    }

    [Theory]
    [InlineData(false, 40)]
    [InlineData(true, 40)]
    [InlineData(true, 9000)]
    [InlineData(false, 9000)]
    public void EveryFlippedBitIsRefusedAndNothingIsWritten(bool isExtended, int size)
    {
        using IKeyedAead aead = Create(isExtended);
        var sample = new Sample(11);
        byte[] key = sample.Bytes(32), nonce = sample.Bytes(aead.NonceSize), ad = sample.Bytes(20);
        byte[] output = new byte[size + TagSize];
        aead.SetKey(key);
        aead.Seal(nonce, ad, sample.Bytes(size), output);
        byte[][] parts = [key, nonce, ad, output];
        foreach (byte[] part in parts)
        {
            int step = part.Length > 1000 ? 997 : 1;
            for (int bit = 0; bit < 8 * part.Length; bit += step)
            {
                part[bit >> 3] ^= (byte)(1 << (bit & 7));
                aead.SetKey(key);
                byte[] before = (byte[])output.Clone();
                Assert.False(aead.Open(nonce, ad, output, output.AsSpan(0, size)));
                Assert.Equal(before, output);
                part[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        aead.SetKey(key);
        Assert.False(aead.Open(nonce, ad[..^1], output, new byte[size]));
        Assert.False(aead.Open(nonce, ad, output.AsSpan(0, size + TagSize - 1), new byte[size]));
        Assert.True(aead.Open(nonce, ad, output, new byte[size]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LessThanATagIsRefused(bool isExtended)
    {
        using IKeyedAead aead = Create(isExtended);
        aead.SetKey(new byte[32]);
        for (int size = 0; size < TagSize; size++)
        {
            Assert.False(aead.Open(new byte[aead.NonceSize], default, new byte[size], default));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithoutAKeyNothingHappens(bool isExtended)
    {
        using IKeyedAead aead = Create(isExtended);
        Assert.Throws<InvalidOperationException>(
            () => aead.Seal(new byte[aead.NonceSize], default, new byte[3], new byte[19]));
        aead.SetKey(new byte[32]);
        aead.Wipe();
        Assert.Throws<InvalidOperationException>(
            () => aead.Open(new byte[aead.NonceSize], default, new byte[19], new byte[3]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MistakesOfACallerThrow(bool isExtended)
    {
        using IKeyedAead aead = Create(isExtended);
        Assert.ThrowsAny<ArgumentException>(() => aead.SetKey(new byte[31]));
        aead.SetKey(new byte[32]);
        Assert.ThrowsAny<ArgumentException>(
            () => aead.Seal(new byte[aead.NonceSize - 1], default, new byte[3], new byte[19]));
        Assert.ThrowsAny<ArgumentException>(
            () => aead.Seal(new byte[aead.NonceSize], default, new byte[3], new byte[18]));
        Assert.ThrowsAny<ArgumentException>(
            () => aead.Open(new byte[aead.NonceSize], default, new byte[19], new byte[2]));
    }

    private static void RunVectors(string[][] vectors, int count, IKeyedAead aead)
    {
        int ran = 0;
        foreach (string[] vector in vectors)
        {
            byte[] nonce = Convert.FromHexString(vector[2]), ad = Convert.FromHexString(vector[3]);
            byte[] plaintext = Convert.FromHexString(vector[4]), expected = Convert.FromHexString(vector[5]);
            byte[] output = new byte[expected.Length], opened = new byte[plaintext.Length];
            aead.SetKey(Convert.FromHexString(vector[1]));
            aead.Seal(nonce, ad, plaintext, output);
            Assert.Equal(expected, output);
            Assert.True(aead.Open(nonce, ad, expected, opened), vector[0]);
            Assert.Equal(plaintext, opened);
            ran++;
        }

        aead.Dispose();
        Assert.Equal(count, ran);
    }

    private IKeyedAead Create(bool isExtended) =>
        isExtended ? provider.CreateXChaCha20Poly1305() : provider.CreateChaCha20Poly1305();
}
