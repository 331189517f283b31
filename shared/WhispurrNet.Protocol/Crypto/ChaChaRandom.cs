using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Fast key erasure (Bernstein, 2017): every refill runs ChaCha20 under the current key, takes the first 32 bytes
    // as the next key and hands out the rest, each byte overwritten as it leaves. Whoever reads the memory later
    // cannot compute what was handed out before.

    /// <summary>
    /// A random generator over ChaCha20, RFC 8439. The same seed gives the same bytes, however they are asked for; so
    /// the seed has to come from a hardware source, except in a simulation.
    /// </summary>
    public sealed class ChaChaRandom
    {
        /// <summary>Size of a seed in bytes.</summary>
        public const int SeedSize = 32;

        // Three quarters of the work goes into output; one block would leave half.
        private const int PoolSize = 2 * ChaCha20.BlockSize;

        private readonly byte[] _key = new byte[SeedSize];
        private readonly byte[] _pool = new byte[PoolSize];

        // Next byte of the pool to hand out; all before it are zero.
        private int _position = PoolSize;
        private bool _wiped;

        /// <summary>Starts from a seed.</summary>
        /// <param name="seed">32 bytes; copied.</param>
        /// <exception cref="ArgumentNullException">The seed is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The seed is not 32 bytes.</exception>
        public ChaChaRandom(byte[] seed)
        {
            CryptoBytes.CheckSize(seed, SeedSize, "seed");
            Array.Copy(seed, 0, _key, 0, SeedSize);
        }

        /// <summary>Writes random bytes.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <param name="offset">Where they go.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public void NextBytes(byte[] buffer, int offset, int count)
        {
            CryptoBytes.CheckRange(buffer, offset, count, "buffer");
            CheckNotWiped();
            while (count > 0)
            {
                if (_position == PoolSize)
                {
                    Refill();
                }

                int taken = PoolSize - _position;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(_pool, _position, buffer, offset, taken);
                Array.Clear(_pool, _position, taken);
                _position += taken;
                offset += taken;
                count -= taken;
            }
        }

        /// <summary>Draws a 32-bit number, uniform over all of them.</summary>
        /// <returns>The number.</returns>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public uint NextUInt32()
        {
            uint value = NextByte();
            value |= (uint)NextByte() << 8;
            value |= (uint)NextByte() << 16;
            value |= (uint)NextByte() << 24;
            return value;
        }

        /// <summary>Draws a 64-bit number, uniform over all of them.</summary>
        /// <returns>The number.</returns>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public ulong NextUInt64()
        {
            ulong high = NextUInt32();
            return (high << 32) | NextUInt32();
        }

        /// <summary>Draws a number below a bound, uniform: draws that would favour some are rejected.</summary>
        /// <param name="exclusiveMax">The bound, 1 or more.</param>
        /// <returns>A number from 0 to <paramref name="exclusiveMax"/> - 1.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The bound is 0.</exception>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public uint NextBelow(uint exclusiveMax)
        {
            if (exclusiveMax == 0)
            {
                throw new ArgumentOutOfRangeException("exclusiveMax");
            }

            // 2^32 modulo the bound, which is how many draws have to be rejected.
            uint rest = (~exclusiveMax + 1) % exclusiveMax;
            uint value;
            do
            {
                value = NextUInt32();
            }
            while (value < rest);
            return value % exclusiveMax;
        }

        /// <summary>
        /// Mixes in further entropy: the next key is SHA-256 over the current one and the data. Never makes the state
        /// worse, whatever the data.
        /// </summary>
        /// <param name="data">Buffer holding the data.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public void AddEntropy(byte[] data, int offset, int count)
        {
            CryptoBytes.CheckRange(data, offset, count, "data");
            CheckNotWiped();
            Sha256 hash = new Sha256();
            hash.Update(_key, 0, SeedSize);
            hash.Update(data, offset, count);
            hash.Finish(_key, 0);
            hash.Wipe();
            Array.Clear(_pool, 0, PoolSize);
            _position = PoolSize;
        }

        /// <summary>Overwrites key and pool. The generator then refuses to give anything.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_key);
            CryptoBytes.Wipe(_pool);
            _wiped = true;
        }

        private byte NextByte()
        {
            CheckNotWiped();
            if (_position == PoolSize)
            {
                Refill();
            }

            byte value = _pool[_position];
            _pool[_position] = 0;
            _position++;
            return value;
        }

        // The cipher is dropped again, wiped: it is needed once for 96 bytes and takes three times as much memory.
        private void Refill()
        {
            ChaCha20 cipher = new ChaCha20();
            cipher.SetKey(_key, 0);
            Array.Clear(_pool, 0, PoolSize);

            // The cleared pool is the nonce too: the cipher reads it before it writes.
            cipher.Xor(_pool, 0, 0, _pool, 0, _pool, 0, PoolSize);
            cipher.Wipe();
            Array.Copy(_pool, 0, _key, 0, SeedSize);
            Array.Clear(_pool, 0, SeedSize);
            _position = SeedSize;
        }

        private void CheckNotWiped()
        {
            if (_wiped)
            {
                throw new InvalidOperationException("The generator was wiped.");
            }
        }
    }
}
