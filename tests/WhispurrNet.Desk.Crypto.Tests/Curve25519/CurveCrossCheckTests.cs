using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Desk.Crypto.Tests.Support;
using WhispurrNet.Protocol.Tests.Crypto;
using BouncyCurve = Org.BouncyCastle.Math.EC.Rfc7748.X25519;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Curve25519;

/// <summary>The curves against those of boards and of BouncyCastle, on random inputs and extreme ones.</summary>
public sealed class CurveCrossCheckTests
{
    private readonly DeviceProvider _device = new();

    [Fact]
    public void SharedSecretsAgree()
    {
        foreach ((byte[] scalar, byte[] point) in Pairs(300))
        {
            byte[] result = new byte[32], bouncy = new byte[32], device = new byte[32];
            bool secret = DeskX25519.ScalarMultiply(scalar, point, result);
            BouncyCurve.ScalarMult(scalar, 0, point, 0, bouncy, 0);
            Assert.Equal(bouncy, result);
            Assert.Equal(_device.ScalarMultiply(scalar, point, device), secret);
            Assert.Equal(device, result);
        }
    }

    [Fact]
    public void PublicKeysAgree()
    {
        foreach ((byte[] scalar, byte[] seed) in Pairs(300))
        {
            byte[] result = new byte[32], expected = new byte[32];
            DeskX25519.ScalarMultiplyBase(scalar, result);
            BouncyCurve.ScalarMultBase(scalar, 0, expected, 0);
            Assert.Equal(expected, result);

            DeskEd25519.DerivePublicKey(seed, result);
            Assert.Equal(new Ed25519PrivateKeyParameters(seed, 0).GeneratePublicKey().GetEncoded(), result);
        }
    }

    [Fact]
    public void SignaturesAgree()
    {
        var sample = new Sample(3);
        for (int i = 0; i < 150; i++)
        {
            byte[] seed = sample.Bytes(32), message = sample.Bytes(i * 11), signature = new byte[64];
            DeskEd25519.Sign(seed, message, signature);
            var bouncy = new Ed25519Signer();
            var key = new Ed25519PrivateKeyParameters(seed, 0);
            bouncy.Init(true, key);
            bouncy.BlockUpdate(message, 0, message.Length);
            Assert.Equal(bouncy.GenerateSignature(), signature);

            byte[] publicKey = key.GeneratePublicKey().GetEncoded();
            Assert.True(_device.Verify(publicKey, message, signature));
            Assert.True(DeskEd25519.Verify(publicKey, message, signature));
            signature[sample.Below(64)] ^= (byte)(1 << sample.Below(8));
            Assert.Equal(
                _device.Verify(publicKey, message, signature), DeskEd25519.Verify(publicKey, message, signature));
        }
    }

    private static IEnumerable<(byte[] First, byte[] Second)> Pairs(int random)
    {
        byte[][] extremes =
        [
            new byte[32],
            [.. Enumerable.Repeat((byte)0xFF, 32)],
            [.. Enumerable.Repeat((byte)0x80, 32)],
            [.. Enumerable.Repeat((byte)0x7F, 32)],
            Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Convert.FromHexString("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000040"),
        ];
        foreach (byte[] first in extremes)
        {
            foreach (byte[] second in extremes)
            {
                yield return (first, second);
            }
        }

        var sample = new Sample(4);
        for (int i = 0; i < random; i++)
        {
            yield return (sample.Bytes(32), sample.Bytes(32));
        }
    }
}
