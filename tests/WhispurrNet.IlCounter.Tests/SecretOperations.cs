using System.Reflection;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>
/// Every primitive that works with a secret, as a function of that secret. What is public is the same each time: lengths,
/// nonces, the other side's keys, messages that travel in clear.
/// </summary>
internal sealed class SecretOperations(DeviceCode code)
{
    private const string Crypto = "WhispurrNet.Protocol.Crypto.";
    private const string Noise = "WhispurrNet.Protocol.Noise.";
    private const string Extras = "WhispurrNet.Protocol.Extras.";

    private readonly byte[] _public = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))];
    private readonly byte[] _output = new byte[400];

    /// <summary>Name, and what makes the action to watch from a secret of <see cref="Secrets.Size"/> bytes.</summary>
    public IReadOnlyDictionary<string, Func<byte[], Action>> All => new Dictionary<string, Func<byte[], Action>>
    {
        ["X25519"] = secret => () => code.New(Crypto + "X25519").ScalarMultiply(secret[..32], _public[..32], _output[..32]),
        ["X25519, secret point"] = secret =>
            () => code.New(Crypto + "X25519").ScalarMultiply(secret[..32], secret[32..64], _output[..32]),
        ["X25519, base point"] = secret => () => code.New(Crypto + "X25519").ScalarMultiplyBase(secret[..32], _output[..32]),
        ["ChaCha20"] = secret => () =>
        {
            dynamic cipher = code.New(Crypto + "ChaCha20");
            cipher.SetKey(secret, 0);
            cipher.Xor(_public, 0, 1u, secret, 32, _output, 0, 96);
            cipher.Wipe();
        },
        ["HChaCha20"] = secret => () =>
        {
            dynamic derivation = code.New(Crypto + "HChaCha20");
            derivation.SetKey(secret, 0);
            derivation.DeriveKey(_public, 0, _output, 0);
            derivation.Wipe();
        },
        ["Poly1305"] = secret => () =>
        {
            dynamic mac = code.New(Crypto + "Poly1305");
            mac.Init(secret, 0);
            mac.Update(secret, 32, 77);
            mac.Finish(_output, 0);
            mac.Wipe();
        },
        ["ChaCha20-Poly1305"] = secret => SealAndOpen("ChaCha20Poly1305", secret),
        ["XChaCha20-Poly1305"] = secret => SealAndOpen("XChaCha20Poly1305", secret),
        ["SHA-256"] = secret => () => Hash(code.New(Crypto + "Sha256"), secret),
        ["HMAC-SHA256"] = secret => () =>
        {
            // Also under a key that is kept, and under one that takes its place.
            dynamic hmac = code.New(Crypto + "HmacSha256");
            hmac.Compute(secret[..32], secret, 32, 90, _output, 0);
            hmac.Compute(secret[..32], secret, 32, 20, _output, 0);
            hmac.Compute(secret[..100], secret, 32, 20, _output, 0);
            hmac.Wipe();
        },
        ["HKDF-SHA256"] = secret => () =>
        {
            dynamic hkdf = code.New(Crypto + "Hkdf", (object)code.New(Crypto + "HmacSha256"));
            byte[] key = new byte[32];
            hkdf.Extract(_public[..20], secret[..32], key);
            hkdf.Expand(key, _public[..10], _output, 0, 100);
        },
        ["SipHash"] = secret => () =>
        {
            dynamic hash = code.New(Crypto + "SipHash");
            hash.SetKey(secret, 0);
            hash.Compute(secret, 16, 45);
            hash.Wipe();
        },
        ["random source"] = secret => () =>
        {
            dynamic random = code.New(Crypto + "ChaChaRandom", secret[..32]);
            random.NextBytes(_output, 0, 100);
            random.AddEntropy(secret, 32, 40);
            random.NextUInt64();
            random.Wipe();
        },
        ["comparison"] = secret => () => Static(Crypto + "CryptoBytes", "ConstantTimeEquals", secret, 0, _public, 0, 32),
        ["channel"] = Channel,
        ["XXpsk3 initiator"] = secret => Handshake(secret, watchInitiator: true),
        ["XXpsk3 responder"] = secret => Handshake(secret, watchInitiator: false),
        ["BLAKE2s"] = secret => () => Hash(code.New(Extras + "Crypto.Blake2s"), secret),
        ["HMAC-BLAKE2s"] = secret =>
            () => code.New(Extras + "Noise.NoiseBlake2s").Hmac(secret[..32], secret, 32, 70, _output, 0),
        ["SHA-512"] = secret => () => Hash(code.New(Extras + "Crypto.Sha512"), secret),
        ["Ed25519 public key"] = secret => () => code.New(Extras + "Identity.UserIdentity", secret[..32]),
        ["Ed25519 signature"] = secret =>
        {
            dynamic identity = code.New(Extras + "Identity.UserIdentity", secret[..32]);
            return () => identity.Sign(_public, 0, 100, _output, 0);
        },
    };

    private Action SealAndOpen(string type, byte[] secret)
    {
        dynamic aead = code.New(Crypto + type);
        return () =>
        {
            aead.SetKey(secret, 0);
            aead.Seal(_public, 0, _public, 30, 18, secret, 32, 90, _output, 0);
            if (!aead.Open(_public, 0, _public, 30, 18, _output, 0, 106, _output, 200))
            {
                throw new InvalidOperationException("It does not open.");
            }

            aead.Wipe();
        };
    }

    private void Hash(dynamic hash, byte[] secret)
    {
        hash.Update(secret, 0, 100);
        hash.Update(secret, 100, 28);
        hash.Finish(_output, 0);
        hash.Wipe();
    }

    private Action Channel(byte[] secret)
    {
        dynamic from = code.New(Noise + "CipherState", (object)code.New(Crypto + "ChaCha20Poly1305"));
        dynamic to = code.New(Noise + "CipherState", (object)code.New(Crypto + "ChaCha20Poly1305"));
        return () =>
        {
            from.InitializeKey(secret[..32]);
            to.InitializeKey(secret[..32]);
            for (int i = 0; i < 3; i++)
            {
                from.EncryptWithAd(null, secret, 32, 80, _output, 0);
                if (!to.DecryptWithAd(null, _output, 0, 96, _output, 0))
                {
                    throw new InvalidOperationException("It does not open.");
                }

                from.Rekey();
                to.Rekey();
            }
        };
    }

    /// <summary>All keys and both payloads of one side are secret; the other side answers honestly.</summary>
    private Action Handshake(byte[] secret, bool watchInitiator)
    {
        dynamic watched = Side(watchInitiator, secret[..32], secret[32..64], secret[64..96]);
        dynamic other = Side(!watchInitiator, _public[10..42], _public[50..82], secret[64..96]);

        // What the other side does is not watched, so its messages are made by a twin of the watched side.
        dynamic twin = Side(watchInitiator, secret[..32], secret[32..64], secret[64..96]);
        byte[][] messages = new byte[3][];
        for (int i = 0; i < messages.Length; i++)
        {
            bool fromWatched = (i % 2 == 0) == watchInitiator;
            dynamic writer = fromWatched ? twin : other;
            dynamic reader = fromWatched ? other : twin;
            int written = writer.WriteMessage(secret, 96, i == 0 ? 0 : 32, _output, 0);
            messages[i] = _output[..written];
            reader.ReadMessage(messages[i], 0, written, _output, 200);
        }

        return () =>
        {
            for (int i = 0; i < messages.Length; i++)
            {
                if ((i % 2 == 0) == watchInitiator)
                {
                    watched.WriteMessage(secret, 96, i == 0 ? 0 : 32, _output, 0);
                }
                else
                {
                    watched.ReadMessage(messages[i], 0, messages[i].Length, _output, 200);
                }
            }

            watched.Split(new byte[32], new byte[32]);
            watched.Export(_public[..10], new byte[32]);
            watched.Wipe();
        };
    }

    private dynamic Side(bool initiator, byte[] staticKey, byte[] ephemeral, byte[] psk)
    {
        byte[] staticPublic = new byte[32];
        code.New(Crypto + "X25519").ScalarMultiplyBase(staticKey, staticPublic);
        object pattern = Static(Noise + "HandshakePattern", "XXpsk3")!;
        object hmac = code.New(Crypto + "HmacSha256");
        return code.New(
            Noise + "HandshakeState", pattern, initiator, _public[..20], staticKey, staticPublic, null, ephemeral, null, psk,
            hmac);
    }

    private object? Static(string type, string method, params object?[] arguments) =>
        code.TypeOf(type).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.Invoke(null, arguments);
}
