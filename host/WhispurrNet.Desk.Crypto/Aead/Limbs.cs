using System.Runtime.CompilerServices;

namespace WhispurrNet.Desk.Crypto.Aead;

/// <summary>A number modulo 2^130 - 5 in five limbs of 26 bits, each a little larger after a sum or product.</summary>
internal struct Limbs
{
    internal const int Bits = 26;
    internal const ulong Mask = (1UL << Bits) - 1;

    internal ulong L0, L1, L2, L3, L4;

    /// <summary>Two words, and what stands above them in the last limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Limbs Split(ulong low, ulong high, ulong above) => new()
    {
        L0 = low & Mask,
        L1 = (low >> 26) & Mask,
        L2 = ((low >> 52) | (high << 12)) & Mask,
        L3 = (high >> 14) & Mask,
        L4 = (high >> 40) | above,
    };

    /// <summary>h += a, not carried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(ref Limbs h, in Limbs a)
    {
        h.L0 += a.L0;
        h.L1 += a.L1;
        h.L2 += a.L2;
        h.L3 += a.L3;
        h.L4 += a.L4;
    }

    /// <summary>h = a b; limbs of a below 2^29, of b below 2^27.</summary>
    internal static void Multiply(ref Limbs h, in Limbs a, in Limbs b)
    {
        ulong a0 = a.L0, a1 = a.L1, a2 = a.L2, a3 = a.L3, a4 = a.L4;
        ulong b0 = b.L0, b1 = b.L1, b2 = b.L2, b3 = b.L3, b4 = b.L4;
        ulong s1 = 5 * b1, s2 = 5 * b2, s3 = 5 * b3, s4 = 5 * b4;
        ulong c0 = (a0 * b0) + (a1 * s4) + (a2 * s3) + (a3 * s2) + (a4 * s1);
        ulong c1 = (a0 * b1) + (a1 * b0) + (a2 * s4) + (a3 * s3) + (a4 * s2);
        ulong c2 = (a0 * b2) + (a1 * b1) + (a2 * b0) + (a3 * s4) + (a4 * s3);
        ulong c3 = (a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0) + (a4 * s4);
        ulong c4 = (a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1) + (a4 * b0);
        h.SetCarried(c0, c1, c2, c3, c4);
    }

    /// <summary>Brings limbs below 2^63 back to 26 bits; the second may stay one bit longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetCarried(ulong c0, ulong c1, ulong c2, ulong c3, ulong c4)
    {
        c1 += c0 >> Bits;
        c2 += c1 >> Bits;
        c3 += c2 >> Bits;
        c4 += c3 >> Bits;
        c0 = (c0 & Mask) + (5 * (c4 >> Bits));
        L0 = c0 & Mask;
        L1 = (c1 & Mask) + (c0 >> Bits);
        L2 = c2 & Mask;
        L3 = c3 & Mask;
        L4 = c4 & Mask;
    }

    /// <summary>The low 128 bits of the number's only form below 2^130 - 5.</summary>
    internal void Reduce(out ulong low, out ulong high)
    {
        SetCarried(L0, L1, L2, L3, L4);
        SetCarried(L0, L1, L2, L3, L4);

        // One when adding 5 reaches bit 130.
        ulong q = (L0 + 5) >> Bits;
        q = (L1 + q) >> Bits;
        q = (L2 + q) >> Bits;
        q = (L3 + q) >> Bits;
        q = (L4 + q) >> Bits;
        SetCarried(L0 + (5 * q), L1, L2, L3, L4 + ((0 - q) << Bits));
        low = L0 | (L1 << 26) | (L2 << 52);
        high = (L2 >> 12) | (L3 << 14) | (L4 << 40);
    }
}
