using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WhispurrNet.Desk.Crypto.Aead;

/// <summary>Four numbers modulo 2^130 - 5 side by side, limb by limb; for a processor with AVX2.</summary>
internal struct VectorLimbs
{
    internal Vector256<ulong> L0, L1, L2, L3, L4;

    private static Vector256<ulong> Mask => Vector256.Create(Limbs.Mask);

    /// <summary>One number in each lane.</summary>
    internal static VectorLimbs Join(in Limbs a, in Limbs b, in Limbs c, in Limbs d) => new()
    {
        L0 = Vector256.Create(a.L0, b.L0, c.L0, d.L0),
        L1 = Vector256.Create(a.L1, b.L1, c.L1, d.L1),
        L2 = Vector256.Create(a.L2, b.L2, c.L2, d.L2),
        L3 = Vector256.Create(a.L3, b.L3, c.L3, d.L3),
        L4 = Vector256.Create(a.L4, b.L4, c.L4, d.L4),
    };

    /// <summary>One number in all lanes.</summary>
    internal static VectorLimbs Broadcast(in Limbs a) => new()
    {
        L0 = Vector256.Create(a.L0),
        L1 = Vector256.Create(a.L1),
        L2 = Vector256.Create(a.L2),
        L3 = Vector256.Create(a.L3),
        L4 = Vector256.Create(a.L4),
    };

    /// <summary>h = h b in each lane. Limbs of h below 2^28, of b below 2^27.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Multiply(ref VectorLimbs h, in VectorLimbs b)
    {
        Vector256<ulong> a0 = h.L0, a1 = h.L1, a2 = h.L2, a3 = h.L3, a4 = h.L4;
        Vector256<ulong> s1 = Five(b.L1), s2 = Five(b.L2), s3 = Five(b.L3), s4 = Five(b.L4);
        Vector256<ulong> c0 = Product(a0, b.L0) + Product(a1, s4) + Product(a2, s3) + Product(a3, s2) + Product(a4, s1);
        Vector256<ulong> c1 =
            Product(a0, b.L1) + Product(a1, b.L0) + Product(a2, s4) + Product(a3, s3) + Product(a4, s2);
        Vector256<ulong> c2 =
            Product(a0, b.L2) + Product(a1, b.L1) + Product(a2, b.L0) + Product(a3, s4) + Product(a4, s3);
        Vector256<ulong> c3 =
            Product(a0, b.L3) + Product(a1, b.L2) + Product(a2, b.L1) + Product(a3, b.L0) + Product(a4, s4);
        Vector256<ulong> c4 =
            Product(a0, b.L4) + Product(a1, b.L3) + Product(a2, b.L2) + Product(a3, b.L1) + Product(a4, b.L0);

        // Two chains of carries side by side; every limb ends below 2^26 + 2^12 or so.
        Vector256<ulong> mask = Mask;
        c1 += c0 >> 26;
        c4 += c3 >> 26;
        c0 &= mask;
        c3 &= mask;
        c2 += c1 >> 26;
        c0 += Five(c4 >> 26);
        c1 &= mask;
        c4 &= mask;
        c3 += c2 >> 26;
        c1 += c0 >> 26;
        c2 &= mask;
        c0 &= mask;
        c4 += c3 >> 26;
        c3 &= mask;
        h.L0 = c0;
        h.L1 = c1;
        h.L2 = c2;
        h.L3 = c3;
        h.L4 = c4;
    }

    /// <summary>Adds four whole blocks; lanes take blocks 0, 2, 1 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddBlocks(ref byte blocks)
    {
        Vector256<ulong> first = Vector256.LoadUnsafe(ref blocks).AsUInt64();
        Vector256<ulong> second = Vector256.LoadUnsafe(ref blocks, 32).AsUInt64();
        Vector256<ulong> low = Avx2.UnpackLow(first, second), high = Avx2.UnpackHigh(first, second);
        Vector256<ulong> mask = Mask;
        L0 += low & mask;
        L1 += (low >> 26) & mask;
        L2 += ((low >> 52) | (high << 12)) & mask;
        L3 += (high >> 14) & mask;
        L4 += (high >> 40) | Vector256.Create(1UL << 24);
    }

    /// <summary>The sum of all lanes.</summary>
    internal readonly Limbs Sum()
    {
        Limbs sum = default;
        sum.SetCarried(
            Vector256.Sum(L0), Vector256.Sum(L1), Vector256.Sum(L2), Vector256.Sum(L3), Vector256.Sum(L4));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Product(Vector256<ulong> a, Vector256<ulong> b) =>
        Avx2.Multiply(a.AsUInt32(), b.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Five(Vector256<ulong> a) => (a << 2) + a;
}
