using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Both hash and curve have a workspace of more than a kilobyte, so only one of them exists at a time.

    /// <summary>Ed25519, RFC 8032 section 5.1 (neither prehashed nor with a context).</summary>
    /// <remarks>
    /// Signing runs in constant time. Verifying follows the strict rule set: s below L, the only encoding of the public
    /// key and of R, neither of small order, and the equation without cofactor, s B = R + h A. So a signature has one
    /// form, and no key fits every message. A public key with a part of small order besides is let pass: what it signs
    /// is still its owner's. A board spends about two million instructions on either, most of a second.
    /// </remarks>
    public static class Ed25519
    {
        /// <summary>Size of a private key, the seed, in bytes.</summary>
        public const int SeedSize = 32;

        /// <summary>Size of a public key in bytes.</summary>
        public const int PublicKeySize = 32;

        /// <summary>Size of a signature in bytes.</summary>
        public const int SignatureSize = 64;

        /// <summary>Computes the public key of a seed, section 5.1.5. Runs in constant time.</summary>
        /// <param name="seed">32 bytes.</param>
        /// <param name="publicKey">Receives 32 bytes.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A buffer is not 32 bytes.</exception>
        public static void DerivePublicKey(byte[] seed, byte[] publicKey)
        {
            CryptoBytes.CheckSize(seed, SeedSize, "seed");
            CryptoBytes.CheckSize(publicKey, PublicKeySize, "publicKey");
            byte[] expanded = Expand(seed);
            CryptoBytes.Wipe(expanded, EdwardsScalar.Size, EdwardsScalar.Size);
            EdwardsScalar scalars = new EdwardsScalar();
            scalars.Reduce(expanded, expanded);
            MultiplyBase(scalars, expanded, publicKey, 0);
            CryptoBytes.Wipe(expanded);
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
        public static bool Verify(
            byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            CryptoBytes.CheckSize(publicKey, PublicKeySize, "publicKey");
            CryptoBytes.CheckRange(message, offset, count, "message");
            CryptoBytes.CheckRange(signature, signatureOffset, SignatureSize, "signature");
            EdwardsScalar scalars = new EdwardsScalar();
            if (!scalars.IsCanonical(signature, signatureOffset + EdwardsScalar.Size))
            {
                return false;
            }

            byte[] hash = Hash(signature, signatureOffset, PublicKeySize, publicKey, message, offset, count);
            scalars.Reduce(hash, hash);
            EdwardsPoint point = new EdwardsPoint();
            if (!point.Decode(publicKey, 0)
                || !point.CombineWithBase(signature, signatureOffset + EdwardsScalar.Size, hash))
            {
                return false;
            }

            // The point's own encoding is the only one, so R's is, too, if both are the same.
            point.Encode(hash, 0);
            return CryptoBytes.ConstantTimeEquals(signature, signatureOffset, hash, 0, PublicKeySize)
                && !point.IsOfSmallOrder();
        }

        /// <summary>
        /// Signs, section 5.1.6. Not public: who signs with another public key than the seed's gives the seed away.
        /// </summary>
        internal static void Sign(
            byte[] seed, byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            byte[] expanded = Expand(seed);
            byte[] nonce = Hash(expanded, EdwardsScalar.Size, EdwardsScalar.Size, null, message, offset, count);
            EdwardsScalar scalars = new EdwardsScalar();
            scalars.Reduce(nonce, nonce);

            // The message may lie where the signature goes, so nothing is written before it was hashed twice.
            byte[] encoded = new byte[PublicKeySize];
            MultiplyBase(scalars, nonce, encoded, 0);
            byte[] hash = Hash(encoded, 0, PublicKeySize, publicKey, message, offset, count);
            scalars.Reduce(hash, hash);
            scalars.MultiplyAdd(hash, expanded, nonce, signature, signatureOffset + EdwardsScalar.Size);
            Array.Copy(encoded, 0, signature, signatureOffset, PublicKeySize);
            CryptoBytes.Wipe(expanded);
            CryptoBytes.Wipe(nonce);
        }

        // The clamped secret scalar, and behind it the prefix of the nonce's hash.
        private static byte[] Expand(byte[] seed)
        {
            byte[] expanded = Hash(seed, 0, SeedSize, null, seed, 0, 0);
            expanded[0] &= 0xF8;
            expanded[31] = (byte)((expanded[31] & 0x7F) | 0x40);
            return expanded;
        }

        // SHA-512 over up to three parts.
        private static byte[] Hash(
            byte[] first, int firstOffset, int firstCount, byte[] second, byte[] message, int offset, int count)
        {
            Sha512 sha = new Sha512();
            byte[] hash = new byte[Sha512.HashSize];
            sha.Update(first, firstOffset, firstCount);
            if (second != null)
            {
                sha.Update(second, 0, second.Length);
            }

            sha.Update(message, offset, count);
            sha.Finish(hash, 0);
            return hash;
        }

        // The scalar is below L and stands in the first 32 bytes.
        private static void MultiplyBase(EdwardsScalar scalars, byte[] scalar, byte[] encoded, int offset)
        {
            byte[] recoded = new byte[EdwardsScalar.Size];
            scalars.RecodeOdd(scalar, recoded);
            EdwardsPoint point = new EdwardsPoint();
            point.MultiplyBase(recoded);
            point.Encode(encoded, offset);
            point.Wipe();
            CryptoBytes.Wipe(recoded);
        }
    }
}
