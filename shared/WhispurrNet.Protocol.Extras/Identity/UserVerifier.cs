using System;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Extras.Identity
{
    /// <summary>
    /// Checks signatures of user identities by the strict rules of <see cref="Ed25519"/>, one at a time.
    /// </summary>
    public sealed class UserVerifier : IUserVerifier
    {
        private readonly Ed25519 _curve;

        /// <summary>With a workspace of its own, 5.3 KB on a board once it was used.</summary>
        public UserVerifier()
            : this(new Ed25519())
        {
        }

        /// <summary>In a workspace that others use as well, one call at a time.</summary>
        /// <exception cref="ArgumentNullException">There is none.</exception>
        public UserVerifier(Ed25519 curve)
        {
            if (curve == null)
            {
                throw new ArgumentNullException("curve");
            }

            _curve = curve;
        }

        /// <inheritdoc/>
        public bool Verify(
            byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            return _curve.Verify(publicKey, message, offset, count, signature, signatureOffset);
        }
    }
}
