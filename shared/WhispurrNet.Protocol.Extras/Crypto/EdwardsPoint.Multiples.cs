using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Four multiples are all a table holds, 1,300 bytes: a board that checks a signature has little more to spare.
    // Twice as many would save about a fifteenth of the instructions.

    /// <summary>Multiplying: by a secret in constant time, and two public scalars at once.</summary>
    internal sealed partial class EdwardsPoint
    {
        private const int EntrySize = 4 * LimbCount;
        private const int EntryCount = 4;
        private const int DigitCount = 256;

        // A selection names an entry in its low bits, and this bit asks for its negative.
        private const int Negative = EntryCount;

        private readonly long[] _table = new long[EntryCount * EntrySize];

        /// <summary>Becomes the base point times a scalar, without T. Runs in constant time.</summary>
        /// <param name="recoded">What <see cref="EdwardsScalar.RecodeOdd"/> makes of the scalar, 32 bytes.</param>
        internal void MultiplyBase(byte[] recoded)
        {
            SetBase();
            FillTable(0, EntryCount);
            SetNeutral();
            int bit = EdwardsScalar.RecodedBits - 3;
            while (true)
            {
                SelectSecretly(Bits(recoded, 0, bit));
                AddSelected(false);
                if (bit == 0)
                {
                    return;
                }

                bit -= 3;
                Double(false);
                Double(false);
                Double(true);
            }
        }

        /// <summary>
        /// Becomes s B - h A where it is A now, without T. Not in constant time: everything here is public.
        /// </summary>
        /// <param name="signature">Holds s, 32 bytes, below L.</param>
        /// <param name="scalarOffset">Where.</param>
        /// <param name="hash">h, 32 bytes, below L.</param>
        /// <returns>False when the order of A divides 8; s and h are not looked at then.</returns>
        internal bool CombineWithBase(byte[] signature, int scalarOffset, byte[] hash)
        {
            Negate();
            FillTable(0, 2);

            // Three times A now, and 3 has no part in 8.
            if (IsOfSmallOrder())
            {
                return false;
            }

            SetBase();
            FillTable(2, 2);
            byte[] digits = new byte[DigitCount];
            WriteDigits(hash, 0, digits, 0, 0);
            WriteDigits(signature, scalarOffset, digits, 2, 4);
            SetNeutral();
            int i = DigitCount - 1;
            while (i > 0 && digits[i] == 0)
            {
                i--;
            }

            for (; i >= 0; i--)
            {
                int first = digits[i] & 15, second = digits[i] >> 4;
                Double(first + second != 0);
                if (first != 0)
                {
                    Select(first - 1);
                    AddSelected(second != 0);
                }

                if (second != 0)
                {
                    Select(second - 1);
                    AddSelected(false);
                }
            }

            return true;
        }

        private static int Bits(byte[] scalar, int offset, int bit)
        {
            int at = offset + (bit >> 3);
            int bits = scalar[at];
            if ((bit >> 3) < EdwardsScalar.Size - 1)
            {
                bits |= scalar[at + 1] << 8;
            }

            return (bits >> (bit & 7)) & 7;
        }

        // The scalar as digits 1, 3, -3 and -1 with at least two zeros behind each. A digit is written as its selection
        // plus one.
        private static void WriteDigits(byte[] scalar, int offset, byte[] digits, int firstEntry, int shift)
        {
            int carry = 0;
            for (int bit = 0; bit < DigitCount; bit++)
            {
                int window = Bits(scalar, offset, bit) + carry;
                if ((window & 1) == 0)
                {
                    continue; // A carry onto a set bit goes on.
                }

                carry = window >> 2;
                int selection = carry == 0 ? window >> 1 : ((8 - window) >> 1) + Negative;
                digits[bit] |= (byte)((1 + firstEntry + selection) << shift);
                bit += 2;
            }
        }

        private void SetNeutral()
        {
            Array.Clear(_x, 0, LimbCount);
            Array.Clear(_t, 0, LimbCount);
            SetOne(_y);
            SetOne(_z);
        }

        // Entries from the given one on: the point times 1, 3, 5, ... The point becomes the last of them.
        private void FillTable(int first, int count)
        {
            for (int entry = first; ; entry++)
            {
                SelectSelf();
                int at = entry * EntrySize;
                Array.Copy(_sum, 0, _table, at, LimbCount);
                Array.Copy(_difference, 0, _table, at + LimbCount, LimbCount);
                Array.Copy(_twiceZ, 0, _table, at + (2 * LimbCount), LimbCount);
                Array.Copy(_product, 0, _table, at + (3 * LimbCount), LimbCount);
                if (entry == first + count - 1)
                {
                    return;
                }

                Select(first);
                AddSelected(true);
                AddSelected(true);
            }
        }

        private void Select(int selection)
        {
            int at = (selection & (EntryCount - 1)) * EntrySize;
            int swapped = (selection & Negative) == 0 ? 0 : LimbCount;
            Array.Copy(_table, at + swapped, _sum, 0, LimbCount);
            Array.Copy(_table, at + LimbCount - swapped, _difference, 0, LimbCount);
            Array.Copy(_table, at + (2 * LimbCount), _twiceZ, 0, LimbCount);
            Array.Copy(_table, at + (3 * LimbCount), _product, 0, LimbCount);
            if (swapped != 0)
            {
                Negate(_product);
            }
        }

        // Three bits v stand for the odd digit 2 v - 7. Every entry is read and all but one masked away; a negative
        // point has the first two parts exchanged and the last one negated, by masks again.
        private void SelectSecretly(int bits)
        {
            long[] table = _table, sum = _sum, difference = _difference, twiceZ = _twiceZ, product = _product;
            long negative = (long)((bits >> 2) & 1) - 1;
            long low = -(long)((bits ^ (~bits >> 2)) & 1), high = -(long)(((bits >> 1) ^ (~bits >> 2)) & 1);
            long mask3 = low & high, mask2 = high ^ mask3, mask1 = low ^ mask3, mask0 = ~(low | high);
            for (int i = 0; i < LimbCount; i++)
            {
                long a = (table[i] & mask0) | (table[i + 40] & mask1) | (table[i + 80] & mask2)
                    | (table[i + 120] & mask3);
                long b = (table[i + 10] & mask0) | (table[i + 50] & mask1) | (table[i + 90] & mask2)
                    | (table[i + 130] & mask3);
                long exchange = (a ^ b) & negative;
                sum[i] = a ^ exchange;
                difference[i] = b ^ exchange;
                twiceZ[i] = (table[i + 20] & mask0) | (table[i + 60] & mask1) | (table[i + 100] & mask2)
                    | (table[i + 140] & mask3);
                a = (table[i + 30] & mask0) | (table[i + 70] & mask1) | (table[i + 110] & mask2)
                    | (table[i + 150] & mask3);
                product[i] = (a ^ negative) - negative;
            }
        }
    }
}
