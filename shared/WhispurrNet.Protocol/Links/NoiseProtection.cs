using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// Protects the records of one link in both directions: transport messages of the Noise specification, revision 34, over
    /// ChaCha20-Poly1305 with empty associated data (PROTOCOL.md, "Protection").
    /// </summary>
    /// <remarks>
    /// Counters are strict, since links are ordered: a record that is lost, repeated or swapped does not verify. A key is
    /// replaced after every <see cref="RekeyRecords"/> records of its direction.
    /// </remarks>
    public sealed class NoiseProtection
    {
        /// <summary>Bytes that protection adds to a record.</summary>
        public const int Overhead = CipherState.TagSize;

        /// <summary>Records under one key.</summary>
        public const ulong RekeyRecords = 256;

        private readonly CipherState _send;
        private readonly CipherState _receive;

        /// <summary>Without keys yet.</summary>
        /// <param name="cipher">The workspace, shared by all links of a node.</param>
        public NoiseProtection(IAead cipher)
        {
            _send = new CipherState(cipher);
            _receive = new CipherState(cipher);
        }

        /// <summary>Starts a link.</summary>
        /// <param name="keys">Holds both keys, 32 bytes each. Copied.</param>
        /// <param name="sendOffset">Where the key of what this side sends starts.</param>
        /// <param name="receiveOffset">Where the key of what the other side sends starts.</param>
        public void SetKeys(byte[] keys, int sendOffset, int receiveOffset)
        {
            byte[] key = new byte[ChaCha20Poly1305.KeySize];
            System.Array.Copy(keys, sendOffset, key, 0, key.Length);
            _send.InitializeKey(key);
            System.Array.Copy(keys, receiveOffset, key, 0, key.Length);
            _receive.InitializeKey(key);
            CryptoBytes.Wipe(key);
        }

        /// <summary>Protects a record in place.</summary>
        /// <param name="buffer">Holds the record and <see cref="Overhead"/> free bytes behind it.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <returns>Bytes of the protected record.</returns>
        public int Protect(byte[] buffer, int offset, int count)
        {
            int written = _send.EncryptWithAd(null, buffer, offset, count, buffer, offset);
            RekeyWhenDue(_send);
            return written;
        }

        /// <summary>Checks and opens a record in place.</summary>
        /// <param name="buffer">Holds the protected record.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <returns>Bytes of the record, or -1 when it is refused. Never throws on any bytes.</returns>
        public int Unprotect(byte[] buffer, int offset, int count)
        {
            if (!_receive.DecryptWithAd(null, buffer, offset, count, buffer, offset))
            {
                return -1;
            }

            RekeyWhenDue(_receive);
            return count - Overhead;
        }

        /// <summary>Overwrites the keys.</summary>
        public void Wipe()
        {
            _send.Wipe();
            _receive.Wipe();
        }

        private static void RekeyWhenDue(CipherState cipher)
        {
            if (cipher.Counter % RekeyRecords == 0)
            {
                cipher.Rekey();
            }
        }
    }
}
