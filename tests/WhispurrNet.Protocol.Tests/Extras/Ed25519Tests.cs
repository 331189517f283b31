using System.Numerics;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Extras;

/// <summary>Ed25519 against its vectors, against BouncyCastle, and against what only an attacker makes.</summary>
public class Ed25519Tests
{
    private const int Rounds = 60;

    public static TheoryData<string[]> Rows => [.. Ed25519Vectors.All()];

    [Fact]
    public void NoVectorIsMissing()
    {
        Assert.Equal(VectorCounts.Ed25519, Rows.Count);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void VectorMatches(string[] vector)
    {
        byte[] message = Convert.FromHexString(vector[3]), signature = new byte[Ed25519.SignatureSize];
        var user = new UserIdentity(Convert.FromHexString(vector[1]));
        user.Sign(message, 0, message.Length, signature, 0);

        Assert.Equal(vector[2], Convert.ToHexStringLower(user.PublicKey));
        Assert.Equal(vector[4], Convert.ToHexStringLower(signature));
        Assert.True(new Ed25519().Verify(user.PublicKey, message, 0, message.Length, signature, 0));
    }

    [Fact]
    public void AgreesWithAnotherImplementationBothWays()
    {
        var sample = new Sample(21);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] seed = sample.Bytes(32), message = sample.Bytes(sample.Below(200));
            var (buffer, offset) = sample.Embed(message);
            var user = new UserIdentity(seed);
            var signature = new byte[Ed25519.SignatureSize + 3];
            user.Sign(buffer, offset, message.Length, signature, 2);
            var key = new Ed25519PrivateKeyParameters(seed, 0);
            var signer = new Ed25519Signer();
            signer.Init(true, key);
            signer.BlockUpdate(message, 0, message.Length);
            byte[] expected = signer.GenerateSignature();

            Assert.Equal(key.GeneratePublicKey().GetEncoded(), user.PublicKey);
            Assert.Equal(expected, signature[2..^1]);
            Assert.Equal(0, signature[0] | signature[1] | signature[^1]);
            Assert.True(new Ed25519().Verify(user.PublicKey, buffer, offset, message.Length, signature, 2));
        }
    }

    [Fact]
    public void ExtremeSeedsAgreeWithAnotherImplementation()
    {
        foreach (byte fill in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
        {
            byte[] seed = [.. Enumerable.Repeat(fill, 32)];
            Assert.Equal(
                new Ed25519PrivateKeyParameters(seed, 0).GeneratePublicKey().GetEncoded(),
                new UserIdentity(seed).PublicKey);
        }
    }

    [Fact]
    public void EveryFlippedBitIsRefused()
    {
        var (user, message, signature) = Signed(22);
        for (int bit = 0; bit < 8 * signature.Length; bit++)
        {
            Assert.False(Valid(user.PublicKey, message, Flip(signature, bit)), $"bit {bit} of the signature");
        }

        for (int bit = 0; bit < 8 * message.Length; bit++)
        {
            Assert.False(Valid(user.PublicKey, Flip(message, bit), signature), $"bit {bit} of the message");
        }

        for (int bit = 0; bit < 8 * user.PublicKey.Length; bit++)
        {
            Assert.False(Valid(Flip(user.PublicKey, bit), message, signature), $"bit {bit} of the key");
        }

        Assert.False(Valid(Signed(23).User.PublicKey, message, signature));
        Assert.True(Valid(user.PublicKey, message, signature));
    }

    [Fact]
    public void AnSOfTheOrderOrMoreIsRefused()
    {
        for (int seed = 30; seed < 40; seed++)
        {
            var (user, message, signature) = Signed(seed);
            BigInteger s = EdwardsReference.Number(signature.AsSpan(32));
            for (BigInteger more = s + EdwardsReference.L; more < BigInteger.Pow(2, 256); more += EdwardsReference.L)
            {
                Assert.False(Valid(user.PublicKey, message, [.. signature[..32], .. EdwardsReference.Bytes(more)]));
            }
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
                Assert.False(Valid(key, message, [.. r, .. EdwardsReference.Bytes(s)]));
            }
        }
    }

    /// <summary>Only who has the private key can make these, and a signature with them would still be refused.</summary>
    [Fact]
    public void NoncesOfSmallOrderAreRefused()
    {
        byte[] message = [4, 5, 6];
        BigInteger secret = EdwardsReference.Number(new Sample(24).Bytes(31));
        byte[] key = EdwardsReference.Encode(EdwardsReference.Multiply(secret, EdwardsReference.Base));
        byte[] r = EdwardsReference.Encode(EdwardsReference.Neutral);
        BigInteger s = EdwardsReference.Hash(r, key, message) * secret % EdwardsReference.L;

        Assert.False(Valid(key, message, [.. r, .. EdwardsReference.Bytes(s)]));
    }

    /// <summary>Where a cofactor would hide a part of small order in R, this refuses; in the key it is let pass.</summary>
    [Fact]
    public void TheEquationHasNoCofactor()
    {
        BigInteger secret = EdwardsReference.Number(new Sample(25).Bytes(31)), nonce = EdwardsReference.Number(new Sample(26).Bytes(31));
        var point = EdwardsReference.Multiply(secret, EdwardsReference.Base);
        byte[] key = EdwardsReference.Encode(point);
        byte[] mixedKey = EdwardsReference.Encode(EdwardsReference.Add(point, EdwardsReference.Torsion));
        var commitment = EdwardsReference.Multiply(nonce, EdwardsReference.Base);
        byte[] r = EdwardsReference.Encode(commitment);
        byte[] mixedR = EdwardsReference.Encode(EdwardsReference.Add(commitment, EdwardsReference.Torsion));
        byte[] message = [7, 0];

        Assert.True(Valid(key, message, Signature(r, key)));
        Assert.False(Valid(key, message, Signature(mixedR, key)));
        while (EdwardsReference.Hash(r, mixedKey, message) % 8 != 0)
        {
            Assert.False(Valid(mixedKey, message, Signature(r, mixedKey)));
            message[1]++;
        }

        Assert.True(Valid(mixedKey, message, Signature(r, mixedKey)));

        byte[] Signature(byte[] encodedNonce, byte[] encodedKey)
        {
            BigInteger s = nonce + (EdwardsReference.Hash(encodedNonce, encodedKey, message) * secret);
            return [.. encodedNonce, .. EdwardsReference.Bytes(s % EdwardsReference.L)];
        }
    }

    [Fact]
    public void BytesFromTheAirNeverThrow()
    {
        var sample = new Sample(27);
        for (int round = 0; round < 2000; round++)
        {
            byte[] signature = sample.Bytes(64);
            signature[63] &= 0x0F;
            Assert.False(Valid(sample.Bytes(32), sample.Bytes(sample.Below(60)), signature));
        }
    }

    [Fact]
    public void MistakesOfACallerThrow()
    {
        var user = new UserIdentity(new byte[32]);
        Assert.Throws<ArgumentNullException>(() => new UserIdentity(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UserIdentity(new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => user.Sign(new byte[3], 1, 3, new byte[64], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => user.Sign(new byte[3], 0, 3, new byte[64], 1));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Ed25519().Verify(new byte[33], new byte[3], 0, 3, new byte[64], 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Ed25519().Verify(new byte[32], new byte[3], 0, 3, new byte[63], 0));
    }

    [Fact]
    public void AMessageMayLieWhereTheSignatureGoes()
    {
        var (user, message, signature) = Signed(28);
        var buffer = new byte[64];
        message.CopyTo(buffer, 5);
        user.Sign(buffer, 5, message.Length, buffer, 0);

        Assert.Equal(signature, buffer);
    }

    private static (UserIdentity User, byte[] Message, byte[] Signature) Signed(int seed)
    {
        var sample = new Sample(seed);
        var user = new UserIdentity(sample.Bytes(32));
        byte[] message = sample.Bytes(20), signature = new byte[Ed25519.SignatureSize];
        user.Sign(message, 0, message.Length, signature, 0);
        return (user, message, signature);
    }

    private static bool Valid(byte[] key, byte[] message, byte[] signature)
    {
        return new Ed25519().Verify(key, message, 0, message.Length, signature, 0);
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
