using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Aead;

/// <summary>
/// AEAD_XChaCha20_Poly1305, draft-irtf-cfrg-xchacha-03 section 2: nonces of 24 bytes, large enough to be drawn at random.
/// Runs in constant time, allocates nothing, and leaves no key on the stack. Thread-safe: there is no state.
/// </summary>
public static class DeskXChaCha20Poly1305
{
    /// <summary>Size of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Size of a nonce in bytes.</summary>
    public const int NonceSize = 24;

    /// <summary>Size of the tag that sealing adds, in bytes.</summary>
    public const int TagSize = 16;

    private const int RootNonceSize = 16;

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">24 bytes; never twice under one key.</param>
    /// <param name="associatedData">What is authenticated besides; may be empty.</param>
    /// <param name="plaintext">0 bytes or more.</param>
    /// <param name="output">
    /// Receives 16 bytes more than the plaintext has: ciphertext, then tag. May start where the plaintext does, but not
    /// overlap it otherwise.
    /// </param>
    /// <exception cref="ArgumentException">A size is wrong, or buffers overlap.</exception>
    [SkipLocalsInit]
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext, Span<byte> output)
    {
        CheckKeyAndNonce(key, nonce);
        DeskChaCha20Poly1305.CheckOutput(plaintext, output, plaintext.Length + (long)TagSize);
        Span<byte> subkey = stackalloc byte[KeySize];
        ChaCha20.DeriveKey(key, nonce, subkey);
        DeskChaCha20Poly1305.Seal(subkey, LastRow(nonce), associatedData, plaintext, output);
        CryptographicOperations.ZeroMemory(subkey);
    }

    /// <summary>Verifies and only then decrypts.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">24 bytes.</param>
    /// <param name="associatedData">What was authenticated besides; may be empty.</param>
    /// <param name="sealedBytes">Ciphertext and tag; less than 16 bytes are refused.</param>
    /// <param name="output">
    /// Receives 16 bytes less than there are sealed ones. May start where those do, but not overlap them otherwise.
    /// </param>
    /// <returns>True when the tag fits; otherwise false and the output is untouched.</returns>
    /// <exception cref="ArgumentException">A size is wrong, or buffers overlap.</exception>
    [SkipLocalsInit]
    public static bool Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> sealedBytes, Span<byte> output)
    {
        CheckKeyAndNonce(key, nonce);
        if (sealedBytes.Length < TagSize)
        {
            return false;
        }

        DeskChaCha20Poly1305.CheckOutput(sealedBytes, output, sealedBytes.Length - TagSize);
        Span<byte> subkey = stackalloc byte[KeySize];
        ChaCha20.DeriveKey(key, nonce, subkey);
        bool verified = DeskChaCha20Poly1305.Open(subkey, LastRow(nonce), associatedData, sealedBytes, output);
        CryptographicOperations.ZeroMemory(subkey);
        return verified;
    }

    // Counter 0, four zero bytes, then the last eight bytes of the long nonce.
    private static Vector128<uint> LastRow(ReadOnlySpan<byte> nonce) => Vector128.Create(
        0u,
        0,
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[RootNonceSize..]),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[(RootNonceSize + 4)..]));

    private static void CheckKeyAndNonce(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        if (nonce.Length != NonceSize)
        {
            throw new ArgumentException("A nonce has 24 bytes.", nameof(nonce));
        }
    }
}
