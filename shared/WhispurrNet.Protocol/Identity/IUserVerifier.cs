namespace WhispurrNet.Protocol.Identity
{
    /// <summary>Checks what an <see cref="IUserIdentity"/> somewhere else has signed.</summary>
    public interface IUserVerifier
    {
        /// <summary>Whether a signature is valid.</summary>
        /// <param name="publicKey">32 bytes, from anybody.</param>
        /// <param name="message">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="signature">Buffer holding the signature, from anybody.</param>
        /// <param name="signatureOffset">Where its 64 bytes start.</param>
        /// <returns>True when it is.</returns>
        bool Verify(byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset);
    }
}
