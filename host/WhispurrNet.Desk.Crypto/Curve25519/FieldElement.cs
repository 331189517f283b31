using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Curve25519;

// Five limbs of 51 bits. One operand of a product is shifted left by 10, so that the high word of the 128-bit product is
// the part above bit 54 and the low word, shifted back, the part below: both halves add up in plain 64-bit words and
// nothing looks for a carry, for which .NET has no instruction. The high part weighs 8 times the next limb.
//
// Bounds: a result has limbs below 2^51 + 2^18. Operands may have limbs below 2^54: in the worst column of a product stand
// 1 + 19 (4 + 8 * 5) = 837 halves below 2^54, and that is less than 2^64. So a product takes sums and differences
// of two results, and sums of those, without a carry in between.

/// <summary>
/// A number modulo 2^255 - 19 (RFC 7748 section 4.1). All operations run in constant time; inputs may be the output.
/// </summary>
internal struct FieldElement
{
    /// <summary>Bytes of an encoding.</summary>
    internal const int Size = 32;

    /// <summary>Limbs of a number.</summary>
    internal const int LimbCount = 5;

    private const int LimbBits = 51;
    private const ulong Mask = (1UL << LimbBits) - 1;

    // 2 (2^255 - 19), limb by limb: added before a subtraction, so that no limb becomes negative.
    private const ulong Bias0 = 0xFFFFFFFFFFFDA;
    private const ulong Bias = 0xFFFFFFFFFFFFE;

    internal ulong L0, L1, L2, L3, L4;

    internal FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    /// <summary>The number one.</summary>
    internal static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Reads 32 bytes, little-endian; the top bit is ignored.</summary>
    internal static FieldElement Load(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new FieldElement(
            w0 & Mask,
            ((w0 >> 51) | (w1 << 13)) & Mask,
            ((w1 >> 38) | (w2 << 26)) & Mask,
            ((w2 >> 25) | (w3 << 39)) & Mask,
            (w3 >> 12) & Mask);
    }

    /// <summary>Writes the number in its only encoding below 2^255 - 19; limbs may be below 2^63.</summary>
    internal readonly void Store(Span<byte> bytes)
    {
        ulong c0 = L0, c1 = L1, c2 = L2, c3 = L3, c4 = L4;

        // Twice: the first round leaves a carry out of the top, the second one none that matters.
        for (int round = 0; round < 2; round++)
        {
            c1 += c0 >> LimbBits;
            c0 &= Mask;
            c2 += c1 >> LimbBits;
            c1 &= Mask;
            c3 += c2 >> LimbBits;
            c2 &= Mask;
            c4 += c3 >> LimbBits;
            c3 &= Mask;
            c0 += 19 * (c4 >> LimbBits);
            c4 &= Mask;
        }

        // One when the number is 2^255 - 19 or more: adding 19 then reaches bit 255.
        ulong q = (c0 + 19) >> LimbBits;
        q = (c1 + q) >> LimbBits;
        q = (c2 + q) >> LimbBits;
        q = (c3 + q) >> LimbBits;
        q = (c4 + q) >> LimbBits;
        c0 += 19 * q;
        c1 += c0 >> LimbBits;
        c0 &= Mask;
        c2 += c1 >> LimbBits;
        c1 &= Mask;
        c3 += c2 >> LimbBits;
        c2 &= Mask;
        c4 += c3 >> LimbBits;
        c3 &= Mask;
        c4 &= Mask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, c0 | (c1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (c1 >> 13) | (c2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (c2 >> 26) | (c3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (c3 >> 39) | (c4 << 12));
    }

    /// <summary>r = a + b, not carried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(out FieldElement r, in FieldElement a, in FieldElement b)
    {
        r.L0 = a.L0 + b.L0;
        r.L1 = a.L1 + b.L1;
        r.L2 = a.L2 + b.L2;
        r.L3 = a.L3 + b.L3;
        r.L4 = a.L4 + b.L4;
    }

    /// <summary>r = a - b, not carried; b has limbs below 2^52 - 38: it is a result of another kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subtract(out FieldElement r, in FieldElement a, in FieldElement b)
    {
        r.L0 = a.L0 + Bias0 - b.L0;
        r.L1 = a.L1 + Bias - b.L1;
        r.L2 = a.L2 + Bias - b.L2;
        r.L3 = a.L3 + Bias - b.L3;
        r.L4 = a.L4 + Bias - b.L4;
    }

    /// <summary>r = -a, a result again.</summary>
    internal static void Negate(out FieldElement r, in FieldElement a)
    {
        Subtract(out r, default, a);
        Carry(out r, r.L0, r.L1, r.L2, r.L3, r.L4);
    }

    /// <summary>Whether the number is zero, in whatever form. Constant time apart from the answer.</summary>
    internal readonly bool IsZero()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Store(bytes);
        ulong any = 0;
        for (int i = 0; i < Size; i += 8)
        {
            any |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[i..]);
        }

        CryptographicOperations.ZeroMemory(bytes);
        return any == 0;
    }

    /// <summary>r = a b.</summary>
    internal static void Multiply(out FieldElement r, in FieldElement a, in FieldElement b)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        ulong b0 = b.L0 << 10, b1 = b.L1 << 10, b2 = b.L2 << 10, b3 = b.L3 << 10, b4 = b.L4 << 10;
        ulong h0 = 0, l0 = 0, h1 = 0, l1 = 0, h2 = 0, l2 = 0, h3 = 0, l3 = 0, h4 = 0, l4 = 0;
        Accumulate(a0, b0, ref h0, ref l0);

        Accumulate(a0, b1, ref h1, ref l1);
        Accumulate(a1, b0, ref h1, ref l1);

        Accumulate(a0, b2, ref h2, ref l2);
        Accumulate(a1, b1, ref h2, ref l2);
        Accumulate(a2, b0, ref h2, ref l2);

        Accumulate(a0, b3, ref h3, ref l3);
        Accumulate(a1, b2, ref h3, ref l3);
        Accumulate(a2, b1, ref h3, ref l3);
        Accumulate(a3, b0, ref h3, ref l3);

        Accumulate(a0, b4, ref h4, ref l4);
        Accumulate(a1, b3, ref h4, ref l4);
        Accumulate(a2, b2, ref h4, ref l4);
        Accumulate(a3, b1, ref h4, ref l4);
        Accumulate(a4, b0, ref h4, ref l4);
        ulong c0 = l0, c1 = l1 + (h0 << 3), c2 = l2 + (h1 << 3), c3 = l3 + (h2 << 3), c4 = l4 + (h3 << 3);

        // From here on columns of weight 2^255, which is 19.
        ulong h5 = 0, l5 = 0, h6 = 0, l6 = 0, h7 = 0, l7 = 0, h8 = 0, l8 = 0;
        Accumulate(a1, b4, ref h5, ref l5);
        Accumulate(a2, b3, ref h5, ref l5);
        Accumulate(a3, b2, ref h5, ref l5);
        Accumulate(a4, b1, ref h5, ref l5);
        c0 += 19 * (l5 + (h4 << 3));

        Accumulate(a2, b4, ref h6, ref l6);
        Accumulate(a3, b3, ref h6, ref l6);
        Accumulate(a4, b2, ref h6, ref l6);
        c1 += 19 * (l6 + (h5 << 3));

        Accumulate(a3, b4, ref h7, ref l7);
        Accumulate(a4, b3, ref h7, ref l7);
        c2 += 19 * (l7 + (h6 << 3));

        Accumulate(a4, b4, ref h8, ref l8);
        c3 += 19 * (l8 + (h7 << 3));
        c4 += 19 * (h8 << 3);
        Carry(out r, c0, c1, c2, c3, c4);
    }

    /// <summary>r = a^2.</summary>
    internal static void Square(out FieldElement r, in FieldElement a)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        ulong b1 = a1 << 10, b2 = a2 << 10, b3 = a3 << 10, b4 = a4 << 10;
        ulong d0 = a0 << 1, d1 = a1 << 1, d2 = a2 << 1, d3 = a3 << 1;
        ulong h0 = 0, l0 = 0, h1 = 0, l1 = 0, h2 = 0, l2 = 0, h3 = 0, l3 = 0, h4 = 0, l4 = 0;
        Accumulate(a0, a0 << 10, ref h0, ref l0);
        Accumulate(d0, b1, ref h1, ref l1);
        Accumulate(d0, b2, ref h2, ref l2);
        Accumulate(a1, b1, ref h2, ref l2);
        Accumulate(d0, b3, ref h3, ref l3);
        Accumulate(d1, b2, ref h3, ref l3);
        Accumulate(d0, b4, ref h4, ref l4);
        Accumulate(d1, b3, ref h4, ref l4);
        Accumulate(a2, b2, ref h4, ref l4);
        ulong c0 = l0, c1 = l1 + (h0 << 3), c2 = l2 + (h1 << 3), c3 = l3 + (h2 << 3), c4 = l4 + (h3 << 3);
        ulong h5 = 0, l5 = 0, h6 = 0, l6 = 0, h7 = 0, l7 = 0, h8 = 0, l8 = 0;
        Accumulate(d1, b4, ref h5, ref l5);
        Accumulate(d2, b3, ref h5, ref l5);
        c0 += 19 * (l5 + (h4 << 3));
        Accumulate(d2, b4, ref h6, ref l6);
        Accumulate(a3, b3, ref h6, ref l6);
        c1 += 19 * (l6 + (h5 << 3));
        Accumulate(d3, b4, ref h7, ref l7);
        c2 += 19 * (l7 + (h6 << 3));
        Accumulate(a4, b4, ref h8, ref l8);
        c3 += 19 * (l8 + (h7 << 3));
        c4 += 19 * (h8 << 3);
        Carry(out r, c0, c1, c2, c3, c4);
    }

    /// <summary>r = a^(2^count), count at least 1.</summary>
    internal static void SquareTimes(out FieldElement r, in FieldElement a, int count)
    {
        Square(out r, a);
        for (int i = 1; i < count; i++)
        {
            Square(out r, r);
        }
    }

    /// <summary>r = a factor, for a factor below 2^17.</summary>
    internal static void MultiplySmall(out FieldElement r, in FieldElement a, uint factor)
    {
        // Shifted so that the high word is what lies above the limb.
        ulong shifted = (ulong)factor << 13;
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        r.L0 = ((a0 * shifted) >> 13) + (19 * MultiplyHigh(a4, shifted));
        r.L1 = ((a1 * shifted) >> 13) + MultiplyHigh(a0, shifted);
        r.L2 = ((a2 * shifted) >> 13) + MultiplyHigh(a1, shifted);
        r.L3 = ((a3 * shifted) >> 13) + MultiplyHigh(a2, shifted);
        r.L4 = ((a4 * shifted) >> 13) + MultiplyHigh(a3, shifted);
    }

    /// <summary>r = a^(2^250 - 1), and r11 = a^11: what both chains below begin with.</summary>
    private static void RaiseMost(out FieldElement r, out FieldElement r11, in FieldElement a)
    {
        Square(out FieldElement r2, a);
        SquareTimes(out FieldElement r9, r2, 2);
        Multiply(out r9, r9, a);
        Multiply(out r11, r9, r2);
        Square(out FieldElement power, r11);
        Multiply(out FieldElement ones5, power, r9);
        SquareTimes(out power, ones5, 5);
        Multiply(out FieldElement ones10, power, ones5);
        SquareTimes(out power, ones10, 10);
        Multiply(out FieldElement ones20, power, ones10);
        SquareTimes(out power, ones20, 20);
        Multiply(out power, power, ones20);
        SquareTimes(out power, power, 10);
        Multiply(out FieldElement ones50, power, ones10);
        SquareTimes(out power, ones50, 50);
        Multiply(out FieldElement ones100, power, ones50);
        SquareTimes(out power, ones100, 100);
        Multiply(out power, power, ones100);
        SquareTimes(out power, power, 50);
        Multiply(out r, power, ones50);
    }

    /// <summary>r = 1 / a, and 0 for 0: a^(2^255 - 21).</summary>
    internal static void Invert(out FieldElement r, in FieldElement a)
    {
        RaiseMost(out FieldElement power, out FieldElement r11, a);
        SquareTimes(out power, power, 5);
        Multiply(out r, power, r11);
    }

    /// <summary>r = a^(2^252 - 3), (p - 5) / 8: a step of a square root, RFC 8032 section 5.1.3.</summary>
    internal static void RaiseForRoot(out FieldElement r, in FieldElement a)
    {
        FieldElement self = a;
        RaiseMost(out FieldElement power, out _, self);
        SquareTimes(out power, power, 2);
        Multiply(out r, power, self);
    }

    /// <summary>Exchanges two numbers where the mask is all ones, and leaves them where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Swap(ulong mask, ref FieldElement a, ref FieldElement b)
    {
        ulong d0 = (a.L0 ^ b.L0) & mask, d1 = (a.L1 ^ b.L1) & mask, d2 = (a.L2 ^ b.L2) & mask;
        ulong d3 = (a.L3 ^ b.L3) & mask, d4 = (a.L4 ^ b.L4) & mask;
        a.L0 ^= d0;
        a.L1 ^= d1;
        a.L2 ^= d2;
        a.L3 ^= d3;
        a.L4 ^= d4;
        b.L0 ^= d0;
        b.L1 ^= d1;
        b.L2 ^= d2;
        b.L3 ^= d3;
        b.L4 ^= d4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ulong a, ulong shifted, ref ulong high, ref ulong low)
    {
        high += MultiplyHigh(a, shifted);
        low += (a * shifted) >> 10;
    }

    // Math.BigMul hands the low word over in memory; multiplying twice takes less time than that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    // All carries at once, none of which waits for another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(out FieldElement r, ulong c0, ulong c1, ulong c2, ulong c3, ulong c4)
    {
        r.L0 = (c0 & Mask) + (19 * (c4 >> LimbBits));
        r.L1 = (c1 & Mask) + (c0 >> LimbBits);
        r.L2 = (c2 & Mask) + (c1 >> LimbBits);
        r.L3 = (c3 & Mask) + (c2 >> LimbBits);
        r.L4 = (c4 & Mask) + (c3 >> LimbBits);
    }
}
