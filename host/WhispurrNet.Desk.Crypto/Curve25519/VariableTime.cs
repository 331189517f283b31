namespace WhispurrNet.Desk.Crypto.Curve25519;

// Both scalars become digits that are odd or zero, with zeros behind each that is not (Straus, with signed windows): one
// run of doublings serves both, and the base point, whose multiples are made once, has the wider window.

/// <summary>What verifying a signature needs: everything here is public, and the time depends on it.</summary>
internal static class VariableTime
{
    private const int DigitCount = 256;
    private const int Window = 5;
    private const int BaseWindow = 8;

    private static readonly AffinePoint[] s_base = MakeBase();

    /// <summary>sum = s B + h A, without T.</summary>
    /// <param name="s">32 bytes, below L.</param>
    /// <param name="h">32 bytes, below L.</param>
    /// <param name="a">A.</param>
    /// <param name="sum">Receives the point.</param>
    internal static void Combine(ReadOnlySpan<byte> s, ReadOnlySpan<byte> h, EdwardsPoint a, out EdwardsPoint sum)
    {
        Span<sbyte> baseDigits = stackalloc sbyte[DigitCount], digits = stackalloc sbyte[DigitCount];
        WriteDigits(s, BaseWindow, baseDigits);
        WriteDigits(h, Window, digits);
        Span<CachedPoint> multiples = stackalloc CachedPoint[1 << (Window - 2)];
        MakeOddMultiples(a, multiples);
        sum = EdwardsPoint.Neutral;
        int i = DigitCount - 1;
        while (i > 0 && baseDigits[i] == 0 && digits[i] == 0)
        {
            i--;
        }

        for (; i >= 0; i--)
        {
            int first = digits[i], second = baseDigits[i];
            sum.Double(needsT: (first | second) != 0);
            if (first != 0)
            {
                sum.Add(multiples[Math.Abs(first) >> 1], first < 0, needsT: second != 0);
            }

            if (second != 0)
            {
                sum.Add(s_base[Math.Abs(second) >> 1], second < 0, needsT: false);
            }
        }
    }

    private static void WriteDigits(ReadOnlySpan<byte> scalar, int width, Span<sbyte> digits)
    {
        digits.Clear();
        int carry = 0;
        for (int bit = 0; bit < DigitCount;)
        {
            int window = Bits(scalar, bit, width) + carry;
            if ((window & 1) == 0)
            {
                bit++; // A carry onto a set bit goes on.
                continue;
            }

            carry = window >> (width - 1);
            digits[bit] = (sbyte)(window - (carry << width));
            bit += width;
        }
    }

    private static int Bits(ReadOnlySpan<byte> scalar, int bit, int width)
    {
        int at = bit >> 3;
        int bits = scalar[at] | (at + 1 < scalar.Length ? scalar[at + 1] << 8 : 0);
        return (bits >> (bit & 7)) & ((1 << width) - 1);
    }

    private static void MakeOddMultiples(EdwardsPoint point, Span<CachedPoint> multiples)
    {
        EdwardsPoint twice = point;
        twice.Double(needsT: true);
        twice.Cache(out CachedPoint step);
        for (int i = 0; i < multiples.Length; i++)
        {
            point.Cache(out multiples[i]);
            if (i < multiples.Length - 1)
            {
                point.Add(step, subtract: false, needsT: true);
            }
        }
    }

    private static AffinePoint[] MakeBase()
    {
        var multiples = new AffinePoint[1 << (BaseWindow - 2)];
        BasePointTable.MakeMultiples(EdwardsPoint.Base, 2, multiples);
        return multiples;
    }
}
