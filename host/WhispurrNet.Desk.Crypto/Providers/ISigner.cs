namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>An Ed25519 key pair, RFC 8032 section 5.1. Disposing wipes it; nothing can be signed then.</summary>
public interface ISigner : IDisposable
{
    /// <summary>The public key, 32 bytes.</summary>
    ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Signs; the signature of one message is always the same.</summary>
    /// <param name="message">0 bytes or more.</param>
    /// <param name="signature">Receives 64 bytes; may lie in the message.</param>
    /// <exception cref="ArgumentException">The signature is not 64 bytes.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    void Sign(ReadOnlySpan<byte> message, Span<byte> signature);
}
