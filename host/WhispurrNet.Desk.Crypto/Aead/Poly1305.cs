using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Aead;

// Five limbs of 26 bits: a product of two limbs, times 5, and the sum of five such stay below 2^64. Weight 2^130 is 5
// (2^130 = 5 modulo the prime). The same limbs lie in vectors: there four blocks at a time go in, each lane multiplied by
// r^4, and in the end lane by lane by what is left to make each block's power right.

/// <summary>Poly1305, RFC 8439 section 2.5: a MAC under a key used once. Runs in constant time.</summary>
internal struct Poly1305
{
    /// <summary>Bytes of a key.</summary>
    internal const int KeySize = 32;

    /// <summary>Bytes of a block, and of a tag.</summary>
    internal const int BlockSize = 16;

    // Fewer blocks than that are done before the powers of r are made.
    private const int VectorBlocks = 8;

    private const ulong Mask = (1UL << 26) - 1;
    private const ulong FullBlock = 1UL << 24;

    private Limbs _r;
    private Limbs _h;
    private ulong _pad0, _pad1;

    /// <summary>Starts with a one-time key.</summary>
    /// <param name="key">32 bytes.</param>
    internal void Begin(ReadOnlySpan<byte> key)
    {
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(key) & 0x0FFFFFFC0FFFFFFF;
        ulong high = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) & 0x0FFFFFFC0FFFFFFC;
        _r = Limbs.Split(low, high, 0);
        _h = default;
        _pad0 = BinaryPrimitives.ReadUInt64LittleEndian(key[16..]);
        _pad1 = BinaryPrimitives.ReadUInt64LittleEndian(key[24..]);
    }

    /// <summary>Takes in bytes, and zeros up to a whole block.</summary>
    internal void Update(ReadOnlySpan<byte> data)
    {
        int whole = data.Length & ~(BlockSize - 1);
        if (whole >= VectorBlocks * BlockSize && Avx2.IsSupported)
        {
            UpdateVectors(data[..whole]);
        }
        else
        {
            UpdateBlocks(data[..whole]);
        }

        if (whole < data.Length)
        {
            Span<byte> block = stackalloc byte[BlockSize];
            block.Clear();
            data[whole..].CopyTo(block);
            UpdateBlocks(block);
            CryptographicOperations.ZeroMemory(block);
        }
    }

    /// <summary>Takes in a block of two lengths: bytes of associated data and of ciphertext.</summary>
    internal void UpdateLengths(ulong first, ulong second)
    {
        Limbs.Add(ref _h, Limbs.Split(first, second, FullBlock));
        Limbs.Multiply(ref _h, _h, _r);
    }

    /// <summary>Writes the tag and forgets the key.</summary>
    /// <param name="tag">Receives 16 bytes.</param>
    internal void Finish(Span<byte> tag)
    {
        _h.Reduce(out ulong low, out ulong high);
        ulong sum = low + _pad0;
        ulong carry = ((low & _pad0) | ((low | _pad0) & ~sum)) >> 63;
        BinaryPrimitives.WriteUInt64LittleEndian(tag, sum);
        BinaryPrimitives.WriteUInt64LittleEndian(tag[8..], high + _pad1 + carry);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Poly1305>(ref this)));
    }

    /// <summary>Whole blocks, one after the other.</summary>
    internal void UpdateBlocks(ReadOnlySpan<byte> data)
    {
        Limbs h = _h, r = _r;
        for (; data.Length >= BlockSize; data = data[BlockSize..])
        {
            Limbs.Add(
                ref h,
                Limbs.Split(
                    BinaryPrimitives.ReadUInt64LittleEndian(data),
                    BinaryPrimitives.ReadUInt64LittleEndian(data[8..]),
                    FullBlock));
            Limbs.Multiply(ref h, h, r);
        }

        _h = h;
    }

    /// <summary>Whole blocks, four at a time, at least one; for a processor with AVX2.</summary>
    internal void UpdateVectors(ReadOnlySpan<byte> data)
    {
        Limbs r2 = default, r3 = default, r4 = default;
        Limbs.Multiply(ref r2, _r, _r);
        Limbs.Multiply(ref r3, r2, _r);
        Limbs.Multiply(ref r4, r2, r2);
        VectorLimbs factor = VectorLimbs.Broadcast(r4);

        // What does not fill four goes first, with nothing before it: zeros that no power makes anything of.
        int odd = (data.Length / BlockSize) & 3;
        int lead = odd == 0 ? 4 : odd;
        VectorLimbs h = LoadFirst(data[..(lead * BlockSize)], 4 - lead);
        data = data[(lead * BlockSize)..];
        ref byte at = ref MemoryMarshal.GetReference(data);
        for (int left = data.Length; left > 0; left -= 4 * BlockSize)
        {
            VectorLimbs.Multiply(ref h, factor);
            h.AddBlocks(ref at);
            at = ref Unsafe.Add(ref at, 4 * BlockSize);
        }

        // Lanes hold blocks 0, 2, 1 and 3 of each four.
        VectorLimbs powers = VectorLimbs.Join(r4, r2, r3, _r);
        VectorLimbs.Multiply(ref h, powers);
        _h = h.Sum();
    }

    // The first up to four blocks, the last of them in the last place; what is there already goes to the first of them.
    private readonly VectorLimbs LoadFirst(ReadOnlySpan<byte> data, int empty)
    {
        Span<Limbs> blocks = [default, default, default, default];
        for (int i = empty; i < 4; i++, data = data[BlockSize..])
        {
            blocks[i] = Limbs.Split(
                BinaryPrimitives.ReadUInt64LittleEndian(data),
                BinaryPrimitives.ReadUInt64LittleEndian(data[8..]),
                FullBlock);
        }

        Limbs.Add(ref blocks[empty], _h);
        return VectorLimbs.Join(blocks[0], blocks[2], blocks[1], blocks[3]);
    }
}
