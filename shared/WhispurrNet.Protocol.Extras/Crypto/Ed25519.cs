using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Signing is a multiple of the base point in constant time, which the comb of WhispurrNet.Protocol.Crypto makes without
    // a table on the heap, an inversion and four blocks of SHA-512; verifying is a square root, two multiplications at once
    // and an inversion. All space is made once, that for verifying when it is first needed: 3.4 KB for signing and 1.9 KB more.
    //
    // IL: 747,591 to sign 64 bytes, some 2.01 million to verify them: that depends on how many digits are zero.

    /// <summary>
    /// Ed25519, RFC 8032 section 5.1 (neither prehashed nor with a context). One object serves one call at a time and leaves
    /// nothing of a secret behind.
    /// </summary>
    /// <remarks>
    /// Signing runs in constant time. Verifying follows the strict rule set: s below L, the only encoding of the public
    /// key and of R, neither of small order, and the equation without cofactor, s B = R + h A. So a signature has one
    /// form, and no key fits every message. A public key with a part of small order besides is let pass: what it signs
    /// is still its owner's. Verifying works on public bytes only and takes a time that depends on them.
    /// </remarks>
    public sealed class Ed25519
    {
        /// <summary>Size of a private key, the seed, in bytes.</summary>
        public const int SeedSize = 32;

        /// <summary>Size of a public key in bytes.</summary>
        public const int PublicKeySize = 32;

        /// <summary>Size of a signature in bytes.</summary>
        public const int SignatureSize = 64;

        private readonly Sha512 _sha = new Sha512();
        private readonly EdwardsScalar _scalars = new EdwardsScalar();
        private readonly EdwardsPoint _point = new EdwardsPoint();
        private readonly EdwardsEncoding _encoding = new EdwardsEncoding();
        private readonly byte[] _expanded = new byte[Sha512.HashSize];
        private readonly byte[] _nonce = new byte[Sha512.HashSize];
        private readonly byte[] _hash = new byte[Sha512.HashSize];
        private readonly byte[] _encoded = new byte[PublicKeySize];
        private EdwardsCombination _combination;

        /// <summary>Computes the public key of a seed, section 5.1.5. Runs in constant time.</summary>
        /// <param name="seed">32 bytes.</param>
        /// <param name="publicKey">Receives 32 bytes.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A buffer is not 32 bytes.</exception>
        public void DerivePublicKey(byte[] seed, byte[] publicKey)
        {
            CryptoBytes.CheckSize(seed, SeedSize, "seed");
            CryptoBytes.CheckSize(publicKey, PublicKeySize, "publicKey");
            Expand(seed);
            _point.MultiplyBase(_expanded);
            _encoding.Encode(_point, publicKey, 0);
            Wipe();
        }

        /// <summary>Whether a signature is valid, section 5.1.7, under the rules above.</summary>
        /// <param name="publicKey">32 bytes, from anybody.</param>
        /// <param name="message">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="signature">Buffer holding the signature, from anybody.</param>
        /// <param name="signatureOffset">Where its 64 bytes start.</param>
        /// <returns>True when it is.</returns>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer or a size wrong.</exception>
        public bool Verify(
            byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            CryptoBytes.CheckSize(publicKey, PublicKeySize, "publicKey");
            CryptoBytes.CheckRange(message, offset, count, "message");
            CryptoBytes.CheckRange(signature, signatureOffset, SignatureSize, "signature");
            if (!_scalars.IsCanonical(signature, signatureOffset + EdwardsScalar.Size)
                || !_encoding.Decode(_point, publicKey, 0))
            {
                return false;
            }

            Hash(signature, signatureOffset, PublicKeySize, publicKey, message, offset, count, _hash);
            _scalars.Reduce(_hash, _hash);
            if (_combination == null)
            {
                _combination = new EdwardsCombination(_point, _encoding);
            }

            if (!_combination.Compute(signature, signatureOffset + EdwardsScalar.Size, _hash))
            {
                return false;
            }

            // The point's own encoding is the only one, so R's is, too, if both are the same.
            _encoding.Encode(_point, _encoded, 0);
            return CryptoBytes.ConstantTimeEquals(signature, signatureOffset, _encoded, 0, PublicKeySize)
                && !_encoding.IsOfSmallOrder(_point);
        }

        /// <summary>
        /// Signs, section 5.1.6. Not public: who signs with another public key than the seed's gives the seed away.
        /// </summary>
        internal void Sign(
            byte[] seed, byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            Expand(seed);
            Hash(_expanded, EdwardsScalar.Size, EdwardsScalar.Size, null, message, offset, count, _nonce);
            _scalars.Reduce(_nonce, _nonce);
            _point.MultiplyBase(_nonce);
            _encoding.Encode(_point, _encoded, 0);

            // The message may lie where the signature goes, so nothing is written before it was hashed twice.
            Hash(_encoded, 0, PublicKeySize, publicKey, message, offset, count, _hash);
            _scalars.Reduce(_hash, _hash);
            _scalars.MultiplyAdd(_hash, _expanded, _nonce, signature, signatureOffset + EdwardsScalar.Size);
            Array.Copy(_encoded, 0, signature, signatureOffset, PublicKeySize);
            Wipe();
        }

        /// <summary>Overwrites all that a secret went through. Every operation with one does so itself when it ends.</summary>
        public void Wipe()
        {
            _sha.Wipe();
            _scalars.Wipe();
            _point.Wipe();
            _encoding.Wipe();
            CryptoBytes.Wipe(_expanded);
            CryptoBytes.Wipe(_nonce);
            CryptoBytes.Wipe(_hash);
            CryptoBytes.Wipe(_encoded);
        }

        // The clamped secret scalar, and behind it the prefix of the nonce's hash.
        private void Expand(byte[] seed)
        {
            Hash(seed, 0, SeedSize, null, seed, 0, 0, _expanded);
            _expanded[0] &= 0xF8;
            _expanded[31] = (byte)((_expanded[31] & 0x7F) | 0x40);
        }

        // SHA-512 over up to three parts.
        private void Hash(
            byte[] first, int firstOffset, int firstCount, byte[] second, byte[] message, int offset, int count,
            byte[] hash)
        {
            _sha.Update(first, firstOffset, firstCount);
            if (second != null)
            {
                _sha.Update(second, 0, second.Length);
            }

            _sha.Update(message, offset, count);
            _sha.Finish(hash, 0);
        }
    }
}
