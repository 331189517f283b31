using System.Numerics;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Protocol.Tests.Crypto;
using WhispurrNet.Protocol.Tests.Extras;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Curve25519;

/// <summary>Scalars against big integers.</summary>
public sealed class EdwardsScalarTests
{
    private static readonly BigInteger s_l = EdwardsReference.L;

    [Fact]
    public void WideNumbersAreReduced()
    {
        var sample = new Sample(1);
        var all = Enumerable.Range(0, 300).Select(_ => sample.Bytes(64)).ToList();
        all.Add([.. Enumerable.Repeat((byte)0xFF, 64)]);
        all.Add(new byte[64]);
        foreach (BigInteger edge in new[] { s_l - 1, s_l, s_l + 1, 2 * s_l, s_l << 250, (s_l << 258) - 1, BigInteger.One << 252 })
        {
            var wide = new byte[64];
            edge.TryWriteBytes(wide, out _, isUnsigned: true);
            all.Add(wide);
        }

        foreach (byte[] wide in all)
        {
            BigInteger expected = EdwardsReference.Number(wide) % s_l;
            EdwardsScalar.Reduce(wide, wide);
            Assert.Equal(EdwardsReference.Bytes(expected), wide[..32]);
        }
    }

    [Fact]
    public void ProductsWithASumAreReduced()
    {
        var sample = new Sample(2);
        byte[] ones = [.. Enumerable.Repeat((byte)0xFF, 32)];
        for (int i = 0; i < 300; i++)
        {
            byte[] a = i == 0 ? ones : sample.Bytes(32), b = i == 0 ? ones : sample.Bytes(32);
            byte[] c = i == 0 ? ones : sample.Bytes(32), result = new byte[32];
            EdwardsScalar.MultiplyAdd(a, b, c, result);
            BigInteger expected = (EdwardsReference.Number(a) * EdwardsReference.Number(b)) + EdwardsReference.Number(c);
            Assert.Equal(EdwardsReference.Bytes(expected % s_l), result);
        }
    }

    [Fact]
    public void OnlyScalarsBelowTheOrderAreCanonical()
    {
        Assert.True(EdwardsScalar.IsCanonical(new byte[32]));
        Assert.True(EdwardsScalar.IsCanonical(EdwardsReference.Bytes(s_l - 1)));
        Assert.False(EdwardsScalar.IsCanonical(EdwardsReference.Bytes(s_l)));
        Assert.False(EdwardsScalar.IsCanonical(EdwardsReference.Bytes(s_l + 1)));
        Assert.False(EdwardsScalar.IsCanonical(EdwardsReference.Bytes((BigInteger.One << 256) - 1)));
    }

    [Fact]
    public void EveryDigitOfTheTableIsRight()
    {
        // One digit at a time, then all of them at once. From 8 on a digit is negative and the next one more.
        var unit = EdwardsReference.Base;
        for (int row = 0; row < 63; row++)
        {
            for (int digit = 1; digit < 16; digit += row % 21 == 0 ? 1 : 7)
            {
                AssertEncodes(EdwardsReference.Multiply(digit, unit), (BigInteger)digit << (4 * row));
            }

            unit = EdwardsReference.Multiply(16, unit);
        }

        AssertMultiple(0);
        AssertMultiple((BigInteger.One << 255) - 1);
        AssertMultiple(EdwardsReference.Number(Enumerable.Repeat((byte)0x88, 31).ToArray()));
        AssertMultiple(EdwardsReference.Number(Enumerable.Repeat((byte)0x77, 32).ToArray()));
    }

    private static void AssertMultiple(BigInteger scalar) =>
        AssertEncodes(EdwardsReference.Multiply(scalar, EdwardsReference.Base), scalar);

    private static void AssertEncodes((BigInteger X, BigInteger Y) expected, BigInteger scalar)
    {
        var encoded = new byte[32];
        BasePointTable.Multiply(EdwardsReference.Bytes(scalar), out EdwardsPoint point);
        point.Encode(encoded);
        Assert.Equal(EdwardsReference.Encode(expected), encoded);
    }
}
