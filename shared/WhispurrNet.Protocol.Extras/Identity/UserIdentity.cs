using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Extras.Identity
{
    /// <summary>A user identity whose seed lies in memory until it is wiped.</summary>
    public sealed class UserIdentity : IUserIdentity
    {
        private readonly byte[] _seed = new byte[Ed25519.SeedSize];
        private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];
        private readonly Ed25519 _curve;
        private bool _wiped;

        /// <summary>With a workspace of its own, 3.4 KB on a board.</summary>
        /// <param name="seed">32 random bytes; copied.</param>
        /// <exception cref="ArgumentNullException">The seed is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The seed is not 32 bytes.</exception>
        public UserIdentity(byte[] seed)
            : this(seed, new Ed25519())
        {
        }

        /// <summary>Takes a seed and computes its public key, some 0.2 s on a board.</summary>
        /// <param name="seed">32 random bytes; copied.</param>
        /// <param name="curve">Workspace that others use as well, one call at a time.</param>
        /// <exception cref="ArgumentNullException">Something is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The seed is not 32 bytes.</exception>
        public UserIdentity(byte[] seed, Ed25519 curve)
        {
            if (curve == null)
            {
                throw new ArgumentNullException("curve");
            }

            _curve = curve;
            _curve.DerivePublicKey(seed, _publicKey);
            Array.Copy(seed, 0, _seed, 0, _seed.Length);
        }

        /// <inheritdoc/>
        public byte[] PublicKey
        {
            get { return _publicKey; }
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        /// <exception cref="InvalidOperationException">The seed has been wiped.</exception>
        public void Sign(byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            CryptoBytes.CheckRange(message, offset, count, "message");
            CryptoBytes.CheckRange(signature, signatureOffset, Ed25519.SignatureSize, "signature");
            if (_wiped)
            {
                throw new InvalidOperationException();
            }

            _curve.Sign(_seed, _publicKey, message, offset, count, signature, signatureOffset);
        }

        /// <summary>Overwrites the seed; from then on nothing can be signed.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_seed);
            _wiped = true;
        }
    }
}
