using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Fast key erasure (Bernstein, 2017): every refill runs ChaCha20 under the current key, takes the first 32 bytes
    // as the next key and hands out the rest, each byte overwritten as it leaves. Whoever reads the memory later
    // cannot compute what was handed out before. One block at a time, kept where the cipher makes it: a refill
    // allocates nothing, and key and pool take no memory beside the cipher's.

    /// <summary>
    /// A random generator over ChaCha20, RFC 8439. The same seed gives the same bytes, however they are asked for; so
    /// the seed has to come from a hardware source, except in a simulation.
    /// </summary>
    public sealed class ChaChaRandom
    {
        /// <summary>Size of a seed in bytes.</summary>
        public const int SeedSize = 32;

        private const int PoolSize = ChaCha20.BlockSize;

        private readonly ChaCha20 _cipher = new ChaCha20();

        // Next byte of the cipher's block to hand out; all before it are zero.
        private int _position = PoolSize;

        /// <summary>Starts from a seed.</summary>
        /// <param name="seed">32 bytes; copied.</param>
        /// <exception cref="ArgumentNullException">The seed is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The seed is not 32 bytes.</exception>
        public ChaChaRandom(byte[] seed)
        {
            CryptoBytes.CheckSize(seed, SeedSize, "seed");
            _cipher.SetKey(seed, 0);
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

                Array.Copy(_cipher.OwnBlock, _position, buffer, offset, taken);
                Array.Clear(_cipher.OwnBlock, _position, taken);
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
            byte[] block = _cipher.OwnBlock;
            _cipher.WriteKeyToOwnBlock();
            Sha256 hash = new Sha256();
            hash.Update(block, 0, SeedSize);
            hash.Update(data, offset, count);
            hash.Finish(block, 0);
            hash.Wipe();
            _cipher.SetKey(block, 0);
            Array.Clear(block, 0, PoolSize);
            _position = PoolSize;
        }

        /// <summary>Overwrites key and pool. The generator then refuses to give anything.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            _position = PoolSize;
        }

        /// <summary>Draws one byte.</summary>
        /// <returns>0 to 255.</returns>
        /// <exception cref="InvalidOperationException">The generator was wiped.</exception>
        public byte NextByte()
        {
            if (_position == PoolSize)
            {
                Refill();
            }

            byte[] block = _cipher.OwnBlock;
            byte value = block[_position];
            block[_position] = 0;
            _position++;
            return value;
        }

        private void Refill()
        {
            _cipher.NextKeyBlock();
            _position = SeedSize;
        }
    }
}
