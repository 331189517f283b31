using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Curve25519;

// 64 rows of B, 2 B, ... 8 B times 16^row, made once: 64 KB. A scalar is 64 digits from -8 to 8, and every digit is one
// addition; nothing is doubled. All eight entries of a row are read and seven masked away; the sign exchanges and
// negates by masks.

/// <summary>Multiples of the base point for multiplications in constant time.</summary>
internal static class BasePointTable
{
    private const int RowCount = 64;
    private const int EntriesPerRow = 8;

    // Three field elements of five words, and one word so that an entry is four vectors.
    private const int EntrySize = 16;
    private const int VectorSize = 4;

    private static readonly ulong[] s_entries = Make();

    /// <summary>result = scalar B, without T.</summary>
    /// <param name="scalar">32 bytes, below 2^255.</param>
    /// <param name="result">Receives the point.</param>
    [SkipLocalsInit]
    internal static void Multiply(ReadOnlySpan<byte> scalar, out EdwardsPoint result)
    {
        Span<sbyte> digits = stackalloc sbyte[RowCount];
        Recode(scalar, digits);
        result = EdwardsPoint.Neutral;
        Unsafe.SkipInit(out AffinePoint point);
        for (int row = 0; row < RowCount; row++)
        {
            Select(row, digits[row], ref point);
            result.Add(point, subtract: false, needsT: row < RowCount - 1);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(digits));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<AffinePoint>(ref point)));
    }

    // Digits from -8 to 7, the last one to 8: what is 8 or more borrows 16 from the next.
    private static void Recode(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        int carry = 0;
        for (int i = 0; i < RowCount; i++)
        {
            int digit = ((scalar[i >> 1] >> ((i & 1) << 2)) & 15) + carry;
            carry = i == RowCount - 1 ? 0 : (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }
    }

    private static void Select(int row, int digit, ref AffinePoint point)
    {
        int negative = digit >> 31;
        uint magnitude = (uint)((digit ^ negative) - negative);
        ref ulong entry = ref MemoryMarshal.GetArrayDataReference(s_entries);
        entry = ref Unsafe.Add(ref entry, row * EntriesPerRow * EntrySize);

        // For zero the neutral element: 1, 1, 0.
        Vector256<ulong> none = Vector256.Equals(Vector256.Create((ulong)magnitude), Vector256<ulong>.Zero);
        Vector256<ulong> a = none & Vector256.Create(1UL, 0, 0, 0), b = none & Vector256.Create(0UL, 1, 0, 0);
        Vector256<ulong> c = Vector256<ulong>.Zero, d = Vector256<ulong>.Zero;
        for (uint i = 1; i <= EntriesPerRow; i++)
        {
            Vector256<ulong> mask = Vector256.Equals(Vector256.Create((ulong)magnitude), Vector256.Create((ulong)i));
            a |= mask & Vector256.LoadUnsafe(ref entry);
            b |= mask & Vector256.LoadUnsafe(ref entry, VectorSize);
            c |= mask & Vector256.LoadUnsafe(ref entry, 2 * VectorSize);
            d |= mask & Vector256.LoadUnsafe(ref entry, 3 * VectorSize);
            entry = ref Unsafe.Add(ref entry, EntrySize);
        }

        // The last word is no part of a point.
        ref ulong words = ref Unsafe.As<AffinePoint, ulong>(ref point);
        a.StoreUnsafe(ref words);
        b.StoreUnsafe(ref words, VectorSize);
        c.StoreUnsafe(ref words, 2 * VectorSize);
        d.GetLower().StoreUnsafe(ref words, 3 * VectorSize);
        Unsafe.Add(ref words, 14) = d[2];

        ulong sign = (ulong)(long)negative;
        FieldElement.Swap(sign, ref point.Sum, ref point.Difference);
        FieldElement.Negate(out FieldElement negated, point.Product);
        FieldElement.Swap(sign, ref point.Product, ref negated);
    }

    private static ulong[] Make()
    {
        var entries = new ulong[RowCount * EntriesPerRow * EntrySize];
        EdwardsPoint unit = EdwardsPoint.Base;
        var row = new AffinePoint[EntriesPerRow];
        for (int i = 0; i < RowCount; i++)
        {
            MakeMultiples(unit, 1, row);
            for (int j = 0; j < EntriesPerRow; j++)
            {
                MemoryMarshal.Cast<AffinePoint, ulong>(row.AsSpan(j, 1))
                    .CopyTo(entries.AsSpan(((i * EntriesPerRow) + j) * EntrySize));
            }

            for (int j = 0; j < 4; j++)
            {
                unit.Double(needsT: j == 3);
            }
        }

        return entries;
    }

    /// <summary>Makes multiples of a public point: 1, 1 + step, 1 + 2 step, ... times the point.</summary>
    internal static void MakeMultiples(EdwardsPoint point, int step, Span<AffinePoint> multiples)
    {
        EdwardsPoint difference = point;
        for (int i = 1; i < step; i++)
        {
            difference.Double(needsT: true);
        }

        difference.Cache(out CachedPoint cached);
        FieldElement twiceD = EdwardsPoint.TwiceD;
        for (int i = 0; i < multiples.Length; i++)
        {
            FieldElement.Invert(out FieldElement inverse, point.Z);
            FieldElement.Multiply(out FieldElement x, point.X, inverse);
            FieldElement.Multiply(out FieldElement y, point.Y, inverse);
            FieldElement.Multiply(out FieldElement product, x, y);
            FieldElement.Multiply(out multiples[i].Product, product, twiceD);

            // Results again: the sign exchanges them, and what is added to them should stay small.
            FieldElement.Add(out FieldElement sum, y, x);
            FieldElement.Multiply(out multiples[i].Sum, sum, FieldElement.One);
            FieldElement.Subtract(out sum, y, x);
            FieldElement.Multiply(out multiples[i].Difference, sum, FieldElement.One);
            point.Add(cached, subtract: false, needsT: true);
        }
    }
}
