using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Sixteen bits a limb, signed, in longs: a product of two limbs times sixteen, and the sum of sixteen such, stays
    // far below 2^63, and every carry is an arithmetic shift and a mask of a value that came out of an array. No step
    // depends on a value: secret scalars pass through here.
    //
    // IL: 8,377 to reduce 512 bits, 15,368 to multiply and add.

    /// <summary>Arithmetic modulo the order L of the base point, RFC 8032 section 5.1. Runs in constant time.</summary>
    internal sealed class EdwardsScalar
    {
        /// <summary>Size of a scalar in bytes.</summary>
        internal const int Size = 32;

        private const int LimbCount = 16;

        // L = 2^252 + c, and c is the first eight.
        private readonly long[] _order =
        {
            0xd3ed, 0x5cf5, 0x631a, 0x5812, 0x9cd6, 0xa2f7, 0xf9de, 0x14de, 0, 0, 0, 0, 0, 0, 0, 0x1000,
        };

        private readonly long[] _wide = new long[2 * LimbCount];

        /// <summary>Whether a scalar is below L. Not in constant time: for what stands in a signature.</summary>
        internal bool IsCanonical(byte[] scalar, int offset)
        {
            for (int i = LimbCount - 1; i >= 0; i--)
            {
                long limb = BitConverter.ToUInt16(scalar, offset + (2 * i));
                if (limb != _order[i])
                {
                    return limb < _order[i];
                }
            }

            return false;
        }

        /// <summary>result = wide mod L.</summary>
        /// <param name="wide">64 bytes.</param>
        /// <param name="result">Receives 32 bytes; may be the input.</param>
        internal void Reduce(byte[] wide, byte[] result)
        {
            for (int i = 0; i < 2 * LimbCount; i++)
            {
                _wide[i] = BitConverter.ToUInt16(wide, 2 * i);
            }

            ReduceWide(result, 0);
        }

        /// <summary>result = (a b + c) mod L, all of them 32 bytes.</summary>
        internal void MultiplyAdd(byte[] a, byte[] b, byte[] c, byte[] result, int resultOffset)
        {
            long[] x = _wide;
            Array.Clear(x, 0, x.Length);
            for (int i = 0; i < LimbCount; i++)
            {
                x[i] += BitConverter.ToUInt16(c, 2 * i);
                long limb = BitConverter.ToUInt16(a, 2 * i);
                for (int j = 0; j < LimbCount; j++)
                {
                    x[i + j] += limb * BitConverter.ToUInt16(b, 2 * j);
                }
            }

            Carry(0, 2 * LimbCount);
            ReduceWide(result, resultOffset);
        }

        /// <summary>Overwrites the scratch space; every operation leaves it so.</summary>
        internal void Wipe()
        {
            Array.Clear(_wide, 0, _wide.Length);
        }

        // 2^256 is -16 c modulo L: from the top, each limb's weight moves sixteen places down. The last bits above
        // 2^252 go the same way, and then at most one L is missing.
        private void ReduceWide(byte[] result, int offset)
        {
            long[] x = _wide, order = _order;
            for (int i = (2 * LimbCount) - 1; i >= LimbCount; i--)
            {
                long factor = x[i] << 4, carry = 0;
                int at = i - LimbCount;
                for (int j = 0; j < 9; j++)
                {
                    carry += x[at + j] - (factor * order[j]);
                    x[at + j] = carry & 0xFFFF;
                    carry >>= 16;
                }

                x[at + 9] += carry;
            }

            Carry(0, LimbCount - 1);
            long top = x[LimbCount - 1] >> 12;
            x[LimbCount - 1] &= 0xFFF;
            for (int i = 0; i < 8; i++)
            {
                x[i] -= top * order[i];
            }

            Carry(0, LimbCount - 1);
            long negative = x[LimbCount - 1] >> 63;
            for (int i = 0; i < LimbCount; i++)
            {
                x[i] += order[i] & negative;
            }

            Carry(0, LimbCount - 1);
            Store(result, offset);
        }

        // Brings limbs into 0 to 65535, rounding down; the one behind them takes what is left, if there is one.
        private void Carry(int from, int count)
        {
            long[] x = _wide;
            long carry = 0;
            for (int i = from; i < from + count; i++)
            {
                carry += x[i];
                x[i] = carry & 0xFFFF;
                carry >>= 16;
            }

            if (count < LimbCount)
            {
                x[from + count] += carry;
            }
        }

        private void Store(byte[] result, int offset)
        {
            for (int i = 0; i < LimbCount; i++)
            {
                result[offset + (2 * i)] = (byte)_wide[i];
                result[offset + (2 * i) + 1] = (byte)(_wide[i] >> 8);
            }

            Wipe();
        }
    }
}
