using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Four 32-bit limbs in ulongs. Clamping leaves r below 2^124 with four zero bits on top of every limb and, in the
    // upper three, two zero bits below (RFC 8439 section 2.5): sums of products fit 64 bits without splitting limbs,
    // and 2^130 = 5 folds back as r_i + r_i / 4, which is exact. Carries run once per block, and what is above 2^130 is
    // folded back while the next block is added: no sum is stored to be loaded at once. The lowest limb may then exceed
    // 32 bits (it stays below 2^33.1), which the bounds allow: every sum is under 11 * 2^60.
    //
    // IL: 157 a block of 16 bytes, some 690 for a message besides; 10,735 for 1,024 bytes.

    /// <summary>The Poly1305 one-time authenticator, RFC 8439 section 2.5. One key authenticates one message.</summary>
    public sealed class Poly1305
    {
        /// <summary>Size of a one-time key in bytes.</summary>
        public const int KeySize = 32;

        /// <summary>Size of a tag in bytes.</summary>
        public const int TagSize = 16;

        private const int BlockSize = 16;

        private readonly byte[] _partial = new byte[BlockSize];
        private int _partialCount;
        private bool _hasKey;

        // Key: r (clamped) in r0..r3, the addend s as two 64-bit halves.
        private ulong _r0;
        private ulong _r1;
        private ulong _r2;
        private ulong _r3;
        private ulong _sLow;
        private ulong _sHigh;

        // Accumulator modulo 2^130 - 5, not fully reduced: four limbs of 32 bits, and h4 of some 31.
        private ulong _h0;
        private ulong _h1;
        private ulong _h2;
        private ulong _h3;
        private ulong _h4;

        /// <summary>Starts a message under a fresh one-time key.</summary>
        /// <param name="key">Buffer holding the key, r then s.</param>
        /// <param name="keyOffset">Where the 32 key bytes start.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes are there.</exception>
        public void Init(byte[] key, int keyOffset)
        {
            CryptoBytes.CheckRange(key, keyOffset, KeySize, "key");
            Init(
                BitConverter.ToUInt32(key, keyOffset), BitConverter.ToUInt32(key, keyOffset + 4),
                BitConverter.ToUInt32(key, keyOffset + 8), BitConverter.ToUInt32(key, keyOffset + 12),
                BitConverter.ToUInt32(key, keyOffset + 16), BitConverter.ToUInt32(key, keyOffset + 20),
                BitConverter.ToUInt32(key, keyOffset + 24), BitConverter.ToUInt32(key, keyOffset + 28));
        }

        /// <summary>Starts a message under the eight words of a key, lowest first; bits above 32 are ignored.</summary>
        internal void Init(
            ulong k0, ulong k1, ulong k2, ulong k3, ulong k4, ulong k5, ulong k6, ulong k7)
        {
            _r0 = k0 & 0x0FFFFFFF;
            _r1 = k1 & 0x0FFFFFFC;
            _r2 = k2 & 0x0FFFFFFC;
            _r3 = k3 & 0x0FFFFFFC;
            _sLow = (k4 & 0xFFFFFFFF) | (k5 << 32);
            _sHigh = (k6 & 0xFFFFFFFF) | (k7 << 32);
            _h0 = 0;
            _h1 = 0;
            _h2 = 0;
            _h3 = 0;
            _h4 = 0;
            _partialCount = 0;
            _hasKey = true;
        }

        /// <summary>Adds message bytes; any split of a message into calls gives the same tag.</summary>
        /// <param name="data">Buffer holding them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        /// <exception cref="InvalidOperationException">No message was started.</exception>
        public void Update(byte[] data, int offset, int count)
        {
            CryptoBytes.CheckRange(data, offset, count, "data");
            CheckStarted();
            if (_partialCount > 0)
            {
                int taken = BlockSize - _partialCount;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(data, offset, _partial, _partialCount, taken);
                _partialCount += taken;
                offset += taken;
                count -= taken;
                if (_partialCount < BlockSize)
                {
                    return;
                }

                Blocks(_partial, 0, BlockSize, 1);
                _partialCount = 0;
            }

            int whole = count & ~(BlockSize - 1);
            if (whole > 0)
            {
                Blocks(data, offset, whole, 1);
            }

            _partialCount = count - whole;
            if (_partialCount > 0)
            {
                Array.Copy(data, offset + whole, _partial, 0, _partialCount);
            }
        }

        /// <summary>Writes the tag and forgets the key.</summary>
        /// <param name="tag">Receives 16 bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 16 bytes are there.</exception>
        /// <exception cref="InvalidOperationException">No message was started.</exception>
        public void Finish(byte[] tag, int offset)
        {
            CryptoBytes.CheckRange(tag, offset, TagSize, "tag");
            CheckStarted();
            if (_partialCount > 0)
            {
                _partial[_partialCount] = 1;
                Array.Clear(_partial, _partialCount + 1, BlockSize - _partialCount - 1);
                Blocks(_partial, 0, BlockSize, 0);
            }

            // Fold and carry through, so that every limb has 32 bits and h < 2 p; then q is 1 exactly when
            // h >= p = 2^130 - 5.
            ulong mask = 0xFFFFFFFF;
            ulong a0 = _h0 + ((_h4 >> 2) * 5);
            ulong a1 = _h1 + (a0 >> 32);
            ulong a2 = _h2 + (a1 >> 32);
            ulong a3 = _h3 + (a2 >> 32);
            ulong a4 = (_h4 & 3) + (a3 >> 32);
            a0 &= mask;
            ulong low = a0 | (a1 << 32);
            ulong high = (a2 & mask) | (a3 << 32);
            ulong q = (a0 + 5) >> 32;
            q = (q + (a1 & mask)) >> 32;
            q = (q + (a2 & mask)) >> 32;
            q = (q + (a3 & mask)) >> 32;
            q = (q + a4) >> 2;

            // tag = h + 5 q + s modulo 2^128. 5 q <= 5 and s are added one after the other, each with its carry.
            ulong sum = low + (5 * q);
            high += CarryOf(low, 5 * q, sum);
            ulong tagLow = sum + _sLow;
            high += CarryOf(sum, _sLow, tagLow);
            CryptoBytes.StoreUInt64(tagLow, tag, offset);
            CryptoBytes.StoreUInt64(high + _sHigh, tag, offset + 8);
            Wipe();
        }

        /// <summary>Overwrites key, accumulator and buffered bytes.</summary>
        public void Wipe()
        {
            _r0 = 0;
            _r1 = 0;
            _r2 = 0;
            _r3 = 0;
            _sLow = 0;
            _sHigh = 0;
            _h0 = 0;
            _h1 = 0;
            _h2 = 0;
            _h3 = 0;
            _h4 = 0;
            Array.Clear(_partial, 0, BlockSize);
            _partialCount = 0;
            _hasKey = false;
        }

        /// <summary>
        /// Adds a part of an AEAD's message and zeros to a full block, the pad16 of RFC 8439 section 2.8. The range is not
        /// checked, and no part of a block is waiting.
        /// </summary>
        internal void UpdatePadded(byte[] data, int offset, int count)
        {
            int rest = count & (BlockSize - 1);
            count -= rest;
            if (count > 0)
            {
                Blocks(data, offset, count, 1);
            }

            if (rest > 0)
            {
                Array.Clear(_partial, 0, BlockSize);
                Array.Copy(data, offset + count, _partial, 0, rest);
                Blocks(_partial, 0, BlockSize, 1);
            }
        }

        /// <summary>Adds the two lengths that end an AEAD's message, RFC 8439 section 2.8.</summary>
        internal void UpdateLengths(int adCount, int count)
        {
            Array.Clear(_partial, 0, BlockSize);
            CryptoBytes.StoreUInt32((uint)adCount, _partial, 0);
            CryptoBytes.StoreUInt32((uint)count, _partial, 8);
            Blocks(_partial, 0, BlockSize, 1);
        }

        // Carry out of a 64-bit addition without a comparison, which would be a branch on a secret.
        private static ulong CarryOf(ulong a, ulong b, ulong sum)
        {
            return ((a & b) | ((a | b) & ~sum)) >> 63;
        }

        private void CheckStarted()
        {
            if (!_hasKey)
            {
                throw new InvalidOperationException("No message was started.");
            }
        }

        // h = (h + block) * r for each block of data; count is a multiple of 16. top is bit 128 of every block.
        private void Blocks(byte[] data, int offset, int count, ulong top)
        {
            ulong mask = 0xFFFFFFFF;
            ulong m0 = _r0, m1 = _r1, m2 = _r2, m3 = _r3;
            ulong n1 = m1 + (m1 >> 2), n2 = m2 + (m2 >> 2), n3 = m3 + (m3 >> 2);
            ulong a0, a1, a2, a3, a4 = _h4;
            ulong b0 = _h0, b1 = _h1, b2 = _h2, b3 = _h3;
            ulong low, high;
            int end = offset + count;
            do
            {
                low = BitConverter.ToUInt64(data, offset);
                high = BitConverter.ToUInt64(data, offset + 8);
                a0 = (b0 & mask) + ((a4 >> 2) * 5) + (low & mask);
                a1 = (b1 & mask) + (low >> 32);
                a2 = (b2 & mask) + (high & mask);
                a3 = (b3 & mask) + (high >> 32);
                a4 = (a4 & 3) + top;

                b0 = (a0 * m0) + (a1 * n3) + (a2 * n2) + (a3 * n1);
                b1 = (a0 * m1) + (a1 * m0) + (a2 * n3) + (a3 * n2) + (a4 * n1) + (b0 >> 32);
                b2 = (a0 * m2) + (a1 * m1) + (a2 * m0) + (a3 * n3) + (a4 * n2) + (b1 >> 32);
                b3 = (a0 * m3) + (a1 * m2) + (a2 * m1) + (a3 * m0) + (a4 * n3) + (b2 >> 32);
                a4 = (a4 * m0) + (b3 >> 32);
                offset += BlockSize;
            }
            while (offset < end);

            _h0 = b0 & mask;
            _h1 = b1 & mask;
            _h2 = b2 & mask;
            _h3 = b3 & mask;
            _h4 = a4;
        }
    }
}
