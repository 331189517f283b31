using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WhispurrNet.Desk.Crypto.Aead;

/// <summary>
/// Vectors of one width as rows of ChaCha20 blocks: each 128-bit part of a vector holds four words of one row of one
/// block. The compiler makes code of its own for every width.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Blocks side by side.</summary>
    static abstract int BlockCount { get; }

    /// <summary>One row for every block.</summary>
    static abstract TVector Broadcast(Vector128<uint> row);

    /// <summary>What the counters of the blocks side by side begin with: 0, 1, ...</summary>
    static abstract TVector Counters { get; }

    /// <summary>What all of them gain from one set of blocks to the next.</summary>
    static abstract TVector Step { get; }

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b);

    static abstract TVector RotateLeft16(TVector a);

    static abstract TVector RotateLeft12(TVector a);

    static abstract TVector RotateLeft8(TVector a);

    static abstract TVector RotateLeft7(TVector a);

    /// <summary>Words 1, 2, 3, 0 of every row.</summary>
    static abstract TVector Turn1(TVector a);

    /// <summary>Words 2, 3, 0, 1 of every row.</summary>
    static abstract TVector Turn2(TVector a);

    /// <summary>Words 3, 0, 1, 2 of every row.</summary>
    static abstract TVector Turn3(TVector a);

    /// <summary>Writes four rows as whole blocks of 64 bytes.</summary>
    static abstract void Store(TVector a, TVector b, TVector c, TVector d, ref byte output);
}

/// <summary>One block in vectors of 128 bits: SSE2, NEON, or plain code where there is neither.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<uint>>
{
    public static int BlockCount => 1;

    private static Vector128<byte> Bytes16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    }

    private static Vector128<byte> Bytes8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Broadcast(Vector128<uint> row) => row;

    public static Vector128<uint> Counters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<uint>.Zero;
    }

    public static Vector128<uint> Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(1u, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Add(Vector128<uint> a, Vector128<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft16(Vector128<uint> a) => Vector128.Shuffle(a.AsByte(), Bytes16).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft12(Vector128<uint> a) => (a << 12) | (a >> 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft8(Vector128<uint> a) => Vector128.Shuffle(a.AsByte(), Bytes8).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateLeft7(Vector128<uint> a) => (a << 7) | (a >> 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Turn1(Vector128<uint> a) => Vector128.Shuffle(a, Vector128.Create(1u, 2, 3, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Turn2(Vector128<uint> a) => Vector128.Shuffle(a, Vector128.Create(2u, 3, 0, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Turn3(Vector128<uint> a) => Vector128.Shuffle(a, Vector128.Create(3u, 0, 1, 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d, ref byte output)
    {
        a.AsByte().StoreUnsafe(ref output);
        b.AsByte().StoreUnsafe(ref output, 16);
        c.AsByte().StoreUnsafe(ref output, 32);
        d.AsByte().StoreUnsafe(ref output, 48);
    }
}

/// <summary>Two blocks in vectors of 256 bits: AVX2.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<uint>>
{
    public static int BlockCount => 2;

    private static Vector256<byte> Bytes16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13, 18, 19, 16, 17, 22, 23, 20, 21, 26, 27, 24, 25, 30, 31, 28, 29);
    }

    private static Vector256<byte> Bytes8
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create((byte)3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14, 19, 16, 17, 18, 23, 20, 21, 22, 27, 24, 25, 26, 31, 28, 29, 30);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(Vector128<uint> row) => Vector256.Create(row, row);

    public static Vector256<uint> Counters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(0u, 0, 0, 0, 1, 0, 0, 0);
    }

    public static Vector256<uint> Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(2u, 0, 0, 0, 2, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> a, Vector256<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft16(Vector256<uint> a) => Avx2.Shuffle(a.AsByte(), Bytes16).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft12(Vector256<uint> a) => (a << 12) | (a >> 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft8(Vector256<uint> a) => Avx2.Shuffle(a.AsByte(), Bytes8).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft7(Vector256<uint> a) => (a << 7) | (a >> 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Turn1(Vector256<uint> a) =>
        Vector256.Shuffle(a, Vector256.Create(1u, 2, 3, 0, 5, 6, 7, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Turn2(Vector256<uint> a) =>
        Vector256.Shuffle(a, Vector256.Create(2u, 3, 0, 1, 6, 7, 4, 5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Turn3(Vector256<uint> a) =>
        Vector256.Shuffle(a, Vector256.Create(3u, 0, 1, 2, 7, 4, 5, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d, ref byte output)
    {
        Lanes128.Store(a.GetLower(), b.GetLower(), c.GetLower(), d.GetLower(), ref output);
        Lanes128.Store(a.GetUpper(), b.GetUpper(), c.GetUpper(), d.GetUpper(), ref Unsafe.Add(ref output, 64));
    }
}

/// <summary>Four blocks in vectors of 512 bits: AVX-512, which rotates in one instruction.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<uint>>
{
    public static int BlockCount => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(Vector128<uint> row) =>
        Vector512.Create(Lanes256.Broadcast(row), Lanes256.Broadcast(row));

    public static Vector512<uint> Counters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0u, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0);
    }

    public static Vector512<uint> Step
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(4u, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> a, Vector512<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft16(Vector512<uint> a) => (a << 16) | (a >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft12(Vector512<uint> a) => (a << 12) | (a >> 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft8(Vector512<uint> a) => (a << 8) | (a >> 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft7(Vector512<uint> a) => (a << 7) | (a >> 25);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Turn1(Vector512<uint> a) =>
        Vector512.Shuffle(a, Vector512.Create(1u, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Turn2(Vector512<uint> a) =>
        Vector512.Shuffle(a, Vector512.Create(2u, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Turn3(Vector512<uint> a) =>
        Vector512.Shuffle(a, Vector512.Create(3u, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        Vector512<uint> a, Vector512<uint> b, Vector512<uint> c, Vector512<uint> d, ref byte output)
    {
        Lanes256.Store(a.GetLower(), b.GetLower(), c.GetLower(), d.GetLower(), ref output);
        Lanes256.Store(a.GetUpper(), b.GetUpper(), c.GetUpper(), d.GetUpper(), ref Unsafe.Add(ref output, 128));
    }
}
