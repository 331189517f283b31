using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Aead;

/// <summary>
/// The AEAD_CHACHA20_POLY1305 construction, RFC 8439 section 2.8, in vectors. Runs in constant time, allocates nothing,
/// and leaves no key on the stack. Thread-safe: there is no state.
/// </summary>
public static class DeskChaCha20Poly1305
{
    /// <summary>Size of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Size of a nonce in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>Size of the tag that sealing adds, in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>Most bytes of a plaintext: the block counter has 32 bits, and this is what a span holds.</summary>
    public const int MaxPlaintextSize = int.MaxValue - TagSize;

    private const int StreamSize = ChaCha20.StreamBlocks * ChaCha20.BlockSize;

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 bytes; never twice under one key.</param>
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
        CheckOutput(plaintext, output, plaintext.Length + (long)TagSize);
        Seal(key, ChaCha20.LastRow(0, nonce), associatedData, plaintext, output);
    }

    /// <summary>Verifies and only then decrypts.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="associatedData">What was authenticated besides; may be empty.</param>
    /// <param name="sealedBytes">Ciphertext and tag; less than 16 bytes are refused.</param>
    /// <param name="output">
    /// Receives 16 bytes less than there are sealed ones. May start where those do, but not overlap them otherwise.
    /// </param>
    /// <returns>True when the tag fits; otherwise false and the output is untouched.</returns>
    /// <exception cref="ArgumentException">A size is wrong, or buffers overlap.</exception>
    public static bool Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> sealedBytes, Span<byte> output)
    {
        CheckKeyAndNonce(key, nonce);
        if (sealedBytes.Length < TagSize)
        {
            return false;
        }

        CheckOutput(sealedBytes, output, sealedBytes.Length - TagSize);
        return Open(key, ChaCha20.LastRow(0, nonce), associatedData, sealedBytes, output);
    }

    [SkipLocalsInit]
    internal static void Seal(
        ReadOnlySpan<byte> key, Vector128<uint> last, ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext, Span<byte> output)
    {
        Span<byte> stream = stackalloc byte[StreamSize];
        int used = MakeFirst(key, last, plaintext.Length, stream);
        Unsafe.SkipInit(out Poly1305 mac);
        mac.Begin(stream);
        mac.Update(associatedData);
        Span<byte> ciphertext = output[..plaintext.Length];
        Xor(key, last, stream, used, plaintext, ciphertext);
        mac.Update(ciphertext);
        mac.UpdateLengths((ulong)associatedData.Length, (ulong)plaintext.Length);
        mac.Finish(output.Slice(plaintext.Length, TagSize));
    }

    [SkipLocalsInit]
    internal static bool Open(
        ReadOnlySpan<byte> key, Vector128<uint> last, ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> sealedBytes, Span<byte> output)
    {
        ReadOnlySpan<byte> ciphertext = sealedBytes[..^TagSize];
        Span<byte> stream = stackalloc byte[StreamSize];
        Span<byte> tag = stackalloc byte[TagSize];
        int used = MakeFirst(key, last, ciphertext.Length, stream);
        Unsafe.SkipInit(out Poly1305 mac);
        mac.Begin(stream);
        mac.Update(associatedData);
        mac.Update(ciphertext);
        mac.UpdateLengths((ulong)associatedData.Length, (ulong)ciphertext.Length);
        mac.Finish(tag);
        bool verified = CryptographicOperations.FixedTimeEquals(tag, sealedBytes[ciphertext.Length..]);
        if (verified)
        {
            Xor(key, last, stream, used, ciphertext, output);
        }
        else
        {
            CryptographicOperations.ZeroMemory(stream[..used]);
        }

        CryptographicOperations.ZeroMemory(tag);
        return verified;
    }

    /// <summary>Checks sizes and overlap of what is read and written.</summary>
    internal static void CheckOutput(ReadOnlySpan<byte> input, Span<byte> output, long size)
    {
        if (output.Length < size)
        {
            throw new ArgumentException("The output is too small.", nameof(output));
        }

        if (input.Overlaps(output, out int offset) && offset != 0)
        {
            throw new ArgumentException("The output overlaps the input and does not start with it.", nameof(output));
        }
    }

    private static void CheckKeyAndNonce(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        if (nonce.Length != NonceSize)
        {
            throw new ArgumentException("A nonce has 12 bytes.", nameof(nonce));
        }
    }

    // Block 0, whose first half is the one-time key of the MAC, and in one go as many of the next as are needed and fit.
    // Returns the bytes written that are secret.
    private static int MakeFirst(ReadOnlySpan<byte> key, Vector128<uint> last, int count, Span<byte> stream)
    {
        int blocks = (int)Math.Min(ChaCha20.StreamBlocks, 1 + (((long)count + ChaCha20.BlockSize - 1) / ChaCha20.BlockSize));
        ChaCha20.MakeStream(key, last, stream, blocks);
        return StreamSize;
    }

    // The stream begins with block 1 behind what MakeFirst left of block 0; it is overwritten in the end.
    private static void Xor(
        ReadOnlySpan<byte> key, Vector128<uint> last, Span<byte> stream, int used, ReadOnlySpan<byte> input, Span<byte> output)
    {
        int count = Math.Min(input.Length, StreamSize - ChaCha20.BlockSize);
        XorBytes(stream[ChaCha20.BlockSize..], input[..count], output);
        uint counter = ChaCha20.StreamBlocks;
        while (count < input.Length)
        {
            int part = Math.Min(input.Length - count, StreamSize);
            Vector128<uint> row = last + Vector128.CreateScalar(counter);
            ChaCha20.MakeStream(key, row, stream, (part + ChaCha20.BlockSize - 1) / ChaCha20.BlockSize);
            XorBytes(stream, input.Slice(count, part), output[count..]);
            counter += ChaCha20.StreamBlocks;
            count += part;
        }

        CryptographicOperations.ZeroMemory(stream[..used]);
    }

    private static void XorBytes(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> input, Span<byte> output)
    {
        ref byte s = ref MemoryMarshal.GetReference(stream);
        ref byte i = ref MemoryMarshal.GetReference(input);
        ref byte o = ref MemoryMarshal.GetReference(output);
        nuint at = 0, count = (nuint)input.Length;
        for (; at + 32 <= count; at += 32)
        {
            (Vector256.LoadUnsafe(ref i, at) ^ Vector256.LoadUnsafe(ref s, at)).StoreUnsafe(ref o, at);
        }

        for (; at < count; at++)
        {
            Unsafe.Add(ref o, at) = (byte)(Unsafe.Add(ref i, at) ^ Unsafe.Add(ref s, at));
        }
    }
}
