using System.Numerics;
using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Tests.Crypto;
using WhispurrNet.Protocol.Tests.Extras;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Contract;

public abstract partial class ProviderContract
{
    [Fact]
    public void Ed25519Vectors()
    {
        int ran = 0;
        foreach (string[] vector in DeviceTests.Vectors.Ed25519Vectors.All())
        {
            byte[] message = Convert.FromHexString(vector[3]), signature = new byte[64];
            using ISigner signer = provider.CreateSigner(Convert.FromHexString(vector[1]));
            Assert.Equal(vector[2], Convert.ToHexStringLower(signer.PublicKey));
            signer.Sign(message, signature);
            Assert.Equal(vector[4], Convert.ToHexStringLower(signature));
            Assert.True(provider.Verify(signer.PublicKey, message, signature), vector[0]);
            ran++;
        }

        Assert.Equal(VectorCounts.Ed25519, ran);
    }

    [Fact]
    public void EveryFlippedBitOfASignatureIsRefused()
    {
        var sample = new Sample(20);
        byte[] message = sample.Bytes(20), signature = new byte[64];
        using ISigner signer = provider.CreateSigner(sample.Bytes(32));
        signer.Sign(message, signature);
        byte[] key = signer.PublicKey.ToArray();
        foreach (byte[] part in new[] { signature, message, key })
        {
            for (int bit = 0; bit < 8 * part.Length; bit += 3)
            {
                part[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.False(provider.Verify(key, message, signature), $"bit {bit}");
                part[bit >> 3] ^= (byte)(1 << (bit & 7));
            }
        }

        Assert.True(provider.Verify(key, message, signature));
    }

    [Fact]
    public void AnSOfTheOrderOrMoreIsRefused()
    {
        var sample = new Sample(21);
        byte[] message = sample.Bytes(30), signature = new byte[64];
        using ISigner signer = provider.CreateSigner(sample.Bytes(32));
        signer.Sign(message, signature);
        BigInteger s = EdwardsReference.Number(signature.AsSpan(32));
        for (BigInteger more = s + EdwardsReference.L; more < BigInteger.Pow(2, 256); more += EdwardsReference.L)
        {
            Assert.False(provider.Verify(signer.PublicKey, message, [.. signature[..32], .. EdwardsReference.Bytes(more)]));
        }
    }

    /// <summary>Under a key of small order the equation holds for any message, with R = s B and luck at most.</summary>
    [Fact]
    public void KeysOfSmallOrderAreRefused()
    {
        byte[] message = [1, 2, 3];
        for (int multiple = 0; multiple < 8; multiple++)
        {
            byte[] key = EdwardsReference.Encode(EdwardsReference.Multiply(multiple, EdwardsReference.Torsion));
            bool equationHolds = false;
            for (BigInteger s = 1; !equationHolds; s++)
            {
                byte[] r = EdwardsReference.Encode(EdwardsReference.Multiply(s, EdwardsReference.Base));
                equationHolds = EdwardsReference.Hash(r, key, message) % 8 * multiple % 8 == 0;
                Assert.False(provider.Verify(key, message, [.. r, .. EdwardsReference.Bytes(s)]));
            }
        }
    }

    [Fact]
    public void NoncesOfSmallOrderAreRefused()
    {
        byte[] message = [4, 5, 6];
        BigInteger secret = EdwardsReference.Number(new Sample(22).Bytes(31));
        byte[] key = EdwardsReference.Encode(EdwardsReference.Multiply(secret, EdwardsReference.Base));
        byte[] r = EdwardsReference.Encode(EdwardsReference.Neutral);
        BigInteger s = EdwardsReference.Hash(r, key, message) * secret % EdwardsReference.L;

        Assert.False(provider.Verify(key, message, [.. r, .. EdwardsReference.Bytes(s)]));
    }

    /// <summary>Where a cofactor would hide a part of small order in R, this refuses; in the key it is let pass.</summary>
    [Fact]
    public void TheEquationHasNoCofactor()
    {
        BigInteger secret = EdwardsReference.Number(new Sample(23).Bytes(31));
        BigInteger nonce = EdwardsReference.Number(new Sample(24).Bytes(31));
        var point = EdwardsReference.Multiply(secret, EdwardsReference.Base);
        var commitment = EdwardsReference.Multiply(nonce, EdwardsReference.Base);
        byte[] key = EdwardsReference.Encode(point), r = EdwardsReference.Encode(commitment);
        byte[] mixedKey = EdwardsReference.Encode(EdwardsReference.Add(point, EdwardsReference.Torsion));
        byte[] mixedR = EdwardsReference.Encode(EdwardsReference.Add(commitment, EdwardsReference.Torsion));
        byte[] message = [7, 0];

        Assert.True(provider.Verify(key, message, Signature(r, key)));
        Assert.False(provider.Verify(key, message, Signature(mixedR, key)));
        while (EdwardsReference.Hash(r, mixedKey, message) % 8 != 0)
        {
            Assert.False(provider.Verify(mixedKey, message, Signature(r, mixedKey)));
            message[1]++;
        }

        Assert.True(provider.Verify(mixedKey, message, Signature(r, mixedKey)));

        byte[] Signature(byte[] encodedNonce, byte[] encodedKey)
        {
            BigInteger s = nonce + (EdwardsReference.Hash(encodedNonce, encodedKey, message) * secret);
            return [.. encodedNonce, .. EdwardsReference.Bytes(s % EdwardsReference.L)];
        }
    }

    /// <summary>A y of 2^255 - 19 or more, and an x of zero with a sign, are other encodings of points.</summary>
    [Fact]
    public void OtherEncodingsOfKeysAreRefused()
    {
        byte[] message = [8], r = EdwardsReference.Encode(EdwardsReference.Base), s = EdwardsReference.Bytes(1);
        for (int excess = 0; excess < 19; excess++)
        {
            byte[] key = EdwardsReference.Bytes(EdwardsReference.P + excess);
            Assert.False(provider.Verify(key, message, [.. r, .. s]));
            key[31] |= 0x80;
            Assert.False(provider.Verify(key, message, [.. r, .. s]));
        }

        foreach (BigInteger y in new[] { BigInteger.One, EdwardsReference.P - 1 })
        {
            byte[] key = EdwardsReference.Bytes(y);
            key[31] |= 0x80;
            Assert.False(provider.Verify(key, message, [.. r, .. s]));
        }
    }

    [Fact]
    public void AnyBytesAreRefusedWithoutAnException()
    {
        var sample = new Sample(25);
        for (int round = 0; round < 300; round++)
        {
            byte[] signature = sample.Bytes(64);
            signature[63] &= 0x0F;
            Assert.False(provider.Verify(sample.Bytes(32), sample.Bytes(sample.Below(60)), signature));
        }
    }

    [Fact]
    public void AMessageMayLieWhereTheSignatureGoes()
    {
        var sample = new Sample(26);
        using ISigner signer = provider.CreateSigner(sample.Bytes(32));
        byte[] message = sample.Bytes(20), expected = new byte[64], buffer = new byte[64];
        signer.Sign(message, expected);
        message.CopyTo(buffer, 5);
        signer.Sign(buffer.AsSpan(5, 20), buffer);

        Assert.Equal(expected, buffer);
    }

    [Fact]
    public void ASignerThatWasWipedSignsNothing()
    {
        ISigner signer = provider.CreateSigner(new byte[32]);
        signer.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => signer.Sign(new byte[3], new byte[64]));
    }

    [Fact]
    public void SizesOfKeysAndSignaturesAreTheCallers()
    {
        Assert.ThrowsAny<ArgumentException>(() => provider.CreateSigner(new byte[31]).Dispose());
        Assert.ThrowsAny<ArgumentException>(() => provider.Verify(new byte[33], new byte[3], new byte[64]));
        Assert.ThrowsAny<ArgumentException>(() => provider.Verify(new byte[32], new byte[3], new byte[63]));
        using ISigner signer = provider.CreateSigner(new byte[32]);
        Assert.ThrowsAny<ArgumentException>(() => signer.Sign(new byte[3], new byte[63]));
    }
}
