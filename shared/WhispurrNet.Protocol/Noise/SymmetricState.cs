using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>Chaining key and handshake hash, Noise specification revision 34, section 5.2.</summary>
    public sealed class SymmetricState
    {
        /// <summary>HASHLEN: bytes of a hash, a chaining key and a cipher key.</summary>
        public const int HashSize = 32;

        private readonly CipherState _cipher;
        private readonly INoiseHash _function;
        private readonly byte[] _chainingKey = new byte[HashSize];
        private readonly byte[] _hash = new byte[HashSize];

        // An output of HKDF, and behind it the number of the next: together the message that gives the next.
        private readonly byte[] _output = new byte[HashSize + 1];

        /// <summary>
        /// InitializeSymmetric(protocol_name): a name of up to 32 bytes is filled up with zeros, a longer one hashed.
        /// </summary>
        /// <param name="protocolName">The whole name (section 8).</param>
        /// <param name="function">Hash and HMAC; <see cref="Wipe"/> wipes it.</param>
        /// <param name="cipher">A workspace that others may use as well; null for an own one. Wiped, too.</param>
        public SymmetricState(byte[] protocolName, INoiseHash function, IAead cipher)
        {
            _cipher = new CipherState(cipher == null ? new ChaCha20Poly1305() : cipher);
            _function = function;
            if (protocolName.Length <= HashSize)
            {
                System.Array.Copy(protocolName, 0, _hash, 0, protocolName.Length);
            }
            else
            {
                _function.Update(protocolName, 0, protocolName.Length);
                _function.Finish(_hash, 0);
            }

            System.Array.Copy(_hash, 0, _chainingKey, 0, HashSize);
        }

        /// <summary>GetHandshakeHash(): 32 bytes. Not copied.</summary>
        public byte[] HandshakeHash
        {
            get { return _hash; }
        }

        /// <summary>Bytes that <see cref="EncryptAndHash"/> adds now: 0 or 16.</summary>
        public int Overhead
        {
            get { return _cipher.HasKey ? CipherState.TagSize : 0; }
        }

        /// <summary>MixKey(input_key_material): new chaining key and cipher key.</summary>
        /// <param name="material">32 bytes; overwritten.</param>
        public void MixKey(byte[] material)
        {
            Extract(material, material);
            Expand(material, 1);
            System.Array.Copy(_output, 0, _chainingKey, 0, HashSize);
            Expand(material, 2);
            EndMixing(material);
        }

        /// <summary>MixKeyAndHash(input_key_material): as <see cref="MixKey"/>, and into the hash as well.</summary>
        /// <param name="material">32 bytes; overwritten.</param>
        public void MixKeyAndHash(byte[] material)
        {
            Extract(material, material);
            Expand(material, 1);
            System.Array.Copy(_output, 0, _chainingKey, 0, HashSize);
            Expand(material, 2);
            MixHash(_output, 0, HashSize);
            Expand(material, 3);
            EndMixing(material);
        }

        /// <summary>MixHash(data): h = HASH(h || data).</summary>
        public void MixHash(byte[] data, int offset, int count)
        {
            _function.Update(_hash, 0, HashSize);
            _function.Update(data, offset, count);
            _function.Finish(_hash, 0);
        }

        /// <summary>EncryptAndHash(plaintext). Plaintext and output may start at one place.</summary>
        /// <returns>Bytes written.</returns>
        public int EncryptAndHash(byte[] plaintext, int offset, int count, byte[] output, int outputOffset)
        {
            int written = _cipher.EncryptWithAd(_hash, plaintext, offset, count, output, outputOffset);
            MixHash(output, outputOffset, written);
            return written;
        }

        /// <summary>DecryptAndHash(ciphertext). Both may start at one place.</summary>
        /// <returns>False when it does not verify; nothing is written then, and only Wipe() may follow.</returns>
        public bool DecryptAndHash(byte[] ciphertext, int offset, int count, byte[] output, int outputOffset)
        {
            // Hashed before it is decrypted, which may be in place.
            _function.Update(_hash, 0, HashSize);
            _function.Update(ciphertext, offset, count);
            if (!_cipher.DecryptWithAd(_hash, ciphertext, offset, count, output, outputOffset))
            {
                return false;
            }

            _function.Finish(_hash, 0);
            return true;
        }

        /// <summary>Split(): the keys of what follows the handshake.</summary>
        /// <param name="initiatorKey">Receives the key of what the initiator sends, 32 bytes.</param>
        /// <param name="responderKey">Receives the other direction's.</param>
        public void Split(byte[] initiatorKey, byte[] responderKey)
        {
            CryptoBytes.CheckSize(initiatorKey, HashSize, "initiatorKey");
            CryptoBytes.CheckSize(responderKey, HashSize, "responderKey");
            _function.Hmac(_chainingKey, _output, 0, 0, responderKey, 0);
            Expand(responderKey, 1);
            System.Array.Copy(_output, 0, initiatorKey, 0, HashSize);
            Expand(responderKey, 2);
            System.Array.Copy(_output, 0, responderKey, 0, HashSize);
            CryptoBytes.Wipe(_output);
        }

        /// <summary>The first output of HKDF(ck, label): a secret of another purpose than Split()'s keys.</summary>
        /// <param name="label">Says the purpose; not empty, which is Split()'s.</param>
        /// <param name="output">Receives 32 bytes.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">The label is empty or the output not 32 bytes.</exception>
        public void Export(byte[] label, byte[] output)
        {
            CryptoBytes.CheckRange(label, 0, 1, "label");
            CryptoBytes.CheckSize(output, HashSize, "output");
            Extract(label, output);
            Expand(output, 1);
            System.Array.Copy(_output, 0, output, 0, HashSize);
            CryptoBytes.Wipe(_output);
        }

        /// <summary>Overwrites everything.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            _function.Wipe();
            CryptoBytes.Wipe(_chainingKey);
            CryptoBytes.Wipe(_hash);
            CryptoBytes.Wipe(_output);
        }

        /// <summary>HKDF's first step (section 4.3): temp_key = HMAC(ck, material).</summary>
        private void Extract(byte[] material, byte[] temporaryKey)
        {
            _function.Hmac(_chainingKey, material, 0, material.Length, temporaryKey, 0);
        }

        /// <summary>HKDF's further steps, one output each, in order: HMAC(temp_key, previous output || number).</summary>
        private void Expand(byte[] temporaryKey, byte number)
        {
            int start = number == 1 ? HashSize : 0;
            _output[HashSize] = number;
            _function.Hmac(temporaryKey, _output, start, HashSize + 1 - start, _output, 0);
        }

        /// <summary>The last output is the cipher's key.</summary>
        private void EndMixing(byte[] material)
        {
            _cipher.InitializeKey(_output);
            CryptoBytes.Wipe(material);
            CryptoBytes.Wipe(_output);
        }
    }
}
