using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Curve25519;

// Extended coordinates (Hisil, Wong, Carter, Dawson 2008): x = X/Z, y = Y/Z, T = X Y / Z, with the complete formulas for
// a = -1, so that no case needs a branch. T is left out where nobody will look at it: a doubling does not read it.
//
// Sizes: coordinates are results of products, so that a sum or difference of two stays below 2^53, and F of a doubling, a
// sum with one more, below 2^54: what a product takes.

/// <summary>A point to be added: Y+X, Y-X, 2 Z and 2 d T.</summary>
internal struct CachedPoint
{
    internal FieldElement Sum, Difference, TwiceZ, Product;
}

/// <summary>A point to be added whose Z is one: y+x, y-x and 2 d x y.</summary>
internal struct AffinePoint
{
    internal FieldElement Sum, Difference, Product;
}

/// <summary>A point of edwards25519, RFC 8032 section 5.1, that changes in place.</summary>
internal struct EdwardsPoint
{
    internal FieldElement X, Y, Z, T;

    /// <summary>The neutral element.</summary>
    internal static EdwardsPoint Neutral => new() { Y = FieldElement.One, Z = FieldElement.One };

    /// <summary>2 d, of the curve's equation.</summary>
    internal static FieldElement TwiceD
    {
        get
        {
            FieldElement d = FieldElement.Load(Constants.D);
            FieldElement.Add(out FieldElement twice, d, d);
            return twice;
        }
    }

    /// <summary>The base point B.</summary>
    internal static EdwardsPoint Base
    {
        get
        {
            var point = new EdwardsPoint
            {
                X = FieldElement.Load(Constants.BaseX),
                Y = FieldElement.Load(Constants.BaseY),
                Z = FieldElement.One,
            };
            FieldElement.Multiply(out point.T, point.X, point.Y);
            return point;
        }
    }

    /// <summary>The point that 32 bytes encode, RFC 8032 section 5.1.3. Not in constant time.</summary>
    /// <returns>False when the encoding is not the only one of its point, or none.</returns>
    internal static bool TryDecode(ReadOnlySpan<byte> encoded, out EdwardsPoint point)
    {
        point = default;
        int sign = encoded[31] >> 7;
        point.Y = FieldElement.Load(encoded);
        Span<byte> bytes = stackalloc byte[FieldElement.Size];
        point.Y.Store(bytes);
        bytes[31] |= (byte)(sign << 7);
        if (!encoded.SequenceEqual(bytes))
        {
            return false;
        }

        // x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1; x is u v^3 (u v^7)^((p - 5) / 8) or that times a root of -1.
        point.Z = FieldElement.One;
        FieldElement.Square(out FieldElement u, point.Y);
        FieldElement.Multiply(out FieldElement v, u, FieldElement.Load(Constants.D));
        FieldElement.Subtract(out u, u, point.Z);
        FieldElement.Add(out v, v, point.Z);
        FieldElement.Square(out FieldElement v3, v);
        FieldElement.Multiply(out v3, v3, v);
        FieldElement.Square(out FieldElement v7, v3);
        FieldElement.Multiply(out v7, v7, v);
        FieldElement.Multiply(out FieldElement uv3, u, v3);
        FieldElement.Multiply(out FieldElement uv7, u, v7);
        FieldElement.RaiseForRoot(out point.X, uv7);
        FieldElement.Multiply(out point.X, point.X, uv3);
        FieldElement.Square(out FieldElement check, point.X);
        FieldElement.Multiply(out check, check, v);

        // A result again, which differences ask for.
        FieldElement.Multiply(out u, u, point.Z);
        FieldElement.Subtract(out FieldElement difference, check, u);
        if (!difference.IsZero())
        {
            FieldElement.Add(out difference, check, u);
            if (!difference.IsZero())
            {
                return false;
            }

            FieldElement.Multiply(out point.X, point.X, FieldElement.Load(Constants.RootOfMinusOne));
        }

        point.X.Store(bytes);
        if ((bytes[0] & 1) != sign)
        {
            if (point.X.IsZero())
            {
                return false;
            }

            FieldElement.Negate(out point.X, point.X);
        }

        FieldElement.Multiply(out point.T, point.X, point.Y);
        return true;
    }

    /// <summary>Writes the point's encoding, RFC 8032 section 5.1.2.</summary>
    internal readonly void Encode(Span<byte> encoded)
    {
        FieldElement.Invert(out FieldElement inverse, Z);
        FieldElement.Multiply(out FieldElement x, X, inverse);
        FieldElement.Multiply(out FieldElement y, Y, inverse);
        Span<byte> bytes = stackalloc byte[FieldElement.Size];
        x.Store(bytes);
        int sign = bytes[0] & 1;
        y.Store(encoded);
        encoded[31] |= (byte)(sign << 7);
    }

    /// <summary>Whether the order divides 8. The point is eight times what it was afterwards.</summary>
    internal bool IsOfSmallOrder()
    {
        Double(false);
        Double(false);
        Double(false);

        // What is left lies in the group of order L, where only the neutral element has x = 0.
        return X.IsZero();
    }

    /// <summary>Becomes its negative.</summary>
    internal void Negate()
    {
        FieldElement.Negate(out X, X);
        FieldElement.Negate(out T, T);
    }

    /// <summary>Becomes twice itself.</summary>
    internal void Double(bool needsT)
    {
        FieldElement.Square(out FieldElement a, X);
        FieldElement.Square(out FieldElement b, Y);
        FieldElement.Square(out FieldElement c, Z);
        FieldElement.Add(out FieldElement e, X, Y);
        FieldElement.Square(out e, e);
        FieldElement.Add(out FieldElement h, a, b);
        FieldElement.Subtract(out e, h, e);
        FieldElement.Subtract(out FieldElement g, a, b);
        FieldElement.Add(out FieldElement f, c, c);
        FieldElement.Add(out f, f, g);
        SetFrom(e, f, g, h, needsT);
    }

    /// <summary>Becomes the sum of itself and a point, or the difference when that is to be subtracted (public).</summary>
    internal void Add(in CachedPoint point, bool subtract, bool needsT)
    {
        FieldElement.Subtract(out FieldElement a, Y, X);
        FieldElement.Add(out FieldElement b, Y, X);
        FieldElement.Multiply(out a, a, subtract ? point.Sum : point.Difference);
        FieldElement.Multiply(out b, b, subtract ? point.Difference : point.Sum);
        FieldElement.Multiply(out FieldElement c, T, point.Product);
        FieldElement.Multiply(out FieldElement d, Z, point.TwiceZ);
        SetFromSums(a, b, c, d, subtract, needsT);
    }

    /// <summary>The same with a point whose Z is one.</summary>
    internal void Add(in AffinePoint point, bool subtract, bool needsT)
    {
        FieldElement.Subtract(out FieldElement a, Y, X);
        FieldElement.Add(out FieldElement b, Y, X);
        FieldElement.Multiply(out a, a, subtract ? point.Sum : point.Difference);
        FieldElement.Multiply(out b, b, subtract ? point.Difference : point.Sum);
        FieldElement.Multiply(out FieldElement c, T, point.Product);
        FieldElement.Add(out FieldElement d, Z, Z);
        SetFromSums(a, b, c, d, subtract, needsT);
    }

    /// <summary>The point as one to add.</summary>
    internal readonly void Cache(out CachedPoint cached)
    {
        FieldElement.Add(out cached.Sum, Y, X);
        FieldElement.Subtract(out cached.Difference, Y, X);
        FieldElement.Add(out cached.TwiceZ, Z, Z);
        FieldElement.Multiply(out cached.Product, T, TwiceD);
    }

    /// <summary>Overwrites the point.</summary>
    internal void Wipe() =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<EdwardsPoint>(ref this)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetFromSums(
        in FieldElement a, in FieldElement b, in FieldElement c, in FieldElement d, bool subtract, bool needsT)
    {
        FieldElement.Subtract(out FieldElement e, b, a);
        FieldElement.Add(out FieldElement h, b, a);
        FieldElement.Subtract(out FieldElement less, d, c);
        FieldElement.Add(out FieldElement more, d, c);
        if (subtract)
        {
            SetFrom(e, more, less, h, needsT);
        }
        else
        {
            SetFrom(e, less, more, h, needsT);
        }
    }

    private void SetFrom(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h, bool needsT)
    {
        FieldElement.Multiply(out X, e, f);
        FieldElement.Multiply(out Y, g, h);
        FieldElement.Multiply(out Z, f, g);
        if (needsT)
        {
            FieldElement.Multiply(out T, e, h);
        }
    }

    // RFC 8032 section 5.1.
    private static class Constants
    {
        internal static ReadOnlySpan<byte> D =>
        [
            0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
            0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52,
        ];

        internal static ReadOnlySpan<byte> RootOfMinusOne =>
        [
            0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
            0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b,
        ];

        internal static ReadOnlySpan<byte> BaseX =>
        [
            0x1a, 0xd5, 0x25, 0x8f, 0x60, 0x2d, 0x56, 0xc9, 0xb2, 0xa7, 0x25, 0x95, 0x60, 0xc7, 0x2c, 0x69,
            0x5c, 0xdc, 0xd6, 0xfd, 0x31, 0xe2, 0xa4, 0xc0, 0xfe, 0x53, 0x6e, 0xcd, 0xd3, 0x36, 0x69, 0x21,
        ];

        internal static ReadOnlySpan<byte> BaseY =>
        [
            0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
            0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        ];
    }
}
