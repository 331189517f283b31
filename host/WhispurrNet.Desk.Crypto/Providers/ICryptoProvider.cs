namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>
/// Where a desk gets its curves and AEADs from. Every provider makes the same bytes, and accepts and refuses the same. A
/// caller's mistake throws; what a peer could have sent does not. Thread-safe; the objects it makes are not.
/// </summary>
public interface ICryptoProvider
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>X25519, RFC 7748 section 5.</summary>
    /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
    /// <param name="point">32 bytes, the other side's public key; the top bit is ignored.</param>
    /// <param name="result">Receives 32 bytes; may be one of the inputs.</param>
    /// <returns>False when the result is all zero, which is no secret: section 6.1.</returns>
    /// <exception cref="ArgumentException">A buffer is not 32 bytes.</exception>
    bool ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result);

    /// <summary>X25519 of the base point 9.</summary>
    /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
    /// <param name="result">Receives 32 bytes, the public key; may be the scalar.</param>
    /// <exception cref="ArgumentException">A buffer is not 32 bytes.</exception>
    void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result);

    /// <summary>Whether an Ed25519 signature is valid under the strict rules of <see cref="Curve25519.DeskEd25519"/>.</summary>
    /// <param name="publicKey">32 bytes, from anybody.</param>
    /// <param name="message">0 bytes or more.</param>
    /// <param name="signature">64 bytes, from anybody.</param>
    /// <exception cref="ArgumentException">A size is wrong.</exception>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>Makes what signs with Ed25519 under one seed.</summary>
    /// <param name="seed">32 bytes; copied.</param>
    /// <exception cref="ArgumentException">The seed is not 32 bytes.</exception>
    ISigner CreateSigner(ReadOnlySpan<byte> seed);

    /// <summary>Makes an AEAD_CHACHA20_POLY1305, RFC 8439 section 2.8: nonces of 12 bytes.</summary>
    IKeyedAead CreateChaCha20Poly1305();

    /// <summary>Makes an AEAD_XChaCha20_Poly1305, draft-irtf-cfrg-xchacha-03 section 2: nonces of 24 bytes.</summary>
    IKeyedAead CreateXChaCha20Poly1305();
}
