using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Words live in ulong locals whose low half is right: sums leave garbage in the high half, which is cut off only
    // where a rotation needs it, and a rotation is one product with 2^32 + 1 and one shift. All ten rounds are written
    // out (Blake2s.Rounds.cs), so that a message word is a local and not an element of an array whose index
    // comes out of another one: a fifth fewer instructions for three times the size.
    //
    // IL: 5,127 a block of 64 bytes.

    /// <summary>
    /// BLAKE2s, RFC 7693, with and without key. One object hashes one message after another under the same parameters.
    /// </summary>
    public sealed partial class Blake2s
    {
        /// <summary>Size of the longest hash, and of the one that Noise uses, in bytes.</summary>
        public const int HashSize = 32;

        /// <summary>Size of a message block in bytes.</summary>
        public const int BlockSize = 64;

        /// <summary>Most bytes of a key.</summary>
        public const int MaxKeySize = 32;

        private readonly uint[] _state = new uint[8];
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
    }
}
