using System.Buffers;
using System.Security.Cryptography;
using NSec.Cryptography;
using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Desk.Crypto.Providers;

namespace WhispurrNet.Desk.Crypto.Nsec;

/// <summary>An AEAD of NSec. Its key lies in guarded memory that takes long to get, so it stays while the key does.</summary>
internal sealed class NsecAead(AeadAlgorithm algorithm) : IKeyedAead
{
    // Pinned: the collector leaves no copies behind.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(DeskChaCha20Poly1305.KeySize, pinned: true);
    private Key? _key;
    private bool _hasKey;

    /// <inheritdoc/>
    public int NonceSize => algorithm.NonceSize;

    /// <inheritdoc/>
    public void SetKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != _bytes.Length)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        if (!CryptographicOperations.FixedTimeEquals(key, _bytes) || _key is null)
        {
            _key?.Dispose();
            key.CopyTo(_bytes);
            _key = Key.Import(algorithm, _bytes, KeyBlobFormat.RawSymmetricKey);
        }

        _hasKey = true;
    }

    /// <inheritdoc/>
    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> output)
    {
        Key key = CheckedKey(nonce);
        DeskChaCha20Poly1305.CheckOutput(plaintext, output, plaintext.Length + (long)algorithm.TagSize);
        algorithm.Encrypt(key, nonce, associatedData, plaintext, output[..(plaintext.Length + algorithm.TagSize)]);
    }

    /// <inheritdoc/>
    public bool Open(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes, Span<byte> output)
    {
        Key key = CheckedKey(nonce);
        int count = sealedBytes.Length - algorithm.TagSize;
        if (count < 0)
        {
            return false;
        }

        // libsodium clears the output when the tag does not fit, and here it stays as it was.
        DeskChaCha20Poly1305.CheckOutput(sealedBytes, output, count);
        byte[] opened = ArrayPool<byte>.Shared.Rent(count);
        bool verified = algorithm.Decrypt(key, nonce, associatedData, sealedBytes, opened.AsSpan(0, count));
        if (verified)
        {
            opened.AsSpan(0, count).CopyTo(output);
            CryptographicOperations.ZeroMemory(opened.AsSpan(0, count));
        }

        ArrayPool<byte>.Shared.Return(opened);
        return verified;
    }

    /// <summary>
    /// Takes the key out of use. Its guarded memory stays until another key comes: a node sets the same few again and again.
    /// </summary>
    public void Wipe() => _hasKey = false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Wipe();
        _key?.Dispose();
        _key = null;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    private Key CheckedKey(ReadOnlySpan<byte> nonce)
    {
        if (!_hasKey || _key is null)
        {
            throw new InvalidOperationException("No key is set.");
        }

        if (nonce.Length != NonceSize)
        {
            throw new ArgumentException($"A nonce has {NonceSize} bytes.", nameof(nonce));
        }

        return _key;
    }
}
