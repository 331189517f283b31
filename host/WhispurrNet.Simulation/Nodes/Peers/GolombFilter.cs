namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// A Golomb-coded set: n ids as sorted numbers below n * 2^P, their differences in unary and P bits. An id that is in the set
/// is always found; another one with a probability of about 2^-P.
/// </summary>
/// <remarks>
/// The sums are bitchat's: P from an error rate of 1%, at most 8 * size / (P + 2) ids in a filter of so many bytes.
/// </remarks>
internal static class GolombFilter
{
    /// <summary>Bits of the remainders: an error rate of 1/128.</summary>
    public const int RemainderBits = 7;

    /// <summary>Most bytes of a filter, bitchat's default.</summary>
    public const int SizeMax = 256;

    /// <summary>Most ids of a filter: with so many it never takes more than <see cref="SizeMax"/>.</summary>
    public const int IdsMax = 8 * SizeMax / (RemainderBits + 2);

    /// <summary>Which number stands for an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="salt">Of the link: who is wrongly found on one is not on the next.</param>
    /// <param name="count">Ids of the filter, 1 or more.</param>
    public static uint NumberOf(ulong id, ulong salt, int count)
    {
        ulong hash = (id ^ salt) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
        hash ^= hash >> 32;
        return (uint)(((hash & 0xFFFFFFFF) * ((ulong)(uint)count << RemainderBits)) >> 32);
    }

    /// <summary>Writes a filter.</summary>
    /// <param name="ids">What is in it, at most <see cref="IdsMax"/>.</param>
    /// <param name="salt">The link's.</param>
    /// <param name="filter">Receives it, <see cref="SizeMax"/> bytes free.</param>
    /// <returns>Its bytes.</returns>
    public static int Write(ReadOnlySpan<ulong> ids, ulong salt, Span<byte> filter)
    {
        Span<uint> numbers = stackalloc uint[IdsMax];
        numbers = numbers[..ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            numbers[i] = NumberOf(ids[i], salt, ids.Length);
        }

        numbers.Sort();
        filter[..SizeMax].Clear();
        int bit = 0;
        uint last = 0;
        foreach (uint number in numbers)
        {
            uint difference = number - last;
            last = number;
            for (uint quotient = difference >> RemainderBits; quotient > 0; quotient--)
            {
                Set(filter, bit++);
            }

            bit++;
            for (int i = RemainderBits - 1; i >= 0; i--, bit++)
            {
                if (((difference >> i) & 1) != 0)
                {
                    Set(filter, bit);
                }
            }
        }

        return (bit + 7) / 8;
    }

    /// <summary>Reads a filter from any bytes.</summary>
    /// <param name="filter">The bytes.</param>
    /// <param name="numbers">Receives the numbers, rising; as many as the filter is said to hold.</param>
    /// <returns>False when it does not hold so many.</returns>
    public static bool TryRead(ReadOnlySpan<byte> filter, Span<uint> numbers)
    {
        int bits = filter.Length * 8;
        int bit = 0;
        uint last = 0;
        uint end = (uint)numbers.Length << RemainderBits;
        for (int n = 0; n < numbers.Length; n++)
        {
            uint difference = 0;
            while (bit < bits && Get(filter, bit) != 0)
            {
                difference += 1u << RemainderBits;
                bit++;
            }

            bit++;
            if (bit + RemainderBits > bits)
            {
                return false;
            }

            for (int i = RemainderBits - 1; i >= 0; i--, bit++)
            {
                difference |= Get(filter, bit) << i;
            }

            last += difference;
            if (last >= end)
            {
                return false;
            }

            numbers[n] = last;
        }

        return true;
    }

    private static void Set(Span<byte> bytes, int bit) => bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));

    private static uint Get(ReadOnlySpan<byte> bytes, int bit) => ((uint)bytes[bit / 8] >> (7 - (bit % 8))) & 1;
}
