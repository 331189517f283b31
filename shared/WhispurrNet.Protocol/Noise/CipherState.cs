using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// A key and a counter nonce over ChaCha20-Poly1305, Noise specification revision 34, sections 5.1 and 12.3: inside
    /// a handshake, and after it for one direction of a channel.
    /// </summary>
    public sealed class CipherState
    {
        /// <summary>Bytes that encryption adds.</summary>
        public const int TagSize = ChaCha20Poly1305.TagSize;

        /// <summary>Nonce that no message is sealed under: it makes the next key.</summary>
        private const ulong ReservedNonce = 0xFFFFFFFFFFFFFFFFUL;

        /// <summary>
        /// The nonce stands behind the key and room for a tag: 4 zero bytes, then the counter, little-endian. The room lets
        /// the next key be made in place.
        /// </summary>
        private const int NonceOffset = ChaCha20Poly1305.KeySize + TagSize;
        private const int CounterOffset = NonceOffset + 4;

        private readonly IAead _cipher;
        private readonly byte[] _keyAndNonce = new byte[NonceOffset + ChaCha20Poly1305.NonceSize];
        private ulong _counter;
        private bool _hasKey;

        /// <summary>
        /// Uses a workspace that others may use as well, one call at a time: it is given the key for every message.
        /// </summary>
        /// <param name="cipher">The workspace; <see cref="Wipe"/> wipes it, too.</param>
        public CipherState(IAead cipher)
        {
            _cipher = cipher;
        }

        /// <summary>HasKey(): whether what follows is encrypted.</summary>
        public bool HasKey
        {
            get { return _hasKey; }
        }

        /// <summary>n: messages sealed or opened under this key, and the nonce of the next.</summary>
        public ulong Counter
        {
            get { return _counter; }
        }

        /// <summary>InitializeKey(key): takes a copy of the first 32 bytes and starts counting at 0.</summary>
        public void InitializeKey(byte[] key)
        {
            CryptoBytes.CheckRange(key, 0, ChaCha20Poly1305.KeySize, "key");
            Array.Copy(key, 0, _keyAndNonce, 0, ChaCha20Poly1305.KeySize);
            _counter = 0;
            _hasKey = true;
        }

        /// <summary>
        /// EncryptWithAd(ad, plaintext): without a key the plaintext itself. Plaintext and output may start at one place.
        /// </summary>
        /// <param name="ad">Associated data, the whole array; null for none.</param>
        /// <param name="plaintext">Holds the plaintext.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="output">Receives as many bytes, and 16 more with a key.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <returns>Bytes written.</returns>
        /// <exception cref="InvalidOperationException">2^64 - 1 messages were sealed: the nonces are used up.</exception>
        public int EncryptWithAd(byte[] ad, byte[] plaintext, int offset, int count, byte[] output, int outputOffset)
        {
            if (!_hasKey)
            {
                Array.Copy(plaintext, offset, output, outputOffset, count);
                return count;
            }

            if (_counter == ReservedNonce)
            {
                throw new InvalidOperationException("The nonces of this key are used up.");
            }

            Prepare(_counter);
            _cipher.Seal(
                _keyAndNonce, NonceOffset, ad, 0, SizeOf(ad), plaintext, offset, count, output, outputOffset);
            _counter++;
            return count + TagSize;
        }

        /// <summary>
        /// DecryptWithAd(ad, ciphertext): without a key the ciphertext itself. Both may start at one place.
        /// </summary>
        /// <param name="ad">Associated data, the whole array; null for none.</param>
        /// <param name="ciphertext">Holds the ciphertext.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes; any number.</param>
        /// <param name="output">Receives as many bytes, and 16 less with a key.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <returns>
        /// False when it does not verify or the nonces are used up; nothing is written then and the counter stays.
        /// </returns>
        public bool DecryptWithAd(byte[] ad, byte[] ciphertext, int offset, int count, byte[] output, int outputOffset)
        {
            if (!_hasKey)
            {
                Array.Copy(ciphertext, offset, output, outputOffset, count);
                return true;
            }

            if (_counter == ReservedNonce)
            {
                return false;
            }

            Prepare(_counter);
            bool verified = _cipher.Open(
                _keyAndNonce, NonceOffset, ad, 0, SizeOf(ad), ciphertext, offset, count, output, outputOffset);
            if (verified)
            {
                _counter++;
            }

            return verified;
        }

        /// <summary>
        /// Rekey(): k = REKEY(k), the first 32 bytes of 32 zeros sealed under nonce 2^64 - 1 (section 4.2). The old key is
        /// gone, the counter goes on.
        /// </summary>
        /// <exception cref="InvalidOperationException">There is no key.</exception>
        public void Rekey()
        {
            if (!_hasKey)
            {
                throw new InvalidOperationException("There is no key to replace.");
            }

            Prepare(ReservedNonce);
            Array.Clear(_keyAndNonce, 0, ChaCha20Poly1305.KeySize);
            _cipher.Seal(
                _keyAndNonce, NonceOffset, null, 0, 0,
                _keyAndNonce, 0, ChaCha20Poly1305.KeySize, _keyAndNonce, 0);
            Array.Clear(_keyAndNonce, ChaCha20Poly1305.KeySize, TagSize);
        }

        /// <summary>Overwrites the key, also in the workspace; there is none then.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            CryptoBytes.Wipe(_keyAndNonce);
            _counter = 0;
            _hasKey = false;
        }

        private static int SizeOf(byte[] ad)
        {
            return ad == null ? 0 : ad.Length;
        }

        private void Prepare(ulong nonce)
        {
            _cipher.SetKey(_keyAndNonce, 0);
            CryptoBytes.StoreUInt64(nonce, _keyAndNonce, CounterOffset);
        }
    }
}
