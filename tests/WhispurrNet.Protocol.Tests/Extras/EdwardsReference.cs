using System.Numerics;
using System.Security.Cryptography;

namespace WhispurrNet.Protocol.Tests.Extras;

/// <summary>
/// edwards25519 over big integers, RFC 8032 section 5.1, by the affine addition law: slow, plain, and able to make what
/// no signer makes.
/// </summary>
internal static class EdwardsReference
{
    public static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    public static readonly BigInteger L =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    public static readonly BigInteger D = Mod(-121665 * Invert(121666));

    public static readonly (BigInteger X, BigInteger Y) Base = Decode(4 * Invert(5) % P, 0);

    public static readonly (BigInteger X, BigInteger Y) Neutral = (0, 1);

    /// <summary>A point of order 8, from which the seven others of small order follow.</summary>
    public static readonly (BigInteger X, BigInteger Y) Torsion = FindTorsion();

    public static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        BigInteger product = D * a.X % P * b.X % P * a.Y % P * b.Y % P;
        return (Mod(((a.X * b.Y) + (a.Y * b.X)) * Invert(1 + product)), Mod(((a.Y * b.Y) + (a.X * b.X)) * Invert(1 - product)));
    }

    public static (BigInteger X, BigInteger Y) Multiply(BigInteger scalar, (BigInteger X, BigInteger Y) point)
    {
        var result = Neutral;
        for (; scalar > 0; scalar >>= 1)
        {
            if (!scalar.IsEven)
            {
                result = Add(result, point);
            }

            point = Add(point, point);
        }

        return result;
    }

    public static byte[] Encode((BigInteger X, BigInteger Y) point)
    {
        return Bytes(point.Y + (point.X.IsEven ? 0 : BigInteger.Pow(2, 255)));
    }

    /// <summary>The x that goes with a y, or nothing.</summary>
    public static (BigInteger X, BigInteger Y) Decode(BigInteger y, int sign)
    {
        BigInteger square = Mod(((y * y) - 1) * Invert((D * y * y) + 1));
        BigInteger x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (x * x % P != square)
        {
            x = x * BigInteger.ModPow(2, (P - 1) / 4, P) % P;
        }

        if (x * x % P != square)
        {
            throw new ArgumentException("No point has this y.");
        }

        return ((int)(x & 1) == sign ? x : Mod(-x), y);
    }

    public static BigInteger Hash(params byte[][] parts)
    {
        return Number(SHA512.HashData([.. parts.SelectMany(part => part)])) % L;
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static (BigInteger X, BigInteger Y) FindTorsion()
    {
        for (BigInteger y = 2; ; y++)
        {
            try
            {
                var point = Multiply(L, Decode(y, 0));
                if (Multiply(4, point) != Neutral)
                {
                    return point;
                }
            }
            catch (ArgumentException)
            {
                // Half of all y have no point.
            }
        }
    }

    private static BigInteger Invert(BigInteger a) => BigInteger.ModPow(Mod(a), P - 2, P);

    private static BigInteger Mod(BigInteger a) => ((a % P) + P) % P;
}
