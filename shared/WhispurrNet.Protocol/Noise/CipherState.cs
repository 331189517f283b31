using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// A key and a counter nonce over ChaCha20-Poly1305, Noise specification revision 34, sections 5.1 and 12.3.
    /// </summary>
    public sealed class CipherState
    {
        /// <summary>Bytes that encryption adds.</summary>
        public const int TagSize = ChaCha20Poly1305.TagSize;

        /// <summary>The counter stands behind 4 zero bytes, little-endian.</summary>
        private const int CounterOffset = 4;

        private readonly ChaCha20Poly1305 _cipher = new ChaCha20Poly1305();
        private readonly byte[] _nonce = new byte[ChaCha20Poly1305.NonceSize];
        private bool _hasKey;

        /// <summary>HasKey(): whether what follows is encrypted.</summary>
        public bool HasKey
        {
            get { return _hasKey; }
        }

        /// <summary>InitializeKey(key): takes a copy of 32 bytes and starts counting at 0.</summary>
        public void InitializeKey(byte[] key)
        {
            _cipher.SetKey(key, 0);
            CryptoBytes.Wipe(_nonce);
            _hasKey = true;
        }

        /// <summary>EncryptWithAd(ad, plaintext): without a key the plaintext itself.</summary>
        /// <returns>Bytes written: the plaintext's, and 16 more with a key.</returns>
        public int EncryptWithAd(byte[] ad, byte[] plaintext, int offset, int count, byte[] output, int outputOffset)
        {
            if (!_hasKey)
            {
                System.Array.Copy(plaintext, offset, output, outputOffset, count);
                return count;
            }

            _cipher.Seal(_nonce, 0, ad, 0, ad.Length, plaintext, offset, count, output, outputOffset);
            Count();
            return count + TagSize;
        }

        /// <summary>DecryptWithAd(ad, ciphertext): without a key the ciphertext itself.</summary>
        /// <returns>False when it does not verify; nothing is written then.</returns>
        public bool DecryptWithAd(byte[] ad, byte[] ciphertext, int offset, int count, byte[] output, int outputOffset)
        {
            if (!_hasKey)
            {
                System.Array.Copy(ciphertext, offset, output, outputOffset, count);
                return true;
            }

            bool verified = _cipher.Open(
                _nonce, 0, ad, 0, ad.Length, ciphertext, offset, count, output, outputOffset);
            Count();
            return verified;
        }

        /// <summary>Overwrites the key; there is none then.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            _hasKey = false;
        }

        /// <summary>
        /// A handshake replaces its key with every DH, so the counter never gets beyond a few: its first byte carries it.
        /// </summary>
        private void Count()
        {
            _nonce[CounterOffset]++;
            if (_nonce[CounterOffset] == 0)
            {
                throw new System.InvalidOperationException("The nonces of a handshake key are used up.");
            }
        }
    }
}
