using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Extras.Noise;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>A primitive that has run once allocates nothing, however often it runs and whatever its key is.</summary>
public class PrimitiveAllocationTests
{
    private const int WarmUpRounds = 2;
    private const int MeasuredRounds = 5;

    private readonly byte[] _input = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))];
    private readonly byte[] _output = new byte[300];
    private readonly byte[] _key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private readonly byte[] _result = new byte[32];

    public static TheoryData<string> Names => [.. new PrimitiveAllocationTests().Primitives().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsAllocatedInSteadyState(string name)
    {
        Action run = Primitives()[name];
        long allocated = 0;
        for (int round = 0; round < WarmUpRounds + MeasuredRounds; round++)
        {
            _key[round]++;
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            allocated += round < WarmUpRounds ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private Dictionary<string, Action> Primitives()
    {
        ChaCha20 cipher = new();
        HChaCha20 derivation = new();
        Poly1305 mac = new();
        ChaCha20Poly1305 aead = new();
        XChaCha20Poly1305 extended = new();
        Sha256 sha256 = new();
        Sha512 sha512 = new();
        Blake2s blake2s = new();
        NoiseBlake2s noiseBlake2s = new();
        HmacSha256 hmac = new();
        Hkdf hkdf = new(hmac);
        SipHash sipHash = new();
        X25519 curve = new();
        ChaChaRandom random = new(_key);
        Ed25519 ed25519 = new();
        UserIdentity user = new(_key, ed25519);
        UserVerifier verifier = new(ed25519);
        byte[] signature = new byte[Ed25519.SignatureSize];
        return new()
        {
            ["ChaCha20"] = () =>
            {
                cipher.SetKey(_key, 0);
                cipher.Xor(_input, 0, 1, _input, 0, _output, 0, 200);
                cipher.Block(_input, 0, 1, _output, 0);
            },
            ["HChaCha20"] = () =>
            {
                derivation.SetKey(_key, 0);
                derivation.DeriveKey(_input, 0, _output, 0);
            },
            ["Poly1305"] = () =>
            {
                mac.Init(_key, 0);
                mac.Update(_input, 0, 200);
                mac.Finish(_output, 0);
            },
            ["ChaCha20-Poly1305"] = () =>
            {
                aead.SetKey(_key, 0);
                aead.Seal(_input, 0, _input, 0, 18, _input, 0, 200, _output, 0);
                Assert.True(aead.Open(_input, 0, _input, 0, 18, _output, 0, 216, _output, 0));
            },
            ["XChaCha20-Poly1305"] = () =>
            {
                extended.SetKey(_key, 0);
                extended.Seal(_input, 0, _input, 0, 18, _input, 0, 200, _output, 0);
                Assert.True(extended.Open(_input, 0, _input, 0, 18, _output, 0, 216, _output, 0));
            },
            ["SHA-256"] = () =>
            {
                sha256.Update(_input, 0, 200);
                sha256.Finish(_output, 0);
            },
            ["HMAC-SHA256"] = () => hmac.Compute(_key, _input, 0, 200, _output, 0),
            ["HKDF-SHA256"] = () =>
            {
                hkdf.Extract(_key, _key, _result);
                hkdf.Expand(_result, _key, _output, 0, 100);
            },
            ["SipHash"] = () =>
            {
                sipHash.SetKey(_key, 0);
                sipHash.Compute(_input, 0, 200);
            },
            ["random source"] = () =>
            {
                random.NextBytes(_output, 0, 200);
                random.NextBelow(100);
            },
            ["X25519"] = () => curve.ScalarMultiply(_key, _key, _result),
            ["X25519, base point"] = () => curve.ScalarMultiplyBase(_key, _result),
            ["comparison"] = () => CryptoBytes.ConstantTimeEquals(_input, 0, _output, 0, 100),
            ["SHA-512"] = () =>
            {
                sha512.Update(_input, 0, 200);
                sha512.Finish(_output, 0);
            },
            ["BLAKE2s"] = () =>
            {
                blake2s.Update(_input, 0, 200);
                blake2s.Finish(_output, 0);
            },
            ["HMAC-BLAKE2s"] = () => noiseBlake2s.Hmac(_key, _input, 0, 200, _output, 0),
            ["Ed25519"] = () =>
            {
                ed25519.DerivePublicKey(_key, _result);
                user.Sign(_input, 0, 200, signature, 0);
                Assert.True(verifier.Verify(user.PublicKey, _input, 0, 200, signature, 0));
            },
        };
    }
}
