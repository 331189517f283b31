using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Ten limbs of 26, 25, 26, ... bits in longs. Interpreted, a 64-bit multiplication costs what any instruction
    // costs, so the fewest limbs whose hundred products still add up within 63 bits win. 2^255 = 19 folds the upper
    // products back; a product of two odd limbs counts twice, since their weights lie on half bits. Both factors stand
    // in front of whole sums. Carries round down (an arithmetic shift and a mask), so limbs come out non-negative,
    // except that limb 1 may be a little outside its range.
    //
    // Bounds: with even limbs below 2^27 and odd ones below 2^26 in size, as a sum or difference of two results
    // has them, every sum of products stays below 2^61.
    //
    // IL: 635 a multiplication, 462 a squaring and 369 each further one of the same call, 101,860 an inversion.

    /// <summary>Arithmetic modulo 2^255 - 19, RFC 7748 section 4.1. All operations run in constant time.</summary>
    internal static class Field25519
    {
        internal const int LimbCount = 10;

        /// <summary>Reads 32 little-endian bytes; the top bit is ignored, RFC 7748 section 5.</summary>
        internal static void Load(long[] h, byte[] bytes)
        {
            Load(
                h, BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, 8), BitConverter.ToUInt64(bytes, 16),
                BitConverter.ToUInt64(bytes, 24));
        }

        /// <summary>Takes 256 bits apart, lowest word first; the top bit is ignored.</summary>
        internal static void Load(long[] h, ulong w0, ulong w1, ulong w2, ulong w3)
        {
            ulong m26 = 0x3FFFFFF, m25 = 0x1FFFFFF;
            h[0] = (long)(w0 & m26);
            h[1] = (long)((w0 >> 26) & m25);
            h[2] = (long)((w0 >> 51) | ((w1 << 13) & m26));
            h[3] = (long)((w1 >> 13) & m25);
            h[4] = (long)(w1 >> 38);
            h[5] = (long)(w2 & m25);
            h[6] = (long)((w2 >> 25) & m26);
            h[7] = (long)((w2 >> 51) | ((w3 << 13) & m25));
            h[8] = (long)((w3 >> 12) & m26);
            h[9] = (long)((w3 >> 38) & m25);
        }

        /// <summary>Writes the one representative below 2^255 - 19 as 32 little-endian bytes.</summary>
        internal static void Store(byte[] bytes, long[] h)
        {
            // q = floor((h + 19) / 2^255), and h - q (2^255 - 19) is the representative sought.
            long q = 19;
            for (int i = 0; i < LimbCount; i++)
            {
                q = (h[i] + q) >> (26 - (i & 1));
            }

            q *= 19;
            for (int i = 0; i < LimbCount; i++)
            {
                q += h[i];
                h[i] = q & (0x3FFFFFF >> (i & 1));
                q >>= 26 - (i & 1);
            }

            CryptoBytes.StoreUInt64((ulong)(h[0] | (h[1] << 26) | (h[2] << 51)), bytes, 0);
            CryptoBytes.StoreUInt64((ulong)((h[2] >> 13) | (h[3] << 13) | (h[4] << 38)), bytes, 8);
            CryptoBytes.StoreUInt64((ulong)(h[5] | (h[6] << 25) | (h[7] << 51)), bytes, 16);
            CryptoBytes.StoreUInt64((ulong)((h[7] >> 13) | (h[8] << 12) | (h[9] << 38)), bytes, 24);
        }

        /// <summary>h = f g. The arrays may be the same.</summary>
        internal static void Multiply(long[] h, long[] f, long[] g)
        {
            long m26 = 0x3FFFFFF, m25 = 0x1FFFFFF, n19 = 19, n38 = 38;
            long f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4];
            long f5 = f[5], f6 = f[6], f7 = f[7], f8 = f[8], f9 = f[9];
            long g0 = g[0], g1 = g[1], g2 = g[2], g3 = g[3], g4 = g[4];
            long g5 = g[5], g6 = g[6], g7 = g[7], g8 = g[8], g9 = g[9];

            long h0 = f0 * g0 + n19 * (((f1 * g9 + f3 * g7 + f5 * g5 + f7 * g3 + f9 * g1) << 1) + f2 * g8
                + f4 * g6 + f6 * g4 + f8 * g2);
            long h1 = f0 * g1 + f1 * g0 + n19 * (f2 * g9 + f3 * g8 + f4 * g7 + f5 * g6 + f6 * g5 + f7 * g4
                + f8 * g3 + f9 * g2) + (h0 >> 26);
            long h2 = f0 * g2 + f2 * g0 + ((f1 * g1) << 1) + n19 * (((f3 * g9 + f5 * g7 + f7 * g5
                + f9 * g3) << 1) + f4 * g8 + f6 * g6 + f8 * g4) + (h1 >> 25);
            long h3 = f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + n19 * (f4 * g9 + f5 * g8 + f6 * g7 + f7 * g6
                + f8 * g5 + f9 * g4) + (h2 >> 26);
            long h4 = f0 * g4 + f2 * g2 + f4 * g0 + ((f1 * g3 + f3 * g1) << 1) + n19 * (((f5 * g9 + f7 * g7
                + f9 * g5) << 1) + f6 * g8 + f8 * g6) + (h3 >> 25);
            long h5 = f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + n19 * (f6 * g9 + f7 * g8
                + f8 * g7 + f9 * g6) + (h4 >> 26);
            long h6 = f0 * g6 + f2 * g4 + f4 * g2 + f6 * g0 + ((f1 * g5 + f3 * g3 + f5 * g1) << 1)
                + n19 * (((f7 * g9 + f9 * g7) << 1) + f8 * g8) + (h5 >> 25);
            long h7 = f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0
                + n19 * (f8 * g9 + f9 * g8) + (h6 >> 26);
            long h8 = f0 * g8 + f2 * g6 + f4 * g4 + f6 * g2 + f8 * g0 + ((f1 * g7 + f3 * g5 + f5 * g3
                + f7 * g1) << 1) + n38 * (f9 * g9) + (h7 >> 25);
            long h9 = f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1
                + f9 * g0 + (h8 >> 26);
            h0 = (h0 & m26) + n19 * (h9 >> 25);
            h[0] = h0 & m26;
            h[1] = (h1 & m25) + (h0 >> 26);
            h[2] = h2 & m26;
            h[3] = h3 & m25;
            h[4] = h4 & m26;
            h[5] = h5 & m25;
            h[6] = h6 & m26;
            h[7] = h7 & m25;
            h[8] = h8 & m26;
            h[9] = h9 & m25;
        }

        /// <summary>h = f squared, <paramref name="times"/> times over, at least once. In place is allowed.</summary>
        internal static void Square(long[] h, long[] f, int times)
        {
            long m26 = 0x3FFFFFF, m25 = 0x1FFFFFF, n19 = 19, n38 = 38;
            long f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], f4 = f[4];
            long f5 = f[5], f6 = f[6], f7 = f[7], f8 = f[8], f9 = f[9];
            do
            {
                long h0 = f0 * f0 + n38 * (f2 * f8 + f4 * f6 + f5 * f5 + ((f1 * f9 + f3 * f7) << 1));
                long h1 = ((f0 * f1 + n19 * (f2 * f9 + f3 * f8 + f4 * f7 + f5 * f6)) << 1) + (h0 >> 26);
                long h2 = ((f0 * f2 + f1 * f1 + n19 * (f4 * f8 + ((f3 * f9 + f5 * f7) << 1))) << 1)
                    + n19 * f6 * f6 + (h1 >> 25);
                long h3 = ((f0 * f3 + f1 * f2 + n19 * (f4 * f9 + f5 * f8 + f6 * f7)) << 1) + (h2 >> 26);
                long h4 = f2 * f2 + ((f0 * f4 + ((f1 * f3) << 1) + n19 * (f6 * f8 + f7 * f7
                    + ((f5 * f9) << 1))) << 1) + (h3 >> 25);
                long h5 = ((f0 * f5 + f1 * f4 + f2 * f3 + n19 * (f6 * f9 + f7 * f8)) << 1) + (h4 >> 26);
                long h6 = ((f0 * f6 + f2 * f4 + f3 * f3 + ((f1 * f5) << 1) + n38 * f7 * f9) << 1)
                    + n19 * f8 * f8 + (h5 >> 25);
                long h7 = ((f0 * f7 + f1 * f6 + f2 * f5 + f3 * f4 + n19 * (f8 * f9)) << 1) + (h6 >> 26);
                long h8 = f4 * f4 + ((f0 * f8 + f2 * f6 + ((f1 * f7 + f3 * f5) << 1) + n19 * (f9 * f9)) << 1)
                    + (h7 >> 25);
                long h9 = ((f0 * f9 + f1 * f8 + f2 * f7 + f3 * f6 + f4 * f5) << 1) + (h8 >> 26);
                h0 = (h0 & m26) + n19 * (h9 >> 25);
                f0 = h0 & m26;
                f1 = (h1 & m25) + (h0 >> 26);
                f2 = h2 & m26;
                f3 = h3 & m25;
                f4 = h4 & m26;
                f5 = h5 & m25;
                f6 = h6 & m26;
                f7 = h7 & m25;
                f8 = h8 & m26;
                f9 = h9 & m25;
                times--;
            }
            while (times > 0);

            h[0] = f0;
            h[1] = f1;
            h[2] = f2;
            h[3] = f3;
            h[4] = f4;
            h[5] = f5;
            h[6] = f6;
            h[7] = f7;
            h[8] = f8;
            h[9] = f9;
        }

        /// <summary>h = f + g, limb by limb. The arrays may be the same.</summary>
        internal static void Add(long[] h, long[] f, long[] g)
        {
            h[0] = f[0] + g[0];
            h[1] = f[1] + g[1];
            h[2] = f[2] + g[2];
            h[3] = f[3] + g[3];
            h[4] = f[4] + g[4];
            h[5] = f[5] + g[5];
            h[6] = f[6] + g[6];
            h[7] = f[7] + g[7];
            h[8] = f[8] + g[8];
            h[9] = f[9] + g[9];
        }

        /// <summary>
        /// sum = f + g and difference = f - g, limb by limb. Any of the arrays may be the same but the first two.
        /// </summary>
        internal static void AddSubtract(long[] sum, long[] difference, long[] f, long[] g)
        {
            for (int i = 0; i < LimbCount; i++)
            {
                long a = f[i], b = g[i];
                sum[i] = a + b;
                difference[i] = a - b;
            }
        }

        /// <summary>
        /// h = 1 / z by Fermat, z to the power 2^255 - 21; zero gives zero. The arrays a, b and c are scratch; h may
        /// be z, all others differ.
        /// </summary>
        internal static void Invert(long[] h, long[] z, long[] a, long[] b, long[] c)
        {
            RaiseMost(h, z, a, b, c);
            Square(h, h, 5);
            Multiply(h, h, a);      // 2^255 - 21
        }

        /// <summary>
        /// h = z to the power 2^250 - 1, and a = z to the power 11: what inversion and square root have in common. The
        /// arrays b and c are scratch; h may be z, all others differ.
        /// </summary>
        internal static void RaiseMost(long[] h, long[] z, long[] a, long[] b, long[] c)
        {
            Square(a, z, 1);        // 2
            Square(b, a, 2);        // 8
            Multiply(b, b, z);      // 9
            Multiply(a, a, b);      // 11
            Square(c, a, 1);        // 22
            Multiply(b, b, c);      // 2^5 - 1
            Raise(b, b, c, 5);      // 2^10 - 1
            Raise(h, b, c, 10);     // 2^20 - 1
            Raise(h, h, c, 20);     // 2^40 - 1
            Square(c, h, 10);
            Multiply(b, b, c);      // 2^50 - 1
            Raise(h, b, c, 50);     // 2^100 - 1
            Raise(h, h, c, 100);    // 2^200 - 1
            Square(h, h, 50);
            Multiply(h, h, b);      // 2^250 - 1
        }

        // From z to the power 2^n - 1 to z to the power 2^(2n) - 1.
        private static void Raise(long[] h, long[] f, long[] scratch, int n)
        {
            Square(scratch, f, n);
            Multiply(h, scratch, f);
        }
    }
}
