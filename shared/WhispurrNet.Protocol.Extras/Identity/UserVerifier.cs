using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Extras.Identity
{
    /// <summary>Checks signatures of user identities by the strict rules of <see cref="Ed25519"/>.</summary>
    public sealed class UserVerifier : IUserVerifier
    {
        /// <inheritdoc/>
        public bool Verify(
            byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            return Ed25519.Verify(publicKey, message, offset, count, signature, signatureOffset);
        }
    }
}
