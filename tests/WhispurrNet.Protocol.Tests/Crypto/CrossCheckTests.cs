using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using WhispurrNet.CrossCheck;
using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>
/// The program that checks every primitive on an interpreter, here on .NET: what it expects is what .NET's classes and
/// BouncyCastle compute from the same inputs, and the device build comes to the same.
/// </summary>
public class CrossCheckTests
{
    // A signature takes the device build a millisecond here.
    private const int CurveRounds = 500;

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, PrimitiveList.Expected().Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void TheProgramExpectsWhatOthersCompute(int index)
    {
        Primitive primitive = PrimitiveList.All()[index];
        string computed = Convert.ToHexStringLower(Chain(Others[primitive.Name], PrimitiveList.Rounds));

        Assert.True(computed == PrimitiveList.Expected()[index], $"{primitive.Name}: {computed}");
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void TheDeviceBuildComputesWhatOthersDo(int index)
    {
        Primitive primitive = PrimitiveList.All()[index];
        bool isCurve = primitive.Name.Contains("25519", StringComparison.Ordinal);
        int rounds = isCurve ? CurveRounds : PrimitiveList.Rounds;

        Assert.Equal(Chain(Others[primitive.Name], rounds), WhispurrNet.CrossCheck.Chain.Run(primitive, rounds));
    }

    [Fact]
    public void EveryPrimitiveIsExpected()
    {
        Assert.Equal(PrimitiveList.All().Length, PrimitiveList.Expected().Length);
        Assert.Equal(10_000, PrimitiveList.Rounds);
    }

    private static Dictionary<string, Func<byte[], byte[]>> Others => new()
    {
        ["SHA-256"] = input => SHA256.HashData(Message(input)),
        ["SHA-512"] = input => SHA512.HashData(Message(input)),
        ["BLAKE2s"] = input =>
        {
            Blake2sDigest digest = new(256);
            byte[] message = Message(input), hash = new byte[32];
            digest.BlockUpdate(message, 0, message.Length);
            digest.DoFinal(hash, 0);
            return hash;
        },
        ["HMAC-SHA256"] = input => HMACSHA256.HashData(Key(input), Message(input)),
        ["HKDF-SHA256"] = input => HKDF.Expand(
            HashAlgorithmName.SHA256,
            HKDF.Extract(HashAlgorithmName.SHA256, Key(input), Second(input)),
            Primitive.MessageCount(input) + 1,
            Second(input)),
        ["ChaCha20-Poly1305"] = input => Seal(input, Key(input), input.AsSpan(Primitive.SecondOffset, 12)),
        ["XChaCha20-Poly1305"] = input => Seal(
            input,
            CipherPropertyTests.PlainHChaCha20(Key(input), Second(input)),
            [0, 0, 0, 0, .. input.AsSpan(Primitive.SecondOffset + 16, 8)]),
        ["X25519"] = input =>
        {
            byte[] shared = new byte[32];
            Org.BouncyCastle.Math.EC.Rfc7748.X25519.ScalarMult(Key(input), 0, Second(input), 0, shared, 0);
            return shared;
        },
        ["X25519, base point"] = input =>
        {
            byte[] point = new byte[32];
            Org.BouncyCastle.Math.EC.Rfc7748.X25519.ScalarMultBase(Key(input), 0, point, 0);
            return point;
        },
        ["Ed25519"] = Sign,
    };

    private static byte[] Chain(Func<byte[], byte[]> other, int rounds)
    {
        Inputs inputs = new(WhispurrNet.CrossCheck.Chain.Seed);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < rounds; i++)
        {
            inputs.Next();
            hash.AppendData(other(inputs.Bytes));
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Key(byte[] input) => input[..32];

    private static byte[] Second(byte[] input) => input[Primitive.SecondOffset..(Primitive.SecondOffset + 32)];

    private static byte[] Message(byte[] input) =>
        input.AsSpan(Primitive.MessageOffset, Primitive.MessageCount(input)).ToArray();

    private static int FlippedBit(byte[] input, int count) =>
        (input[0] & 1) == 0 ? -1 : ((input[1] << 8) | input[2]) % (8 * count);

    private static byte[] Seal(byte[] input, byte[] key, ReadOnlySpan<byte> nonce)
    {
        byte[] message = Message(input), sealedBytes = new byte[message.Length + 16];
        using System.Security.Cryptography.ChaCha20Poly1305 aead = new(key);
        aead.Encrypt(
            nonce,
            message,
            sealedBytes.AsSpan(0, message.Length),
            sealedBytes.AsSpan(message.Length),
            input.AsSpan(Primitive.AssociatedOffset, Primitive.AssociatedCount(input)));

        // A changed one does not open.
        int opened = FlippedBit(input, sealedBytes.Length) >= 0 ? 0 : message.Length;
        return [.. sealedBytes, .. message.AsSpan(0, Math.Min(opened, Primitive.OutputMax - sealedBytes.Length))];
    }

    private static byte[] Sign(byte[] input)
    {
        Ed25519PrivateKeyParameters key = new(Key(input), 0);
        byte[] message = Message(input);
        Ed25519Signer signer = new();
        signer.Init(true, key);
        signer.BlockUpdate(message, 0, message.Length);
        byte[] signature = signer.GenerateSignature();
        byte[] changed = (byte[])signature.Clone();
        int bit = FlippedBit(input, signature.Length);
        if (bit >= 0)
        {
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Ed25519Signer verifier = new();
        verifier.Init(false, key.GeneratePublicKey());
        verifier.BlockUpdate(message, 0, message.Length);
        bool valid = verifier.VerifySignature(changed);
        return [.. key.GeneratePublicKey().GetEncoded(), .. signature, (byte)(valid ? 1 : 0)];
    }
}
