using System;

namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// The AEAD_CHACHA20_POLY1305 construction, RFC 8439 section 2.8. One object is keyed again rather than made anew.
    /// A key must never seal two messages under one nonce.
    /// </summary>
    public sealed class ChaCha20Poly1305 : IAead
    {
        /// <summary>Size of a key in bytes.</summary>
        public const int KeySize = 32;

        /// <summary>Size of a nonce in bytes.</summary>
        public const int NonceSize = 12;

        /// <summary>Size of the tag that sealing adds, in bytes.</summary>
        public const int TagSize = 16;

        private readonly ChaCha20 _cipher = new ChaCha20();
        private readonly Poly1305 _mac = new Poly1305();

        // First the one-time key block, later the two lengths and the tag computed while opening.
        private readonly byte[] _scratch = new byte[ChaCha20.BlockSize];

        /// <summary>Takes a copy of the key; it stays until the next key or <see cref="Wipe"/>.</summary>
        /// <param name="key">Buffer holding the key.</param>
        /// <param name="keyOffset">Where the 32 key bytes start.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes are there.</exception>
        public void SetKey(byte[] key, int keyOffset)
        {
            _cipher.SetKey(key, keyOffset);
        }

        /// <summary>Encrypts and authenticates. Plaintext and output may start at one place.</summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where the 12 nonce bytes start.</param>
        /// <param name="ad">Buffer holding the associated data; null when there is none.</param>
        /// <param name="adOffset">Where it starts.</param>
        /// <param name="adCount">Its size in bytes, 0 or more.</param>
        /// <param name="plaintext">Buffer holding the plaintext.</param>
        /// <param name="plaintextOffset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="output">Receives <paramref name="count"/> + 16 bytes: ciphertext, then tag.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        public void Seal(
            byte[] nonce, int nonceOffset, byte[] ad, int adOffset, int adCount,
            byte[] plaintext, int plaintextOffset, int count, byte[] output, int outputOffset)
        {
            CheckAssociatedData(ad, adOffset, adCount);
            CryptoBytes.CheckRange(plaintext, plaintextOffset, count, "plaintext");
            CryptoBytes.CheckRange(output, outputOffset, count, "output");
            CryptoBytes.CheckRange(output, outputOffset + count, TagSize, "output");
            Begin(nonce, nonceOffset, ad, adOffset, adCount);
            _cipher.Xor(nonce, nonceOffset, 1, plaintext, plaintextOffset, output, outputOffset, count);
            Authenticate(output, outputOffset, count, adCount, output, outputOffset + count);
        }

        /// <summary>
        /// Verifies and only then decrypts. Sealed bytes and output may start at one place.
        /// </summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where the 12 nonce bytes start.</param>
        /// <param name="ad">Buffer holding the associated data; null when there is none.</param>
        /// <param name="adOffset">Where it starts.</param>
        /// <param name="adCount">Its size in bytes, 0 or more.</param>
        /// <param name="sealedBytes">Buffer holding ciphertext and tag.</param>
        /// <param name="sealedOffset">Where they start.</param>
        /// <param name="sealedCount">Their size in bytes; less than 16 is refused.</param>
        /// <param name="output">Receives <paramref name="sealedCount"/> - 16 bytes of plaintext.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <returns>True when the tag fits; otherwise false and the output is untouched.</returns>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        public bool Open(
            byte[] nonce, int nonceOffset, byte[] ad, int adOffset, int adCount,
            byte[] sealedBytes, int sealedOffset, int sealedCount, byte[] output, int outputOffset)
        {
            CheckAssociatedData(ad, adOffset, adCount);
            CryptoBytes.CheckRange(sealedBytes, sealedOffset, sealedCount, "sealedBytes");
            int count = sealedCount - TagSize;
            if (count < 0)
            {
                return false;
            }

            CryptoBytes.CheckRange(output, outputOffset, count, "output");
            Begin(nonce, nonceOffset, ad, adOffset, adCount);
            Authenticate(sealedBytes, sealedOffset, count, adCount, _scratch, 0);
            bool verified = CryptoBytes.ConstantTimeEquals(_scratch, 0, sealedBytes, sealedOffset + count, TagSize);
            CryptoBytes.Wipe(_scratch);
            if (verified)
            {
                _cipher.Xor(nonce, nonceOffset, 1, sealedBytes, sealedOffset, output, outputOffset, count);
            }

            return verified;
        }

        /// <summary>Overwrites the key and the scratch space. A key has to be set again before further use.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            _mac.Wipe();
            CryptoBytes.Wipe(_scratch);
        }

        private static void CheckAssociatedData(byte[] ad, int adOffset, int adCount)
        {
            if (ad != null || adCount != 0)
            {
                CryptoBytes.CheckRange(ad, adOffset, adCount, "ad");
            }
        }

        // One-time key from block 0 (RFC 8439 section 2.6), then the associated data.
        private void Begin(byte[] nonce, int nonceOffset, byte[] ad, int adOffset, int adCount)
        {
            _cipher.Block(nonce, nonceOffset, 0, _scratch, 0);
            _mac.Init(_scratch, 0);
            CryptoBytes.Wipe(_scratch);
            if (adCount > 0)
            {
                _mac.Update(ad, adOffset, adCount);
                _mac.PadToBlock();
            }
        }

        private void Authenticate(byte[] ciphertext, int offset, int count, int adCount, byte[] tag, int tagOffset)
        {
            _mac.Update(ciphertext, offset, count);
            _mac.PadToBlock();
            CryptoBytes.StoreUInt32((uint)adCount, _scratch, 0);
            CryptoBytes.StoreUInt32((uint)count, _scratch, 8);
            _mac.Update(_scratch, 0, 16);
            _mac.Finish(tag, tagOffset);
        }
    }
}
