namespace WhispurrNet.Protocol.Identity
{
    /// <summary>
    /// Who a person is, for as long as the person wants: an Ed25519 key pair (RFC 8032), apart from the identity of the
    /// hour and optional. Its public key leaves a node inside encrypted links only, and only when the application asks.
    /// </summary>
    public interface IUserIdentity
    {
        /// <summary>The public key, 32 bytes. Not copied, not to be changed.</summary>
        byte[] PublicKey { get; }

        /// <summary>Signs; the signature of one message is always the same.</summary>
        /// <param name="message">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="signature">Receives 64 bytes.</param>
        /// <param name="signatureOffset">Where they go.</param>
        void Sign(byte[] message, int offset, int count, byte[] signature, int signatureOffset);
    }
}
