using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WhispurrNet.Desk.Crypto.Aead;

// A block is four rows of four words, and a vector holds one row of one, two or four blocks. The rounds of one block wait
// for each other, so up to three sets of blocks are worked on side by side.

/// <summary>
/// The key stream of ChaCha20, RFC 8439 section 2.3, and HChaCha20, draft-irtf-cfrg-xchacha-03 section 2.2. Runs in
/// constant time.
/// </summary>
internal static class ChaCha20
{
    /// <summary>Bytes of a block.</summary>
    internal const int BlockSize = 64;

    /// <summary>Blocks that one call makes at most, whatever the width of vectors.</summary>
    internal const int StreamBlocks = 12;

    private const int DoubleRounds = 10;

    private static Vector128<uint> Constants => Vector128.Create(0x61707865u, 0x3320646e, 0x79622d32, 0x6b206574);

    /// <summary>Makes blocks of key stream from a counter on.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="last">The last row of the first block: counter, then the nonce of 12 bytes.</param>
    /// <param name="stream">Room for <see cref="StreamBlocks"/> blocks; more than asked for may be written.</param>
    /// <param name="blockCount">Blocks wanted, 1 to <see cref="StreamBlocks"/>.</param>
    internal static void MakeStream(ReadOnlySpan<byte> key, Vector128<uint> last, Span<byte> stream, int blockCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stream.Length, StreamBlocks * BlockSize);
        if (Vector512.IsHardwareAccelerated)
        {
            MakeStream<Lanes512, Vector512<uint>>(key, last, stream, blockCount);
        }
        else if (Avx2.IsSupported)
        {
            MakeStream<Lanes256, Vector256<uint>>(key, last, stream, blockCount);
        }
        else
        {
            MakeStream<Lanes128, Vector128<uint>>(key, last, stream, blockCount);
        }
    }

    /// <summary>The same in vectors of one width.</summary>
    internal static void MakeStream<TLanes, TVector>(
        ReadOnlySpan<byte> key, Vector128<uint> last, Span<byte> stream, int blockCount)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Vector128<uint> first = LoadRow(key), second = LoadRow(key[16..]);
        ref byte output = ref MemoryMarshal.GetReference(stream);
        while (blockCount > 0)
        {
            int sets = (blockCount + TLanes.BlockCount - 1) / TLanes.BlockCount;
            if (sets >= 3)
            {
                ThreeSets<TLanes, TVector>(first, second, last, ref output);
                sets = 3;
            }
            else if (sets == 2)
            {
                TwoSets<TLanes, TVector>(first, second, last, ref output);
            }
            else
            {
                OneSet<TLanes, TVector>(first, second, last, ref output);
            }

            int done = sets * TLanes.BlockCount;
            blockCount -= done;
            last += Vector128.CreateScalar((uint)done);
            output = ref Unsafe.Add(ref output, done * BlockSize);
        }
    }

    /// <summary>HChaCha20: a key for one long nonce.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">The first 16 bytes of the nonce.</param>
    /// <param name="subkey">Receives 32 bytes.</param>
    internal static void DeriveKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, Span<byte> subkey)
    {
        Vector128<uint> a = Constants, b = LoadRow(key), c = LoadRow(key[16..]), d = LoadRow(nonce);
        for (int i = 0; i < DoubleRounds; i++)
        {
            DoubleRound<Lanes128, Vector128<uint>>(ref a, ref b, ref c, ref d);
        }

        StoreRow(a, subkey);
        StoreRow(d, subkey[16..]);
    }

    /// <summary>The last row of a block: a counter, and a nonce of 12 bytes.</summary>
    internal static Vector128<uint> LastRow(uint counter, ReadOnlySpan<byte> nonce) => Vector128.Create(
        counter,
        BinaryPrimitives.ReadUInt32LittleEndian(nonce),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(nonce[8..]));

    private static Vector128<uint> LoadRow(ReadOnlySpan<byte> bytes) => Vector128.Create(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));

    private static void StoreRow(Vector128<uint> row, Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, row[0]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], row[1]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], row[2]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], row[3]);
    }

    private static void OneSet<TLanes, TVector>(
        Vector128<uint> first, Vector128<uint> second, Vector128<uint> last, ref byte output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector a0 = TLanes.Broadcast(Constants), b0 = TLanes.Broadcast(first), c0 = TLanes.Broadcast(second);
        TVector d0 = TLanes.Add(TLanes.Broadcast(last), TLanes.Counters);
        for (int i = 0; i < DoubleRounds; i++)
        {
            DoubleRound<TLanes, TVector>(ref a0, ref b0, ref c0, ref d0);
        }

        Finish<TLanes, TVector>(
            a0, b0, c0, d0, first, second, TLanes.Add(TLanes.Broadcast(last), TLanes.Counters), ref output);
    }

    private static void TwoSets<TLanes, TVector>(
        Vector128<uint> first, Vector128<uint> second, Vector128<uint> last, ref byte output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector a0 = TLanes.Broadcast(Constants), b0 = TLanes.Broadcast(first), c0 = TLanes.Broadcast(second);
        TVector a1 = a0, b1 = b0, c1 = c0, d0 = TLanes.Add(TLanes.Broadcast(last), TLanes.Counters);
        TVector d1 = TLanes.Add(d0, TLanes.Step);
        for (int i = 0; i < DoubleRounds; i++)
        {
            Round<TLanes, TVector>(ref a0, ref b0, ref c0, ref d0);
            Round<TLanes, TVector>(ref a1, ref b1, ref c1, ref d1);
            Diagonalise<TLanes, TVector>(ref b0, ref c0, ref d0);
            Diagonalise<TLanes, TVector>(ref b1, ref c1, ref d1);
            Round<TLanes, TVector>(ref a0, ref b0, ref c0, ref d0);
            Round<TLanes, TVector>(ref a1, ref b1, ref c1, ref d1);
            Straighten<TLanes, TVector>(ref b0, ref c0, ref d0);
            Straighten<TLanes, TVector>(ref b1, ref c1, ref d1);
        }

        TVector row = TLanes.Add(TLanes.Broadcast(last), TLanes.Counters);
        Finish<TLanes, TVector>(a0, b0, c0, d0, first, second, row, ref output);
        output = ref Unsafe.Add(ref output, TLanes.BlockCount * BlockSize);
        Finish<TLanes, TVector>(a1, b1, c1, d1, first, second, TLanes.Add(row, TLanes.Step), ref output);
    }

    private static void ThreeSets<TLanes, TVector>(
        Vector128<uint> first, Vector128<uint> second, Vector128<uint> last, ref byte output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector a0 = TLanes.Broadcast(Constants), b0 = TLanes.Broadcast(first), c0 = TLanes.Broadcast(second);
        TVector a1 = a0, b1 = b0, c1 = c0, a2 = a0, b2 = b0, c2 = c0;
        TVector d0 = TLanes.Add(TLanes.Broadcast(last), TLanes.Counters);
        TVector d1 = TLanes.Add(d0, TLanes.Step), d2 = TLanes.Add(d1, TLanes.Step);
        for (int i = 0; i < DoubleRounds; i++)
        {
            Round<TLanes, TVector>(ref a0, ref b0, ref c0, ref d0);
            Round<TLanes, TVector>(ref a1, ref b1, ref c1, ref d1);
            Round<TLanes, TVector>(ref a2, ref b2, ref c2, ref d2);
            Diagonalise<TLanes, TVector>(ref b0, ref c0, ref d0);
            Diagonalise<TLanes, TVector>(ref b1, ref c1, ref d1);
            Diagonalise<TLanes, TVector>(ref b2, ref c2, ref d2);
            Round<TLanes, TVector>(ref a0, ref b0, ref c0, ref d0);
            Round<TLanes, TVector>(ref a1, ref b1, ref c1, ref d1);
            Round<TLanes, TVector>(ref a2, ref b2, ref c2, ref d2);
            Straighten<TLanes, TVector>(ref b0, ref c0, ref d0);
            Straighten<TLanes, TVector>(ref b1, ref c1, ref d1);
            Straighten<TLanes, TVector>(ref b2, ref c2, ref d2);
        }

        TVector row = TLanes.Add(TLanes.Broadcast(last), TLanes.Counters);
        Finish<TLanes, TVector>(a0, b0, c0, d0, first, second, row, ref output);
        output = ref Unsafe.Add(ref output, TLanes.BlockCount * BlockSize);
        row = TLanes.Add(row, TLanes.Step);
        Finish<TLanes, TVector>(a1, b1, c1, d1, first, second, row, ref output);
        output = ref Unsafe.Add(ref output, TLanes.BlockCount * BlockSize);
        Finish<TLanes, TVector>(a2, b2, c2, d2, first, second, TLanes.Add(row, TLanes.Step), ref output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DoubleRound<TLanes, TVector>(ref TVector a, ref TVector b, ref TVector c, ref TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Round<TLanes, TVector>(ref a, ref b, ref c, ref d);
        Diagonalise<TLanes, TVector>(ref b, ref c, ref d);
        Round<TLanes, TVector>(ref a, ref b, ref c, ref d);
        Straighten<TLanes, TVector>(ref b, ref c, ref d);
    }

    // Four quarter rounds, one in each column (RFC 8439 section 2.1).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TLanes, TVector>(ref TVector a, ref TVector b, ref TVector c, ref TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        a = TLanes.Add(a, b);
        d = TLanes.RotateLeft16(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateLeft12(TLanes.Xor(b, c));
        a = TLanes.Add(a, b);
        d = TLanes.RotateLeft8(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateLeft7(TLanes.Xor(b, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Diagonalise<TLanes, TVector>(ref TVector b, ref TVector c, ref TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        b = TLanes.Turn1(b);
        c = TLanes.Turn2(c);
        d = TLanes.Turn3(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Straighten<TLanes, TVector>(ref TVector b, ref TVector c, ref TVector d)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        b = TLanes.Turn3(b);
        c = TLanes.Turn2(c);
        d = TLanes.Turn1(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector>(
        TVector a, TVector b, TVector c, TVector d,
        Vector128<uint> first, Vector128<uint> second, TVector last, ref byte output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        a = TLanes.Add(a, TLanes.Broadcast(Constants));
        b = TLanes.Add(b, TLanes.Broadcast(first));
        c = TLanes.Add(c, TLanes.Broadcast(second));
        d = TLanes.Add(d, last);
        TLanes.Store(a, b, c, d, ref output);
    }
}
