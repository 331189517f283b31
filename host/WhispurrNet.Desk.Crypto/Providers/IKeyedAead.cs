namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>An AEAD with a key that can be replaced; tags have 16 bytes. Disposing wipes it.</summary>
public interface IKeyedAead : IDisposable
{
    /// <summary>Bytes of a nonce.</summary>
    int NonceSize { get; }

    /// <summary>Takes a copy of the key; it stays until the next one or <see cref="Wipe"/>.</summary>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
    void SetKey(ReadOnlySpan<byte> key);

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> bytes; never twice under one key.</param>
    /// <param name="associatedData">What is authenticated besides; may be empty.</param>
    /// <param name="plaintext">0 bytes or more.</param>
    /// <param name="output">
    /// Receives 16 bytes more: ciphertext, then tag. May start where the plaintext does, but not overlap it otherwise.
    /// </param>
    /// <exception cref="ArgumentException">A size is wrong, or buffers overlap.</exception>
    /// <exception cref="InvalidOperationException">No key is set.</exception>
    void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> output);

    /// <summary>Verifies and only then decrypts.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> bytes.</param>
    /// <param name="associatedData">What was authenticated besides; may be empty.</param>
    /// <param name="sealedBytes">Ciphertext and tag; less than 16 bytes are refused.</param>
    /// <param name="output">
    /// Receives 16 bytes less. May start where the sealed bytes do, but not overlap them otherwise.
    /// </param>
    /// <returns>True when the tag fits; otherwise false and the output is untouched.</returns>
    /// <exception cref="ArgumentException">A size is wrong, or buffers overlap.</exception>
    /// <exception cref="InvalidOperationException">No key is set.</exception>
    bool Open(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes, Span<byte> output);

    /// <summary>Overwrites the key. One has to be set again before further use.</summary>
    void Wipe();
}
