using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Both multiplications share their doublings (Straus 1964). Each scalar is written with odd digits and zeros between them:
    // up to 7 and at least three zeros for h, whose point is known only now and gets a table of four multiples, 1,300 bytes,
    // and up to 15 and at least four zeros for s, whose eight multiples of B stand in the code. All of it is public, so the
    // digits say what is added when.
    //
    // IL: some 1.7 million: 253 doublings have 1.1 of them, some 92 additions the rest.

    /// <summary>What verifying a signature comes to, RFC 8032 section 5.1.7: s B - h A. Not in constant time.</summary>
    internal sealed class EdwardsCombination
    {
        private const int LimbCount = Field25519.LimbCount;
        private const int EntrySize = 4 * LimbCount;
        private const int EntryCount = 4;
        private const int DigitCount = 256;

        // Bits that a digit stands for, sign included.
        private const int HashWindow = 4;
        private const int ScalarWindow = 5;

        // Odd multiples of -A, each as Y+X, Y-X, 2 Z, 2 d T.
        private readonly long[] _table = new long[EntryCount * EntrySize];

        // First those of h, then those of s. A digit d is written as d + 16, and zero as 0.
        private readonly byte[] _digits = new byte[2 * DigitCount];
        private readonly EdwardsPoint _point;
        private readonly EdwardsEncoding _encoding;

        /// <summary>Works with a point.</summary>
        /// <param name="point">The point A before, and the result afterwards.</param>
        /// <param name="encoding">Knows points of small order.</param>
        internal EdwardsCombination(EdwardsPoint point, EdwardsEncoding encoding)
        {
            _point = point;
            _encoding = encoding;
        }

        /// <summary>The point, which is A now, becomes s B - h A, without T.</summary>
        /// <param name="signature">Holds s, 32 bytes, below the order of B.</param>
        /// <param name="scalarOffset">Where.</param>
        /// <param name="hash">h, 32 bytes, below the order of B.</param>
        /// <returns>False when the order of A divides 8; s and h are not looked at then.</returns>
        internal bool Compute(byte[] signature, int scalarOffset, byte[] hash)
        {
            FillTable();

            // Seven times -A now, and 7 has no part in 8.
            if (_encoding.IsOfSmallOrder(_point))
            {
                return false;
            }

            Array.Clear(_digits, 0, _digits.Length);
            WriteDigits(hash, 0, 0, HashWindow);
            WriteDigits(signature, scalarOffset, DigitCount, ScalarWindow);
            int i = DigitCount - 1;
            while (i > 0 && (_digits[i] | _digits[DigitCount + i]) == 0)
            {
                i--;
            }

            _point.SetNeutral();
            for (; i >= 0; i--)
            {
                int first = _digits[i], second = _digits[DigitCount + i];
                _point.Double((first | second) != 0);
                if (first != 0)
                {
                    AddFromTable(first - 16, second != 0);
                }

                if (second != 0)
                {
                    AddBase(second - 16);
                }
            }

            return true;
        }

        // The table: -A times 1, 3, 5, 7. The last place holds twice -A until it is its turn.
        private void FillTable()
        {
            EdwardsEncoding.Negate(_point.X);
            EdwardsEncoding.Negate(_point.T);
            Keep(0);
            _point.Double(true);
            Keep(EntryCount - 1);
            AddFromTable(1, true);
            Keep(1);
            AddFromTable(7, true);
            Keep(2);
            AddFromTable(7, true);
            Keep(3);
        }

        private void Keep(int entry)
        {
            EdwardsPoint p = _point;
            int at = entry * EntrySize;
            Field25519.AddSubtract(p.E, p.F, p.Y, p.X);
            Array.Copy(p.E, 0, _table, at, LimbCount);
            Array.Copy(p.F, 0, _table, at + LimbCount, LimbCount);
            Field25519.Add(p.E, p.Z, p.Z);
            Array.Copy(p.E, 0, _table, at + (2 * LimbCount), LimbCount);
            EdwardsEncoding.LoadD(p.E);
            Field25519.Add(p.E, p.E, p.E);
            Field25519.Multiply(p.E, p.E, p.T);
            Array.Copy(p.E, 0, _table, at + (3 * LimbCount), LimbCount);
        }

        // Adds -A times an odd digit from -7 to 7: the negative has Y+X and Y-X exchanged, and T negated.
        private void AddFromTable(int digit, bool needsT)
        {
            EdwardsPoint p = _point;
            bool negative = digit < 0;
            int at = ((negative ? -digit : digit) >> 1) * EntrySize;
            int exchanged = negative ? LimbCount : 0;
            Field25519.AddSubtract(p.H, p.E, p.Y, p.X);
            Array.Copy(_table, at + exchanged, p.F, 0, LimbCount);
            Field25519.Multiply(p.H, p.H, p.F);
            Array.Copy(_table, at + LimbCount - exchanged, p.F, 0, LimbCount);
            Field25519.Multiply(p.E, p.E, p.F);
            Array.Copy(_table, at + (2 * LimbCount), p.G, 0, LimbCount);
            Field25519.Multiply(p.Z, p.Z, p.G);
            Array.Copy(_table, at + (3 * LimbCount), p.F, 0, LimbCount);
            Field25519.Multiply(p.F, p.F, p.T);
            if (negative)
            {
                EdwardsEncoding.Negate(p.F);
            }

            p.FinishAdding(p.Z, needsT);
        }

        // Adds B times an odd digit from -15 to 15.
        private void AddBase(int digit)
        {
            bool negative = digit < 0;
            EdwardsOddMultiples.Read(_point.Entry, (negative ? -digit : digit) >> 1);
            if (negative)
            {
                _point.NegateEntry(0xFFFFFFFFFFFFFFFF);
            }

            _point.AddEntry(false);
        }

        private void WriteDigits(byte[] scalar, int offset, int at, int window)
        {
            int carry = 0, all = (1 << window) - 1;
            for (int bit = 0; bit < DigitCount; bit++)
            {
                int bits = scalar[offset + (bit >> 3)];
                if (bit < DigitCount - 8)
                {
                    bits |= scalar[offset + (bit >> 3) + 1] << 8;
                }

                int digit = ((bits >> (bit & 7)) & all) + carry;
                if ((digit & 1) == 0)
                {
                    continue; // A carry onto a set bit goes on.
                }

                carry = digit >> (window - 1);
                _digits[at + bit] = (byte)(digit - (carry << window) + 16);
                bit += window - 1;
            }
        }
    }
}
