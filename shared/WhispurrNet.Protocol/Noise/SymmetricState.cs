using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// Chaining key and handshake hash over SHA-256, Noise specification revision 34, section 5.2.
    /// </summary>
    public sealed class SymmetricState
    {
        private const int HashSize = Sha256.HashSize;

        private readonly CipherState _cipher = new CipherState();
        private readonly Sha256 _sha = new Sha256();
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _chainingKey = new byte[HashSize];
        private readonly byte[] _hash = new byte[HashSize];

        /// <summary>
        /// InitializeSymmetric(protocol_name): a name of up to 32 bytes is filled up with zeros, a longer one hashed.
        /// </summary>
        public SymmetricState(byte[] protocolName, IHmacSha256 hmac)
        {
            _hmac = hmac;
            if (protocolName.Length <= HashSize)
            {
                System.Array.Copy(protocolName, 0, _hash, 0, protocolName.Length);
            }
            else
            {
                Sha256.Hash(protocolName, 0, protocolName.Length, _hash, 0);
            }

            System.Array.Copy(_hash, 0, _chainingKey, 0, HashSize);
        }

        /// <summary>The handshake hash, 32 bytes. Not copied.</summary>
        public byte[] HandshakeHash
        {
            get { return _hash; }
        }

        /// <summary>Bytes that <see cref="EncryptAndHash"/> adds now: 0 or 16.</summary>
        public int Overhead
        {
            get { return _cipher.HasKey ? CipherState.TagSize : 0; }
        }

        /// <summary>MixKey(input_key_material): HKDF with two outputs, chaining key and cipher key (section 4.3).</summary>
        /// <param name="material">32 bytes; overwritten.</param>
        public void MixKey(byte[] material)
        {
            byte[] next = new byte[HashSize + 1];
            _hmac.Compute(_chainingKey, material, 0, material.Length, material, 0);
            next[HashSize] = 1;
            _hmac.Compute(material, next, HashSize, 1, _chainingKey, 0);
            System.Array.Copy(_chainingKey, 0, next, 0, HashSize);
            next[HashSize] = 2;
            _hmac.Compute(material, next, 0, next.Length, material, 0);
            _cipher.InitializeKey(material);
            CryptoBytes.Wipe(material);
            CryptoBytes.Wipe(next);
        }

        /// <summary>MixHash(data): h = SHA-256(h || data).</summary>
        public void MixHash(byte[] data, int offset, int count)
        {
            _sha.Update(_hash, 0, HashSize);
            _sha.Update(data, offset, count);
            _sha.Finish(_hash, 0);
        }

        /// <summary>EncryptAndHash(plaintext).</summary>
        /// <returns>Bytes written.</returns>
        public int EncryptAndHash(byte[] plaintext, int offset, int count, byte[] output, int outputOffset)
        {
            int written = _cipher.EncryptWithAd(_hash, plaintext, offset, count, output, outputOffset);
            MixHash(output, outputOffset, written);
            return written;
        }

        /// <summary>DecryptAndHash(ciphertext).</summary>
        /// <returns>False when it does not verify; nothing is written then.</returns>
        public bool DecryptAndHash(byte[] ciphertext, int offset, int count, byte[] output, int outputOffset)
        {
            if (!_cipher.DecryptWithAd(_hash, ciphertext, offset, count, output, outputOffset))
            {
                return false;
            }

            MixHash(ciphertext, offset, count);
            return true;
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            _sha.Wipe();
            CryptoBytes.Wipe(_chainingKey);
            CryptoBytes.Wipe(_hash);
        }
    }
}
