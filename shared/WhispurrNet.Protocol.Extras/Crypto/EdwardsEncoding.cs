using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // Reading takes a square root and writing an inversion, which have most of their squarings in common: Field25519 does those.
    // Constants are literals: they stay in flash.
    //
    // IL: 114,669 to read a point, 105,175 to write one.

    /// <summary>Reads and writes the encodings of points, RFC 8032 sections 5.1.2 and 5.1.3.</summary>
    internal sealed class EdwardsEncoding
    {
        private readonly long[] _scratch = new long[Field25519.LimbCount];
        private readonly byte[] _bytes = new byte[32];

        /// <summary>Makes a point what 32 bytes encode, T included. Not in constant time.</summary>
        /// <returns>False when the encoding is not the only one of its point, or none.</returns>
        internal bool Decode(EdwardsPoint point, byte[] encoded, int offset)
        {
            long[] x = point.X, y = point.Y, e = point.E, f = point.F, g = point.G, h = point.H;
            Array.Copy(encoded, offset, _bytes, 0, 32);
            int sign = _bytes[31] >> 7;
            Field25519.Load(y, _bytes);
            Field25519.Store(_bytes, y);
            _bytes[31] |= (byte)(sign << 7);
            if (!CryptoBytes.ConstantTimeEquals(encoded, offset, _bytes, 0, 32))
            {
                return false;
            }

            // x^2 = u / v with u = y^2 - 1 in e and v = d y^2 + 1 in f.
            LoadD(g);
            Field25519.Square(e, y, 1);
            Field25519.Multiply(f, e, g);
            e[0]--;
            f[0]++;
            FindRoot(point);

            // v x^2 is u, or -u and the root of -1 is missing, or there is no root.
            Field25519.Square(g, x, 1);
            Field25519.Multiply(g, g, f);
            Field25519.AddSubtract(g, h, g, e);
            if (!IsZero(h))
            {
                if (!IsZero(g))
                {
                    return false;
                }

                Field25519.Load(h, 0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b);
                Field25519.Multiply(x, x, h);
            }

            Field25519.Store(_bytes, x);
            if ((_bytes[0] & 1) != sign)
            {
                if (IsZero(x))
                {
                    return false;
                }

                Negate(x);
            }

            SetOne(point.Z);
            Field25519.Multiply(point.T, x, y);
            return true;
        }

        /// <summary>Writes a point's encoding in constant time. The point's scratch is overwritten.</summary>
        internal void Encode(EdwardsPoint point, byte[] encoded, int offset)
        {
            Field25519.Invert(point.E, point.Z, point.F, point.G, point.H);
            Field25519.Multiply(point.F, point.Y, point.E);
            Field25519.Multiply(point.G, point.X, point.E);
            Field25519.Store(_bytes, point.G);
            int sign = _bytes[0] & 1;
            Field25519.Store(_bytes, point.F);
            _bytes[31] |= (byte)(sign << 7);
            Array.Copy(_bytes, 0, encoded, offset, 32);
        }

        /// <summary>Whether a point's order divides 8. It is eight times what it was afterwards. Not in constant time.</summary>
        internal bool IsOfSmallOrder(EdwardsPoint point)
        {
            point.Double(false);
            point.Double(false);
            point.Double(false);

            // What is left lies in the group of order L, where only the neutral element has x = 0.
            return IsZero(point.X);
        }

        /// <summary>f = -f.</summary>
        internal static void Negate(long[] f)
        {
            for (int i = 0; i < Field25519.LimbCount; i++)
            {
                f[i] = -f[i];
            }
        }

        /// <summary>f = d, the constant of the curve's equation, RFC 8032 section 5.1.</summary>
        internal static void LoadD(long[] f)
        {
            Field25519.Load(f, 0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73);
        }

        /// <summary>Overwrites the scratch space.</summary>
        internal void Wipe()
        {
            Array.Clear(_scratch, 0, _scratch.Length);
            CryptoBytes.Wipe(_bytes);
        }

        // x = u v^3 (u v^7)^((p - 5) / 8) for u in e and v in f, RFC 8032 section 5.1.3; g, h, Z and T are scratch.
        private void FindRoot(EdwardsPoint point)
        {
            long[] x = point.X, e = point.E, f = point.F, g = point.G, h = point.H;
            Field25519.Square(g, f, 1);
            Field25519.Multiply(g, g, f);
            Field25519.Square(h, g, 1);
            Field25519.Multiply(h, h, f);
            Field25519.Multiply(g, g, e);
            Field25519.Multiply(h, h, e);
            Field25519.RaiseMost(x, h, point.T, point.Z, _scratch);
            Field25519.Square(x, x, 2);
            Field25519.Multiply(x, x, h);
            Field25519.Multiply(x, x, g);
        }

        // Not in constant time, except for finding out.
        private bool IsZero(long[] f)
        {
            // A sum or difference is made a result first: only that has one representative below 2^255 - 19.
            SetOne(_scratch);
            Field25519.Multiply(_scratch, f, _scratch);
            Field25519.Store(_bytes, _scratch);
            ulong any = 0;
            for (int i = 0; i < 32; i += 8)
            {
                any |= BitConverter.ToUInt64(_bytes, i);
            }

            return any == 0;
        }

        private static void SetOne(long[] f)
        {
            Array.Clear(f, 0, f.Length);
            f[0] = 1;
        }
    }
}
