using System;

namespace WhispurrNet.Protocol.Crypto
{
    // One point in extended coordinates (Hisil, Wong, Carter, Dawson 2008): x = X/Z, y = Y/Z, T = X Y / Z, with the
    // complete formulas for a = -1, so that no case needs a branch. The product for T is left out where nobody will look
    // at it: a doubling does not read it. A point that is added is (Y+X)/2, (Y-X)/2 and d T over Z = 1: halved, a sum
    // needs no doubled Z.
    //
    // Multiples of the base point come from a comb (Lim, Lee 1994) of four teeth in two rows: an odd scalar of 256 bits is
    // a sum of all powers of two with signs, 32 columns of twice four signs, and each four signs are one of 16 points, eight
    // of them with the other sign. So 31 doublings and 64 additions do, where bit by bit there are 255 doublings.
    //
    // Sizes: coordinates come out of multiplications, so sums and differences of two stay within what Field25519 asks for;
    // F in a doubling is twice as large, and its sums of products still end below 2^62.
    //
    // IL: 4,415 a doubling, 5,127 an addition, 642 more with T, and 729 to choose a point; 553,197 for a multiple.

    /// <summary>
    /// A point of edwards25519, RFC 8032 section 5.1, that changes in place. All operations run in constant time.
    /// </summary>
    internal sealed class EdwardsPoint
    {
        internal readonly long[] X = new long[Field25519.LimbCount];
        internal readonly long[] Y = new long[Field25519.LimbCount];
        internal readonly long[] Z = new long[Field25519.LimbCount];

        /// <summary>Right only after what was asked to make it.</summary>
        internal readonly long[] T = new long[Field25519.LimbCount];

        // Scratch of additions and doublings, for others between them.
        internal readonly long[] E = new long[Field25519.LimbCount];
        internal readonly long[] F = new long[Field25519.LimbCount];
        internal readonly long[] G = new long[Field25519.LimbCount];
        internal readonly long[] H = new long[Field25519.LimbCount];

        /// <summary>The point that <see cref="AddEntry"/> adds: 256 bits of each part, lowest words first.</summary>
        internal readonly ulong[] Entry = new ulong[EdwardsBaseTable.EntrySize];

        // Signs of the scalar's powers of two, set for plus: word n has those of tooth n.
        private readonly ulong[] _signs = new ulong[4];

        /// <summary>Becomes the neutral element.</summary>
        internal void SetNeutral()
        {
            Array.Clear(X, 0, X.Length);
            Array.Clear(Y, 0, Y.Length);
            Array.Clear(Z, 0, Z.Length);
            Array.Clear(T, 0, T.Length);
            Y[0] = 1;
            Z[0] = 1;
        }

        /// <summary>Becomes the base point times a scalar, without T.</summary>
        /// <param name="scalar">32 bytes; any number below 2^255.</param>
        internal void MultiplyBase(byte[] scalar)
        {
            WriteSigns(scalar);
            SetNeutral();
            int column = 31;
            while (true)
            {
                SelectEntry(column, false);
                AddEntry(true);
                SelectEntry(column + 32, true);
                AddEntry(false);
                if (column == 0)
                {
                    break;
                }

                column--;
                Double(true);
            }

            Array.Clear(_signs, 0, _signs.Length);
        }

        /// <summary>Becomes twice itself.</summary>
        internal void Double(bool needsT)
        {
            // All four have the opposite sign of those in the paper, which the products do not show:
            // E = A + B - (X+Y)^2, G = A - B, F = G + 2 Z^2, H = A + B for A = X^2 and B = Y^2.
            long[] e = E, f = F, g = G, h = H;
            Field25519.Add(e, X, Y);
            Field25519.Square(e, e, 1);
            Field25519.Square(g, X, 1);
            Field25519.Square(h, Y, 1);
            Field25519.Square(f, Z, 1);
            for (int i = 0; i < Field25519.LimbCount; i++)
            {
                long a = g[i], b = h[i], sum = a + b;
                h[i] = sum;
                e[i] = sum - e[i];
                a -= b;
                g[i] = a;
                f[i] = a + (f[i] << 1);
            }

            MultiplyOut(needsT);
        }

        /// <summary>Becomes the sum of itself, T included, and <see cref="Entry"/>.</summary>
        internal void AddEntry(bool needsT)
        {
            Field25519.AddSubtract(H, E, Y, X);
            LoadPart(4);
            Field25519.Multiply(E, E, F);
            LoadPart(0);
            Field25519.Multiply(H, H, F);
            LoadPart(8);
            Field25519.Multiply(F, F, T);
            FinishAdding(Z, needsT);
        }

        /// <summary>
        /// Ends an addition. For the point P to add, E and H have the products of its Y-X and Y+X and ours, F has 2 d T of it
        /// times our T; all three may be halved if the next argument is.
        /// </summary>
        /// <param name="twiceZ">Twice the product of both Z.</param>
        /// <param name="needsT">Whether the sum's T is wanted.</param>
        internal void FinishAdding(long[] twiceZ, bool needsT)
        {
            Field25519.AddSubtract(H, E, H, E);
            Field25519.AddSubtract(G, F, twiceZ, F);
            MultiplyOut(needsT);
        }

        /// <summary>Exchanges <see cref="Entry"/> for its negative if the mask is all ones, and not if it is 0.</summary>
        internal void NegateEntry(ulong mask)
        {
            // -t is 2^255 - 1 - t, the complement of all bits, less 18: LoadPart takes that off.
            ulong[] entry = Entry;
            for (int i = 0; i < 4; i++)
            {
                ulong exchange = (entry[i] ^ entry[i + 4]) & mask;
                entry[i] ^= exchange;
                entry[i + 4] ^= exchange;
                entry[i + 8] ^= mask;
            }
        }

        /// <summary>Overwrites everything.</summary>
        internal void Wipe()
        {
            Array.Clear(X, 0, X.Length);
            Array.Clear(Y, 0, Y.Length);
            Array.Clear(Z, 0, Z.Length);
            Array.Clear(T, 0, T.Length);
            Array.Clear(E, 0, E.Length);
            Array.Clear(F, 0, F.Length);
            Array.Clear(G, 0, G.Length);
            Array.Clear(H, 0, H.Length);
            Array.Clear(Entry, 0, Entry.Length);
            Array.Clear(_signs, 0, _signs.Length);
        }

        // The scalar, plus the order L of the base point if it is even, as a sum of all powers of two below 2^256 with signs:
        // its upper 255 bits are the lower signs, and the highest sign is plus.
        private void WriteSigns(byte[] scalar)
        {
            ulong mask = 0xFFFFFFFF;
            ulong even = (ulong)(scalar[0] & 1) - 1;
            ulong s0 = BitConverter.ToUInt64(scalar, 0), s1 = BitConverter.ToUInt64(scalar, 8);
            ulong s2 = BitConverter.ToUInt64(scalar, 16), s3 = BitConverter.ToUInt64(scalar, 24);
            ulong t0 = (s0 & mask) + (0x5cf5d3ed & even);
            ulong t1 = (s0 >> 32) + (0x5812631a & even) + (t0 >> 32);
            ulong t2 = (s1 & mask) + (0xa2f79cd6 & even) + (t1 >> 32);
            ulong t3 = (s1 >> 32) + (0x14def9de & even) + (t2 >> 32);
            ulong t4 = (s2 & mask) + (t3 >> 32);
            ulong t5 = (s2 >> 32) + (t4 >> 32);
            ulong t6 = (s3 & mask) + (t5 >> 32);
            ulong t7 = (s3 >> 32) + (0x10000000 & even) + (t6 >> 32);
            _signs[0] = ((t0 & mask) >> 1) | ((t1 & mask) << 31) | (t2 << 63);
            _signs[1] = ((t2 & mask) >> 1) | ((t3 & mask) << 31) | (t4 << 63);
            _signs[2] = ((t4 & mask) >> 1) | ((t5 & mask) << 31) | (t6 << 63);
            _signs[3] = ((t6 & mask) >> 1) | (t7 << 31) | 0x8000000000000000;
        }

        // Four signs of one bit in each word. The upper one is that of the whole entry, the lower ones, compared with it,
        // count the entry: k0 to k7 are masks of which one is all ones.
        private void SelectEntry(int bit, bool high)
        {
            ulong negative = ((_signs[3] >> bit) & 1) - 1;
            ulong a = (0 - ((_signs[0] >> bit) & 1)) ^ negative;
            ulong b = (0 - ((_signs[1] >> bit) & 1)) ^ negative;
            ulong c = (0 - ((_signs[2] >> bit) & 1)) ^ negative;
            ulong k3 = a & b, k1 = a ^ k3, k2 = b ^ k3, k0 = ~(a | b);
            ulong k7 = k3 & c, k6 = k2 & c, k5 = k1 & c, k4 = k0 & c;
            if (high)
            {
                EdwardsBaseTable.SelectHigh(Entry, k0 ^ k4, k1 ^ k5, k2 ^ k6, k3 ^ k7, k4, k5, k6, k7);
            }
            else
            {
                EdwardsBaseTable.SelectLow(Entry, k0 ^ k4, k1 ^ k5, k2 ^ k6, k3 ^ k7, k4, k5, k6, k7);
            }

            NegateEntry(negative);
        }

        // F = four words of the entry. Bit 255 says that the part is a complement; Field25519 does not look at it.
        private void LoadPart(int at)
        {
            ulong[] entry = Entry;
            Field25519.Load(F, entry[at], entry[at + 1], entry[at + 2], entry[at + 3]);
            F[0] -= 18 * (long)(entry[at + 3] >> 63);
        }

        private void MultiplyOut(bool needsT)
        {
            Field25519.Multiply(X, E, F);
            Field25519.Multiply(Y, G, H);
            Field25519.Multiply(Z, F, G);
            if (needsT)
            {
                Field25519.Multiply(T, E, H);
            }
        }
    }
}
