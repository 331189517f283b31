using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WhispurrNet.Desk.Crypto.Curve25519;

/// <summary>
/// The X25519 function, RFC 7748 section 5, in 64-bit arithmetic. Runs in constant time, allocates nothing, and leaves no
/// key on the stack. Thread-safe: there is no state.
/// </summary>
public static class DeskX25519
{
    /// <summary>Size of scalars, points and results in bytes.</summary>
    public const int KeySize = 32;

    // (A - 2) / 4 for the curve's A of 486662.
    private const uint LadderConstant = 121665;

    /// <summary>Multiplies a point by a scalar.</summary>
    /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
    /// <param name="point">32 bytes, the other side's public key; the top bit is ignored.</param>
    /// <param name="result">Receives 32 bytes; may be one of the inputs.</param>
    /// <returns>
    /// False when the result is all zero: the point has small order and the result is no secret, RFC 7748 section 6.1.
    /// </returns>
    /// <exception cref="ArgumentException">A buffer is not 32 bytes.</exception>
    [SkipLocalsInit]
    public static bool ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        CheckSize(scalar, nameof(scalar));
        CheckSize(point, nameof(point));
        CheckSize(result, nameof(result));
        Span<byte> clamped = stackalloc byte[KeySize];
        Clamp(scalar, clamped);
        FieldElement x = FieldElement.Load(point);
        Ladder ladder = default;
        RunLadder(ref ladder, clamped, x);
        FieldElement.Invert(out ladder.Z2, ladder.Z2);
        FieldElement.Multiply(out ladder.X2, ladder.X2, ladder.Z2);
        ladder.X2.Store(result);
        ladder.Wipe();
        CryptographicOperations.ZeroMemory(clamped);
        return IsSecret(result);
    }

    /// <summary>Multiplies the base point 9 by a scalar, from a table: the public key that belongs to a private key.</summary>
    /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
    /// <param name="result">Receives 32 bytes; may be the scalar.</param>
    /// <exception cref="ArgumentException">A buffer is not 32 bytes.</exception>
    public static void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result)
    {
        CheckSize(scalar, nameof(scalar));
        CheckSize(result, nameof(result));
        Span<byte> clamped = stackalloc byte[KeySize];
        Clamp(scalar, clamped);
        BasePointTable.Multiply(clamped, out EdwardsPoint point);

        // The point's u on the Montgomery curve, RFC 7748 section 4.1.
        FieldElement.Subtract(out point.X, point.Z, point.Y);
        FieldElement.Add(out point.Y, point.Z, point.Y);
        FieldElement.Invert(out point.X, point.X);
        FieldElement.Multiply(out point.X, point.X, point.Y);
        point.X.Store(result);
        point.Wipe();
        CryptographicOperations.ZeroMemory(clamped);
    }

    private static void Clamp(ReadOnlySpan<byte> scalar, Span<byte> clamped)
    {
        scalar.CopyTo(clamped);
        clamped[0] &= 0xF8;
        clamped[31] = (byte)((clamped[31] & 0x7F) | 0x40);
    }

    // RFC 7748 section 5. The two points change places by masks, and only where one bit differs from the last.
    private static void RunLadder(ref Ladder ladder, ReadOnlySpan<byte> scalar, in FieldElement x)
    {
        ladder.X2 = FieldElement.One;
        ladder.Z2 = default;
        ladder.X3 = x;
        ladder.Z3 = FieldElement.One;
        ulong last = 0;
        for (int bit = 254; bit >= 0; bit--)
        {
            ulong now = (ulong)(scalar[bit >> 3] >> (bit & 7)) & 1;
            ulong mask = 0UL - (now ^ last);
            last = now;
            FieldElement.Swap(mask, ref ladder.X2, ref ladder.X3);
            FieldElement.Swap(mask, ref ladder.Z2, ref ladder.Z3);
            Step(ref ladder, x);
        }

        // The last bits of a clamped scalar are zero, so there is nothing left to exchange.
    }

    private static void Step(ref Ladder ladder, in FieldElement x)
    {
        FieldElement.Add(out ladder.A, ladder.X2, ladder.Z2);
        FieldElement.Subtract(out ladder.B, ladder.X2, ladder.Z2);
        FieldElement.Add(out ladder.C, ladder.X3, ladder.Z3);
        FieldElement.Subtract(out ladder.D, ladder.X3, ladder.Z3);
        FieldElement.Multiply(out ladder.D, ladder.D, ladder.A);
        FieldElement.Multiply(out ladder.C, ladder.C, ladder.B);
        FieldElement.Square(out ladder.A, ladder.A);
        FieldElement.Square(out ladder.B, ladder.B);
        FieldElement.Add(out ladder.X3, ladder.D, ladder.C);
        FieldElement.Subtract(out ladder.Z3, ladder.D, ladder.C);
        FieldElement.Square(out ladder.X3, ladder.X3);
        FieldElement.Square(out ladder.Z3, ladder.Z3);
        FieldElement.Multiply(out ladder.Z3, ladder.Z3, x);
        FieldElement.Multiply(out ladder.X2, ladder.A, ladder.B);
        FieldElement.Subtract(out ladder.B, ladder.A, ladder.B);
        FieldElement.MultiplySmall(out ladder.C, ladder.B, LadderConstant);
        FieldElement.Add(out ladder.C, ladder.C, ladder.A);
        FieldElement.Multiply(out ladder.Z2, ladder.B, ladder.C);
    }

    private static bool IsSecret(ReadOnlySpan<byte> result)
    {
        int any = 0;
        foreach (byte b in result)
        {
            any |= b;
        }

        return any != 0;
    }

    private static void CheckSize(ReadOnlySpan<byte> buffer, string name)
    {
        if (buffer.Length != KeySize)
        {
            throw new ArgumentException("Scalars, points and results have 32 bytes.", name);
        }
    }

    // Two points, x = X / Z, and what a step needs besides: in one place, so that all of it can be wiped.
    private struct Ladder
    {
        internal FieldElement X2, Z2, X3, Z3, A, B, C, D;

        internal void Wipe() =>
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Ladder>(ref this)));
    }
}
