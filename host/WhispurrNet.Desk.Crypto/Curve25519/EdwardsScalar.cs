using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Runtime.InteropServices;

namespace WhispurrNet.Desk.Crypto.Curve25519;

// Limbs of 28 bits, signed, in longs: nine of them end at bit 252, where the order L = 2^252 + c has its one, so that what
// stands above moves nine limbs down, times -c. A product of two limbs, and the sum of nine such, stays far below 2^63. No
// step depends on a value.

/// <summary>Arithmetic modulo the order L of the base point, RFC 8032 section 5.1. Runs in constant time.</summary>
internal static class EdwardsScalar
{
    /// <summary>Bytes of a scalar.</summary>
    internal const int Size = 32;

    private const int LimbBits = 28;
    private const long Mask = (1L << LimbBits) - 1;
    private const int Low = 9;

    // 512 bits, and one more for a carry.
    private const int Wide = 20;

    private static readonly ulong[] s_order = [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    // c, which is L - 2^252.
    private static readonly int[] s_c = [0xcf5d3ed, 0x12631a5, 0x79cd658, 0xf9dea2f, 0x14de];

    /// <summary>Whether a scalar is below L. Not in constant time: for what stands in a signature.</summary>
    internal static bool IsCanonical(ReadOnlySpan<byte> scalar)
    {
        for (int i = 3; i >= 0; i--)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(scalar[(8 * i)..]);
            if (word != s_order[i])
            {
                return word < s_order[i];
            }
        }

        return false;
    }

    /// <summary>result = wide mod L.</summary>
    /// <param name="wide">64 bytes.</param>
    /// <param name="result">Receives 32 bytes; may be the start of the input.</param>
    internal static void Reduce(ReadOnlySpan<byte> wide, Span<byte> result)
    {
        Span<long> x = stackalloc long[Wide];
        Load(wide, x);
        Reduce(x, result);
    }

    /// <summary>result = (a b + c) mod L, all of them 32 bytes.</summary>
    internal static void MultiplyAdd(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<long> x = stackalloc long[Wide];
        Span<long> left = stackalloc long[Low + 1], right = stackalloc long[Low + 1];
        Load(a, left);
        Load(b, right);
        Load(c, x[..(Low + 1)]);
        x[(Low + 1)..].Clear();
        for (int i = 0; i <= Low; i++)
        {
            for (int j = 0; j <= Low; j++)
            {
                x[i + j] += left[i] * right[j];
            }
        }

        Carry(x, Wide - 1);
        Reduce(x, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(left));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(right));
    }

    private static void Load(ReadOnlySpan<byte> bytes, Span<long> limbs)
    {
        for (int i = 0; i < limbs.Length; i++)
        {
            // Limbs begin at the first or at the fifth bit of a byte.
            int at = (LimbBits * i) >> 3;
            long value = 0;
            for (int j = 0; j < 4 && at + j < bytes.Length; j++)
            {
                value |= (long)bytes[at + j] << (8 * j);
            }

            limbs[i] = (value >> ((LimbBits * i) & 7)) & Mask;
        }
    }

    private static void Reduce(Span<long> x, Span<byte> result)
    {
        for (int i = Wide - 1; i >= Low; i--)
        {
            long factor = x[i], carry = 0;
            x[i] = 0;
            int at = i - Low;
            for (int j = 0; j < 5; j++)
            {
                carry += x[at + j] - (factor * s_c[j]);
                x[at + j] = carry & Mask;
                carry >>= LimbBits;
            }

            x[at + 5] += carry;
        }

        // What the carries lift above bit 252 goes down once more, and then at most one L is missing.
        Carry(x, Low);
        long top = x[Low];
        x[Low] = 0;
        for (int j = 0; j < 5; j++)
        {
            x[j] -= top * s_c[j];
        }

        Carry(x, Low);
        long negative = x[Low] >> 63;
        x[Low] += negative & 1;
        for (int j = 0; j < 5; j++)
        {
            x[j] += negative & s_c[j];
        }

        Carry(x, Low);
        Store(x, result);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(x));
    }

    // Brings limbs into 0 to 2^28 - 1, rounding down; the one behind them takes what is left.
    private static void Carry(Span<long> x, int count)
    {
        for (int i = 0; i < count; i++)
        {
            x[i + 1] += x[i] >> LimbBits;
            x[i] &= Mask;
        }
    }

    // Two limbs are seven bytes.
    private static void Store(ReadOnlySpan<long> x, Span<byte> result)
    {
        for (int i = 0, at = 0; at < Size; i += 2)
        {
            ulong pair = (ulong)(x[i] | (x[i + 1] << LimbBits));
            for (int j = 0; j < 7 && at < Size; j++, at++)
            {
                result[at] = (byte)(pair >> (8 * j));
            }
        }
    }
}
