using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Curve25519;

/// <summary>
/// Ed25519, RFC 8032 section 5.1 (neither prehashed nor with a context), in 64-bit arithmetic. Thread-safe: there is no
/// state.
/// </summary>
/// <remarks>
/// Signing runs in constant time. Verifying follows the strict rule set of the device's Ed25519, so both accept the same
/// signatures: s below L, the only encoding of the public key and of R, neither of small order, and the equation without
/// cofactor, s B = R + h A.
/// </remarks>
public static class DeskEd25519
{
    /// <summary>Size of a private key, the seed, in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>Size of a public key in bytes.</summary>
    public const int PublicKeySize = 32;

    /// <summary>Size of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private const int HashSize = SHA512.HashSizeInBytes;

    // Longer messages are hashed in memory that is borrowed.
    private const int StackMessageSize = 1024;

    /// <summary>Computes the public key of a seed, section 5.1.5. Runs in constant time.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="publicKey">Receives 32 bytes.</param>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        CheckSize(seed.Length, SeedSize, nameof(seed));
        CheckSize(publicKey.Length, PublicKeySize, nameof(publicKey));
        Span<byte> expanded = stackalloc byte[HashSize];
        Expand(seed, expanded);
        EncodeMultiple(expanded[..EdwardsScalar.Size], publicKey);
        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <summary>
    /// Signs, section 5.1.6. The public key is computed from the seed: who signs with another one gives the seed away.
    /// </summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="message">0 bytes or more.</param>
    /// <param name="signature">Receives 64 bytes; may lie in the message.</param>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        DerivePublicKey(seed, publicKey);
        Sign(seed, publicKey, message, signature);
    }

    /// <summary>Whether a signature is valid, section 5.1.7, under the rules above.</summary>
    /// <param name="publicKey">32 bytes, from anybody.</param>
    /// <param name="message">0 bytes or more.</param>
    /// <param name="signature">64 bytes, from anybody.</param>
    /// <returns>True when it is.</returns>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        CheckSize(publicKey.Length, PublicKeySize, nameof(publicKey));
        CheckSize(signature.Length, SignatureSize, nameof(signature));
        ReadOnlySpan<byte> r = signature[..PublicKeySize], s = signature[PublicKeySize..];
        if (!EdwardsScalar.IsCanonical(s) || !EdwardsPoint.TryDecode(publicKey, out EdwardsPoint point))
        {
            return false;
        }

        EdwardsPoint times8 = point;
        if (times8.IsOfSmallOrder())
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashSize];
        Hash(r, publicKey, message, hash);
        EdwardsScalar.Reduce(hash, hash);
        point.Negate();
        VariableTime.Combine(s, hash[..EdwardsScalar.Size], point, out EdwardsPoint sum);

        // The point's own encoding is the only one, so R's is, too, if both are the same.
        Span<byte> encoded = stackalloc byte[PublicKeySize];
        sum.Encode(encoded);
        return r.SequenceEqual(encoded) && !sum.IsOfSmallOrder();
    }

    /// <summary>Signs with the public key at hand, which must be the seed's.</summary>
    internal static void Sign(
        ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        CheckSize(seed.Length, SeedSize, nameof(seed));
        CheckSize(signature.Length, SignatureSize, nameof(signature));
        Span<byte> expanded = stackalloc byte[HashSize], nonce = stackalloc byte[HashSize];
        Span<byte> hash = stackalloc byte[HashSize], encoded = stackalloc byte[PublicKeySize];
        Expand(seed, expanded);
        Hash(expanded[EdwardsScalar.Size..], default, message, nonce);
        EdwardsScalar.Reduce(nonce, nonce);
        EncodeMultiple(nonce[..EdwardsScalar.Size], encoded);

        // The message may lie where the signature goes, so nothing is written before it was hashed twice.
        Hash(encoded, publicKey, message, hash);
        EdwardsScalar.Reduce(hash, hash);
        EdwardsScalar.MultiplyAdd(
            hash[..EdwardsScalar.Size], expanded[..EdwardsScalar.Size], nonce[..EdwardsScalar.Size],
            signature[PublicKeySize..]);
        encoded.CopyTo(signature);
        CryptographicOperations.ZeroMemory(expanded);
        CryptographicOperations.ZeroMemory(nonce);
    }

    // The clamped secret scalar, and behind it the prefix of the nonce's hash.
    private static void Expand(ReadOnlySpan<byte> seed, Span<byte> expanded)
    {
        SHA512.HashData(seed, expanded);
        expanded[0] &= 0xF8;
        expanded[31] = (byte)((expanded[31] & 0x7F) | 0x40);
    }

    // SHA-512 over three parts. The class that takes parts one after the other is an object with a handle; one call over
    // a copy is not.
    [SkipLocalsInit]
    private static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> message, Span<byte> hash)
    {
        int count = first.Length + second.Length + message.Length;
        byte[]? rented = count > StackMessageSize ? ArrayPool<byte>.Shared.Rent(count) : null;
        Span<byte> whole = rented ?? stackalloc byte[StackMessageSize];
        whole = whole[..count];
        first.CopyTo(whole);
        second.CopyTo(whole[first.Length..]);
        message.CopyTo(whole[(first.Length + second.Length)..]);
        SHA512.HashData(whole, hash);
        CryptographicOperations.ZeroMemory(whole);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void EncodeMultiple(ReadOnlySpan<byte> scalar, Span<byte> encoded)
    {
        BasePointTable.Multiply(scalar, out EdwardsPoint point);
        point.Encode(encoded);
        point.Wipe();
    }

    private static void CheckSize(int size, int expected, string name)
    {
        if (size != expected)
        {
            throw new ArgumentException($"This has {expected} bytes.", name);
        }
    }
}
