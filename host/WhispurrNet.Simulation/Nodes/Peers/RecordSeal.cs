using System.Buffers.Binary;
using System.Numerics;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// Sixteen bytes behind each record in the place of a tag. They tell every damage, and a record that was lost, repeated or
/// sent back; they keep nobody out, which the medium does not try either.
/// </summary>
internal static class RecordSeal
{
    /// <summary>Bytes.</summary>
    public const int Size = 16;

    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>Puts the seal behind a record.</summary>
    /// <param name="record">The record, and behind it room for the seal.</param>
    /// <param name="count">Bytes of the record.</param>
    /// <param name="counter">Records of this direction before this one.</param>
    /// <param name="fromInitiator">The direction.</param>
    /// <returns>Bytes with the seal.</returns>
    public static int Close(Span<byte> record, int count, uint counter, bool fromInitiator)
    {
        (ulong a, ulong b) = Hash(record[..count], SeedOf(counter, fromInitiator));
        BinaryPrimitives.WriteUInt64LittleEndian(record[count..], a);
        BinaryPrimitives.WriteUInt64LittleEndian(record[(count + 8)..], b);
        return count + Size;
    }

    /// <summary>Checks the seal of a record.</summary>
    /// <returns>Bytes without the seal, or -1 when it is damaged.</returns>
    public static int Open(ReadOnlySpan<byte> record, uint counter, bool fromInitiator)
    {
        int count = record.Length - Size;
        if (count < 1)
        {
            return -1;
        }

        (ulong a, ulong b) = Hash(record[..count], SeedOf(counter, fromInitiator));
        bool whole = BinaryPrimitives.ReadUInt64LittleEndian(record[count..]) == a
            && BinaryPrimitives.ReadUInt64LittleEndian(record[(count + 8)..]) == b;
        return whole ? count : -1;
    }

    /// <summary>Eight bytes for the records that open a link, which have no room for more.</summary>
    public static ulong Short(ReadOnlySpan<byte> record) => Hash(record, First).A;

    private static ulong SeedOf(uint counter, bool fromInitiator)
    {
        return (((ulong)counter << 1) | (fromInitiator ? 1UL : 0UL)) * Second;
    }

    private static (ulong A, ulong B) Hash(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong a = seed ^ First;
        ulong b = seed + ((ulong)bytes.Length * Second);
        while (bytes.Length >= sizeof(ulong))
        {
            Step(ref a, ref b, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        Step(ref a, ref b, rest);
        Step(ref a, ref b, 0);
        return (a ^ (a >> 32), b ^ (b >> 29));
    }

    private static void Step(ref ulong a, ref ulong b, ulong word)
    {
        a = BitOperations.RotateLeft(a ^ word, 29) * First;
        b = (BitOperations.RotateLeft(b + word, 37) * Second) ^ a;
    }
}
