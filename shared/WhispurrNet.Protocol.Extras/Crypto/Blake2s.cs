using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Words live in ulong locals whose low half is right: sums leave garbage in the high half, which is cut off only
    // where a rotation needs it, and a rotation is one product with 2^32 + 1 and one shift. The order of the message
    // words comes from a table, whose indices are public: that costs a fifth more than ten rounds written out, and a
    // third of their size.

    /// <summary>
    /// BLAKE2s, RFC 7693, with and without key. One object hashes one message after another under the same parameters.
    /// </summary>
    public sealed class Blake2s
    {
        /// <summary>Size of the longest hash, and of the one that Noise uses, in bytes.</summary>
        public const int HashSize = 32;

        /// <summary>Size of a message block in bytes.</summary>
        public const int BlockSize = 64;

        /// <summary>Most bytes of a key.</summary>
        public const int MaxKeySize = 32;

        // RFC 7693 section 2.7.
        private readonly byte[] _sigma =
        {
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
            14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
            11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
            7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
            9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
            2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
            12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
            13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
            6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
            10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
        };

        private readonly uint[] _state = new uint[8];
        private readonly ulong[] _words = new ulong[16];
        private readonly byte[] _partial = new byte[BlockSize];
        private readonly int _hashSize;
        private byte[] _key;
        private int _partialCount;
        private ulong _totalCount;

        /// <summary>Starts with an empty message, without key, for hashes of 32 bytes.</summary>
        public Blake2s()
            : this(HashSize, null)
        {
        }

        /// <summary>Starts with an empty message.</summary>
        /// <param name="hashSize">Size of the hash in bytes, 1 to 32.</param>
        /// <param name="key">Key of 1 to 32 bytes, copied; null or empty for none.</param>
        /// <exception cref="ArgumentOutOfRangeException">Hash or key has another size.</exception>
        public Blake2s(int hashSize, byte[] key)
        {
            if (hashSize < 1 || hashSize > HashSize)
            {
                throw new ArgumentOutOfRangeException("hashSize");
            }

            if (key != null && key.Length > 0)
            {
                if (key.Length > MaxKeySize)
                {
                    throw new ArgumentOutOfRangeException("key");
                }

                _key = new byte[key.Length];
                Array.Copy(key, 0, _key, 0, key.Length);
            }

            _hashSize = hashSize;
            Reset();
        }

        /// <summary>Drops what was added and starts with an empty message.</summary>
        public void Reset()
        {
            Initialize(_state);
            Array.Clear(_words, 0, _words.Length);
            Array.Clear(_partial, 0, BlockSize);
            _partialCount = 0;
            _totalCount = 0;
            uint parameters = 0x01010000 | (uint)_hashSize;
            if (_key != null)
            {
                parameters |= (uint)_key.Length << 8;
                Array.Copy(_key, 0, _partial, 0, _key.Length);
                _partialCount = BlockSize;
            }

            _state[0] ^= parameters;
        }

        /// <summary>Adds message bytes; any split of a message into calls gives the same hash.</summary>
        /// <param name="data">Buffer holding them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        public void Update(byte[] data, int offset, int count)
        {
            CryptoBytes.CheckRange(data, offset, count, "data");
            while (count > 0)
            {
                // The last block is compressed as such, so a full one waits until more comes.
                if (_partialCount == BlockSize)
                {
                    _totalCount += BlockSize;
                    Compress(0);
                    _partialCount = 0;
                }

                int taken = BlockSize - _partialCount;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(data, offset, _partial, _partialCount, taken);
                _partialCount += taken;
                offset += taken;
                count -= taken;
            }
        }

        /// <summary>Writes the hash and starts anew with an empty message.</summary>
        /// <param name="hash">Receives as many bytes as a hash has.</param>
        /// <param name="offset">Where they go.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer bytes are there.</exception>
        public void Finish(byte[] hash, int offset)
        {
            CryptoBytes.CheckRange(hash, offset, _hashSize, "hash");
            _totalCount += (uint)_partialCount;
            Array.Clear(_partial, _partialCount, BlockSize - _partialCount);
            Compress(0xFFFFFFFF);
            for (int i = 0; i < _hashSize; i++)
            {
                hash[offset + i] = (byte)(_state[i >> 2] >> (8 * (i & 3)));
            }

            Reset();
        }

        /// <summary>Overwrites everything that depends on key and message; from then on there is no key.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_key);
            _key = null;
            Reset();
        }

        // RFC 7693 section 2.6, the same as in SHA-256.
        private static void Initialize(uint[] s)
        {
            s[0] = 0x6a09e667;
            s[1] = 0xbb67ae85;
            s[2] = 0x3c6ef372;
            s[3] = 0xa54ff53a;
            s[4] = 0x510e527f;
            s[5] = 0x9b05688c;
            s[6] = 0x1f83d9ab;
            s[7] = 0x5be0cd19;
        }

        // RFC 7693 section 3.2 on the block collected; all ones as the last argument end the message.
        private void Compress(uint last)
        {
            uint[] s = _state;
            ulong[] m = _words;
            byte[] sigma = _sigma;
            ulong mask = 0xFFFFFFFF, twice = 0x100000001;
            for (int word = 0; word < 16; word++)
            {
                m[word] = BitConverter.ToUInt32(_partial, 4 * word);
            }

            ulong v0 = s[0], v1 = s[1], v2 = s[2], v3 = s[3], v4 = s[4], v5 = s[5], v6 = s[6], v7 = s[7];
            ulong v8 = 0x6a09e667, v9 = 0xbb67ae85, v10 = 0x3c6ef372, v11 = 0xa54ff53a;
            ulong v12 = 0x510e527f ^ _totalCount, v13 = 0x9b05688c ^ (_totalCount >> 32);
            ulong v14 = 0x1f83d9ab ^ (ulong)last, v15 = 0x5be0cd19;
            int i = 0;
            do
            {
                v0 += v4 + m[sigma[i]];
                v12 = (((v12 ^ v0) & mask) * twice) >> 16;
                v8 += v12;
                v4 = (((v4 ^ v8) & mask) * twice) >> 12;
                v0 += v4 + m[sigma[i + 1]];
                v12 = (((v12 ^ v0) & mask) * twice) >> 8;
                v8 += v12;
                v4 = (((v4 ^ v8) & mask) * twice) >> 7;
                v1 += v5 + m[sigma[i + 2]];
                v13 = (((v13 ^ v1) & mask) * twice) >> 16;
                v9 += v13;
                v5 = (((v5 ^ v9) & mask) * twice) >> 12;
                v1 += v5 + m[sigma[i + 3]];
                v13 = (((v13 ^ v1) & mask) * twice) >> 8;
                v9 += v13;
                v5 = (((v5 ^ v9) & mask) * twice) >> 7;
                v2 += v6 + m[sigma[i + 4]];
                v14 = (((v14 ^ v2) & mask) * twice) >> 16;
                v10 += v14;
                v6 = (((v6 ^ v10) & mask) * twice) >> 12;
                v2 += v6 + m[sigma[i + 5]];
                v14 = (((v14 ^ v2) & mask) * twice) >> 8;
                v10 += v14;
                v6 = (((v6 ^ v10) & mask) * twice) >> 7;
                v3 += v7 + m[sigma[i + 6]];
                v15 = (((v15 ^ v3) & mask) * twice) >> 16;
                v11 += v15;
                v7 = (((v7 ^ v11) & mask) * twice) >> 12;
                v3 += v7 + m[sigma[i + 7]];
                v15 = (((v15 ^ v3) & mask) * twice) >> 8;
                v11 += v15;
                v7 = (((v7 ^ v11) & mask) * twice) >> 7;
                v0 += v5 + m[sigma[i + 8]];
                v15 = (((v15 ^ v0) & mask) * twice) >> 16;
                v10 += v15;
                v5 = (((v5 ^ v10) & mask) * twice) >> 12;
                v0 += v5 + m[sigma[i + 9]];
                v15 = (((v15 ^ v0) & mask) * twice) >> 8;
                v10 += v15;
                v5 = (((v5 ^ v10) & mask) * twice) >> 7;
                v1 += v6 + m[sigma[i + 10]];
                v12 = (((v12 ^ v1) & mask) * twice) >> 16;
                v11 += v12;
                v6 = (((v6 ^ v11) & mask) * twice) >> 12;
                v1 += v6 + m[sigma[i + 11]];
                v12 = (((v12 ^ v1) & mask) * twice) >> 8;
                v11 += v12;
                v6 = (((v6 ^ v11) & mask) * twice) >> 7;
                v2 += v7 + m[sigma[i + 12]];
                v13 = (((v13 ^ v2) & mask) * twice) >> 16;
                v8 += v13;
                v7 = (((v7 ^ v8) & mask) * twice) >> 12;
                v2 += v7 + m[sigma[i + 13]];
                v13 = (((v13 ^ v2) & mask) * twice) >> 8;
                v8 += v13;
                v7 = (((v7 ^ v8) & mask) * twice) >> 7;
                v3 += v4 + m[sigma[i + 14]];
                v14 = (((v14 ^ v3) & mask) * twice) >> 16;
                v9 += v14;
                v4 = (((v4 ^ v9) & mask) * twice) >> 12;
                v3 += v4 + m[sigma[i + 15]];
                v14 = (((v14 ^ v3) & mask) * twice) >> 8;
                v9 += v14;
                v4 = (((v4 ^ v9) & mask) * twice) >> 7;
                i += 16;
            }
            while (i < 160);

            s[0] ^= (uint)(v0 ^ v8);
            s[1] ^= (uint)(v1 ^ v9);
            s[2] ^= (uint)(v2 ^ v10);
            s[3] ^= (uint)(v3 ^ v11);
            s[4] ^= (uint)(v4 ^ v12);
            s[5] ^= (uint)(v5 ^ v13);
            s[6] ^= (uint)(v6 ^ v14);
            s[7] ^= (uint)(v7 ^ v15);
        }
    }
}
