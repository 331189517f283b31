using System.Numerics;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Protocol.Tests.Crypto;
using WhispurrNet.Protocol.Tests.Extras;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Curve25519;

/// <summary>The field against big integers, with limbs as large as each operation may get.</summary>
public sealed class FieldElementTests
{
    private const ulong ResultLimb = (1UL << 51) + (1UL << 18) - 1;
    private const ulong LooseLimb = (1UL << 54) - 1;

    private static readonly BigInteger s_p = EdwardsReference.P;

    [Fact]
    public void ProductsTakeTheLargestLimbs()
    {
        foreach (FieldElement a in Elements(LooseLimb))
        {
            foreach (FieldElement b in Elements(LooseLimb))
            {
                FieldElement.Multiply(out FieldElement product, a, b);
                AssertResult(Number(a) * Number(b), product);
            }

            FieldElement.Square(out FieldElement square, a);
            AssertResult(Number(a) * Number(a), square);
            FieldElement.MultiplySmall(out FieldElement small, a, 121665);
            Assert.Equal(Number(a) * 121665 % s_p, Number(small) % s_p);
        }
    }

    [Fact]
    public void SumsAndDifferencesOfResultsMayBeMultiplied()
    {
        foreach (FieldElement a in Elements(ResultLimb))
        {
            foreach (FieldElement b in Elements(ResultLimb))
            {
                FieldElement.Add(out FieldElement sum, a, b);
                Assert.Equal(Number(a) + Number(b), Number(sum));
                FieldElement.Subtract(out FieldElement difference, a, b);
                Assert.Equal((Number(a) - Number(b) + (2 * s_p)) % s_p, Number(difference) % s_p);
                AssertBelow(LooseLimb, difference);
                FieldElement.Add(out sum, sum, difference);
                AssertBelow(LooseLimb, sum);
            }

            FieldElement.Negate(out FieldElement negative, a);
            AssertResult((2 * s_p) - (Number(a) % s_p), negative);
        }
    }

    [Fact]
    public void EveryNumberHasOneEncoding()
    {
        foreach (BigInteger n in new[] { 0, 1, 18, 19, s_p - 1, s_p, s_p + 1, s_p + 18, (BigInteger.One << 255) - 1 })
        {
            FieldElement element = FieldElement.Load(EdwardsReference.Bytes(n));
            Assert.Equal(n, Number(element));
            Assert.Equal(EdwardsReference.Bytes(n % s_p), Stored(element));
            Assert.Equal(n % s_p == 0, element.IsZero());
        }

        foreach (FieldElement a in Elements((1UL << 62) - 1))
        {
            Assert.Equal(EdwardsReference.Bytes(Number(a) % s_p), Stored(a));
        }

        FieldElement twice = new(0xFFFFFFFFFFFDA, 0xFFFFFFFFFFFFE, 0xFFFFFFFFFFFFE, 0xFFFFFFFFFFFFE, 0xFFFFFFFFFFFFE);
        Assert.True(twice.IsZero());
    }

    [Fact]
    public void InversesAndRootsFollowTheirExponents()
    {
        foreach (FieldElement a in Elements(ResultLimb))
        {
            BigInteger number = Number(a);
            FieldElement.Invert(out FieldElement inverse, a);
            AssertResult(BigInteger.ModPow(number, s_p - 2, s_p), inverse);
            FieldElement.RaiseForRoot(out FieldElement power, a);
            AssertResult(BigInteger.ModPow(number, (s_p - 5) / 8, s_p), power);
            FieldElement self = a;
            FieldElement.RaiseForRoot(out self, self);
            AssertResult(BigInteger.ModPow(number, (s_p - 5) / 8, s_p), self);
        }
    }

    [Fact]
    public void ASwapHappensUnderAMaskOfOnes()
    {
        FieldElement a = new(1, 2, 3, 4, 5), b = new(6, 7, 8, 9, 10);
        FieldElement.Swap(0, ref a, ref b);
        Assert.Equal((1UL, 10UL), (a.L0, b.L4));
        FieldElement.Swap(ulong.MaxValue, ref a, ref b);
        Assert.Equal((6UL, 10UL, 1UL, 5UL), (a.L0, a.L4, b.L0, b.L4));
    }

    private static IEnumerable<FieldElement> Elements(ulong largest)
    {
        yield return default;
        yield return FieldElement.One;
        yield return new FieldElement(largest, largest, largest, largest, largest);
        yield return new FieldElement(largest, 0, 0, 0, largest);
        yield return new FieldElement(0, 0, 0, 0, largest);
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            yield return new FieldElement(Limb(), Limb(), Limb(), Limb(), Limb());
        }

        ulong Limb() => (ulong)random.NextInt64((long)largest + 1);
    }

    private static BigInteger Number(in FieldElement a) =>
        a.L0 + ((BigInteger)a.L1 << 51) + ((BigInteger)a.L2 << 102) + ((BigInteger)a.L3 << 153)
        + ((BigInteger)a.L4 << 204);

    private static void AssertResult(BigInteger expected, in FieldElement actual)
    {
        Assert.Equal(expected % s_p, Number(actual) % s_p);
        AssertBelow(ResultLimb, actual);
    }

    private static void AssertBelow(ulong largest, in FieldElement a) =>
        Assert.True(Math.Max(Math.Max(Math.Max(a.L0, a.L1), Math.Max(a.L2, a.L3)), a.L4) <= largest);

    private static byte[] Stored(in FieldElement a)
    {
        var bytes = new byte[32];
        a.Store(bytes);
        return bytes;
    }
}
