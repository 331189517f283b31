using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // One point in extended coordinates (Hisil, Wong, Carter, Dawson 2008): x = X/Z, y = Y/Z, T = X Y / Z, with the
    // complete formulas for a = -1, so that no case needs a branch. A point that is added is kept as Y+X, Y-X, 2 Z and
    // 2 d T. The product for T is left out where nobody will look at it: a doubling does not read it.
    //
    // Sizes: coordinates come out of multiplications, so sums and differences of two stay within what Field25519 asks
    // for; F in a doubling is half as large again, and its other factor is so much smaller or the sum still ends
    // below 2^62.

    /// <summary>
    /// A point of edwards25519, RFC 8032 section 5.1, that changes in place, and the table of multiples that a scalar
    /// multiplication adds to it.
    /// </summary>
    internal sealed partial class EdwardsPoint
    {
        private const int LimbCount = Field25519.LimbCount;

        // RFC 8032 section 5.1: d, a square root of -1, and the base point's coordinates.
        private readonly byte[] _constants =
        {
            0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
            0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52,
            0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
            0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b,
            0x1a, 0xd5, 0x25, 0x8f, 0x60, 0x2d, 0x56, 0xc9, 0xb2, 0xa7, 0x25, 0x95, 0x60, 0xc7, 0x2c, 0x69,
            0x5c, 0xdc, 0xd6, 0xfd, 0x31, 0xe2, 0xa4, 0xc0, 0xfe, 0x53, 0x6e, 0xcd, 0xd3, 0x36, 0x69, 0x21,
            0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
            0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        };

        private readonly long[] _x = new long[LimbCount];
        private readonly long[] _y = new long[LimbCount];
        private readonly long[] _z = new long[LimbCount];
        private readonly long[] _t = new long[LimbCount];

        // Scratch of additions, doublings and of everything else that comes between them.
        private readonly long[] _e = new long[LimbCount];
        private readonly long[] _f = new long[LimbCount];
        private readonly long[] _g = new long[LimbCount];
        private readonly long[] _h = new long[LimbCount];

        // The point to add: Y+X, Y-X, 2 Z, 2 d T.
        private readonly long[] _sum = new long[LimbCount];
        private readonly long[] _difference = new long[LimbCount];
        private readonly long[] _twiceZ = new long[LimbCount];
        private readonly long[] _product = new long[LimbCount];
        private readonly byte[] _bytes = new byte[32];

        /// <summary>Becomes the base point B.</summary>
        internal void SetBase()
        {
            LoadConstant(_x, 2);
            LoadConstant(_y, 3);
            SetFromAffine();
        }

        /// <summary>Becomes the point that 32 bytes encode, RFC 8032 section 5.1.3. Not in constant time.</summary>
        /// <returns>False when the encoding is not the only one of its point, or none.</returns>
        internal bool Decode(byte[] encoded, int offset)
        {
            Array.Copy(encoded, offset, _bytes, 0, 32);
            int sign = _bytes[31] >> 7;
            Field25519.Load(_y, _bytes);
            Field25519.Store(_bytes, _y);
            _bytes[31] |= (byte)(sign << 7);
            if (!CryptoBytes.ConstantTimeEquals(encoded, offset, _bytes, 0, 32))
            {
                return false;
            }

            // x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1.
            SetOne(_z);
            Field25519.Square(_e, _y, 1);
            LoadConstant(_t, 0);
            Field25519.Multiply(_f, _e, _t);
            Subtract(_e, _e, _z);
            Add(_f, _f, _z);
            FindRoot();

            // v x^2 is u, or -u and the root of -1 is missing, or there is no root.
            Field25519.Square(_g, _x, 1);
            Field25519.Multiply(_g, _g, _f);
            Subtract(_h, _g, _e);
            if (!IsZero(_h))
            {
                Add(_h, _g, _e);
                if (!IsZero(_h))
                {
                    return false;
                }

                LoadConstant(_t, 1);
                Field25519.Multiply(_x, _x, _t);
            }

            Field25519.Store(_bytes, _x);
            if ((_bytes[0] & 1) != sign)
            {
                if (IsZero(_x))
                {
                    return false;
                }

                Negate(_x);
            }

            SetFromAffine();
            return true;
        }

        /// <summary>Writes the point's encoding, RFC 8032 section 5.1.2. Scratch is overwritten.</summary>
        internal void Encode(byte[] encoded, int offset)
        {
            Field25519.Invert(_e, _z, _f, _g, _h);
            Field25519.Multiply(_f, _y, _e);
            Field25519.Multiply(_g, _x, _e);
            Field25519.Store(_bytes, _g);
            int sign = _bytes[0] & 1;
            Field25519.Store(_bytes, _f);
            _bytes[31] |= (byte)(sign << 7);
            Array.Copy(_bytes, 0, encoded, offset, 32);
        }

        /// <summary>Becomes its negative.</summary>
        internal void Negate()
        {
            Negate(_x);
            Negate(_t);
        }

        /// <summary>Whether the order divides 8. The point is eight times what it was afterwards.</summary>
        internal bool IsOfSmallOrder()
        {
            Double(false);
            Double(false);
            Double(false);

            // What is left lies in the group of order L, where only the neutral element has x = 0.
            return IsZero(_x);
        }

        /// <summary>Overwrites everything but the constants.</summary>
        internal void Wipe()
        {
            Array.Clear(_x, 0, LimbCount);
            Array.Clear(_y, 0, LimbCount);
            Array.Clear(_z, 0, LimbCount);
            Array.Clear(_t, 0, LimbCount);
            Array.Clear(_e, 0, LimbCount);
            Array.Clear(_f, 0, LimbCount);
            Array.Clear(_g, 0, LimbCount);
            Array.Clear(_h, 0, LimbCount);
            Array.Clear(_sum, 0, LimbCount);
            Array.Clear(_difference, 0, LimbCount);
            Array.Clear(_twiceZ, 0, LimbCount);
            Array.Clear(_product, 0, LimbCount);
            CryptoBytes.Wipe(_bytes);
            Array.Clear(_table, 0, _table.Length);
        }

        // Becomes twice itself: E = (X+Y)^2 - A - B, G = B - A, F = G - 2 Z^2, H = -A - B for A = X^2 and B = Y^2.
        private void Double(bool needsT)
        {
            long[] e = _e, f = _f, g = _g, h = _h;
            Add(e, _x, _y);
            Field25519.Square(e, e, 1);
            Field25519.Square(g, _x, 1);
            Field25519.Square(h, _y, 1);
            Field25519.Square(f, _z, 1);
            for (int i = 0; i < LimbCount; i++)
            {
                long a = g[i], b = h[i];
                e[i] -= a + b;
                h[i] = -a - b;
                b -= a;
                g[i] = b;
                f[i] = b - (f[i] << 1);
            }

            MultiplyOut(needsT);
        }

        // Becomes the sum of itself and the point to add.
        private void AddSelected(bool needsT)
        {
            long[] e = _e, f = _f, g = _g, h = _h;
            Subtract(e, _y, _x);
            Add(h, _y, _x);
            Field25519.Multiply(e, e, _difference);
            Field25519.Multiply(h, h, _sum);
            Field25519.Multiply(f, _t, _product);
            Field25519.Multiply(g, _z, _twiceZ);
            for (int i = 0; i < LimbCount; i++)
            {
                long a = e[i], b = h[i];
                e[i] = b - a;
                h[i] = b + a;
                a = f[i];
                b = g[i];
                f[i] = b - a;
                g[i] = b + a;
            }

            MultiplyOut(needsT);
        }

        private void MultiplyOut(bool needsT)
        {
            Field25519.Multiply(_x, _e, _f);
            Field25519.Multiply(_y, _g, _h);
            Field25519.Multiply(_z, _f, _g);
            if (needsT)
            {
                Field25519.Multiply(_t, _e, _h);
            }
        }

        // The point as one to add.
        private void SelectSelf()
        {
            Add(_sum, _y, _x);
            Subtract(_difference, _y, _x);
            Add(_twiceZ, _z, _z);
            LoadConstant(_e, 0);
            Add(_e, _e, _e);
            Field25519.Multiply(_product, _t, _e);
        }

        private void SetFromAffine()
        {
            SetOne(_z);
            Field25519.Multiply(_t, _x, _y);
        }

        // x = u v^3 (u v^7)^((p - 5) / 8) for u in e and v in f, RFC 8032 section 5.1.3; g, h, t and sum are scratch.
        private void FindRoot()
        {
            Field25519.Square(_g, _f, 1);
            Field25519.Multiply(_g, _g, _f);
            Field25519.Square(_h, _g, 1);
            Field25519.Multiply(_h, _h, _f);
            Field25519.Multiply(_g, _g, _e);
            Field25519.Multiply(_h, _h, _e);
            Field25519.RaiseMost(_x, _h, _t, _sum, _difference);
            Field25519.Square(_x, _x, 2);
            Field25519.Multiply(_x, _x, _h);
            Field25519.Multiply(_x, _x, _g);
        }

        private void LoadConstant(long[] f, int number)
        {
            Array.Copy(_constants, 32 * number, _bytes, 0, 32);
            Field25519.Load(f, _bytes);
        }

        // Not in constant time, except for finding out.
        private bool IsZero(long[] f)
        {
            // A sum or difference is made a result first: only that has one representative below 2^255 - 19.
            SetOne(_product);
            Field25519.Multiply(_product, f, _product);
            Field25519.Store(_bytes, _product);
            int any = 0;
            for (int i = 0; i < 32; i++)
            {
                any |= _bytes[i];
            }

            return any == 0;
        }

        private static void SetOne(long[] f)
        {
            Array.Clear(f, 0, LimbCount);
            f[0] = 1;
        }

        private static void Add(long[] h, long[] f, long[] g)
        {
            for (int i = 0; i < LimbCount; i++)
            {
                h[i] = f[i] + g[i];
            }
        }

        private static void Subtract(long[] h, long[] f, long[] g)
        {
            for (int i = 0; i < LimbCount; i++)
            {
                h[i] = f[i] - g[i];
            }
        }

        private static void Negate(long[] f)
        {
            for (int i = 0; i < LimbCount; i++)
            {
                f[i] = -f[i];
            }
        }
    }
}
