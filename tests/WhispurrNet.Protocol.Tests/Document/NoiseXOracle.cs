using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>
/// Reads a message of Noise_X_25519_ChaChaPoly_SHA256, straight from the specification, with .NET's hash and cipher and
/// another library's curve.
/// </summary>
internal sealed class NoiseXOracle
{
    private readonly byte[] _key;
    private byte[] _hash = new byte[32];
    private byte[] _chainingKey;
    private byte[] _cipherKey = [];

    public NoiseXOracle(byte[] prologue, byte[] recipientKey)
    {
        _key = recipientKey;
        Encoding.ASCII.GetBytes("Noise_X_25519_ChaChaPoly_SHA256").CopyTo(_hash, 0);
        _chainingKey = [.. _hash];
        MixHash(prologue);
        MixHash(PublicOf(recipientKey));
    }

    /// <summary>The sender's static key, after <see cref="Read"/>.</summary>
    public byte[] SenderKey { get; private set; } = [];

    public static byte[] PublicOf(byte[] key)
    {
        byte[] result = new byte[32];
        X25519.ScalarMultBase(key, 0, result, 0);
        return result;
    }

    /// <summary>e, es, s, ss, payload.</summary>
    public byte[] Read(byte[] message)
    {
        MixHash(message[..32]);
        MixKey(message[..32]);
        SenderKey = DecryptAndHash(message[32..80]);
        MixKey(SenderKey);
        return DecryptAndHash(message[80..]);
    }

    private void MixHash(byte[] data)
    {
        _hash = SHA256.HashData([.. _hash, .. data]);
    }

    private void MixKey(byte[] publicKey)
    {
        byte[] shared = new byte[32];
        X25519.ScalarMult(_key, 0, publicKey, 0, shared, 0);
        byte[] okm = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 64, _chainingKey);
        _chainingKey = okm[..32];
        _cipherKey = okm[32..];
    }

    /// <summary>Every key of the pattern opens one ciphertext, so the counter is always 0.</summary>
    private byte[] DecryptAndHash(byte[] ciphertext)
    {
        using ChaCha20Poly1305 aead = new(_cipherKey);
        byte[] text = new byte[ciphertext.Length - 16];
        aead.Decrypt(new byte[12], ciphertext[..^16], ciphertext[^16..], text, _hash);
        MixHash(ciphertext);
        return text;
    }
}
