using WhispurrNet.Protocol.Crypto;
using Xunit;
using Oracle = Org.BouncyCastle.Math.EC.Rfc7748.X25519;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>X25519 against another implementation, and its edges.</summary>
public class X25519PropertyTests
{
    /// <summary>
    /// Encodings of the points of order 1, 2, 4 and 8 on the curve and its twist, the non-canonical ones included:
    /// 0, 1, the two of order 8, p - 1, p and p + 1.
    /// </summary>
    public static TheoryData<string> SmallOrderPoints =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Fact]
    public void AgreesOnRandomInputs()
    {
        var sample = new Sample(1);
        var curve = new X25519();
        for (int i = 0; i < 400; i++)
        {
            Check(curve, sample.Bytes(32), sample.Bytes(32));
        }
    }

    /// <summary>Long runs of ones and zeros drive the limbs to their bounds; points from p up are among them.</summary>
    [Fact]
    public void AgreesAtTheExtremes()
    {
        var sample = new Sample(2);
        var curve = new X25519();
        for (int i = 0; i < 400; i++)
        {
            byte[] point = new byte[32], scalar = new byte[32];
            foreach (byte[] target in new[] { point, scalar })
            {
                Array.Fill(target, sample.Below(2) == 0 ? (byte)0 : (byte)0xFF);
                for (int changed = sample.Below(4); changed > 0; changed--)
                {
                    target[sample.Below(32)] = sample.Bytes(1)[0];
                }
            }

            Check(curve, scalar, point);
        }

        for (int low = 0; low < 256; low++)
        {
            byte[] point = new byte[32];
            Array.Fill(point, (byte)0xFF);
            point[0] = (byte)low;
            Check(curve, sample.Bytes(32), point);
        }
    }

    [Fact]
    public void TheBasePointAgrees()
    {
        var sample = new Sample(3);
        var curve = new X25519();
        for (int i = 0; i < 200; i++)
        {
            byte[] scalar = sample.Bytes(32), result = new byte[32], expected = new byte[32];
            curve.ScalarMultiplyBase(scalar, result);
            Oracle.ScalarMultBase(scalar, 0, expected, 0);
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void BothSidesGetOneSecret()
    {
        var sample = new Sample(4);
        var curve = new X25519();
        for (int i = 0; i < 50; i++)
        {
            byte[] a = sample.Bytes(32), b = sample.Bytes(32);
            byte[] publicA = new byte[32], publicB = new byte[32], sharedA = new byte[32], sharedB = new byte[32];
            curve.ScalarMultiplyBase(a, publicA);
            curve.ScalarMultiplyBase(b, publicB);
            Assert.True(curve.ScalarMultiply(a, publicB, sharedA));
            Assert.True(curve.ScalarMultiply(b, publicA, sharedB));
            Assert.Equal(sharedA, sharedB);
        }
    }

    [Theory]
    [MemberData(nameof(SmallOrderPoints))]
    public void APointOfSmallOrderIsReported(string point)
    {
        var result = new byte[32];

        Assert.False(new X25519().ScalarMultiply(new Sample(5).Bytes(32), Convert.FromHexString(point), result));
        Assert.Equal(new byte[32], result);
    }

    [Fact]
    public void TheTopBitOfAPointIsIgnored()
    {
        byte[] scalar = new Sample(6).Bytes(32), point = new Sample(7).Bytes(32);
        byte[] first = new byte[32], second = new byte[32];
        var curve = new X25519();
        curve.ScalarMultiply(scalar, point, first);
        point[31] ^= 0x80;
        curve.ScalarMultiply(scalar, point, second);

        Assert.Equal(first, second);
    }

    [Fact]
    public void TheResultMayOverwriteAnInputAndInputsStayOtherwise()
    {
        byte[] scalar = new Sample(8).Bytes(32), point = new Sample(9).Bytes(32), expected = new byte[32];
        byte[] scalarBefore = (byte[])scalar.Clone(), pointBefore = (byte[])point.Clone();
        var curve = new X25519();
        curve.ScalarMultiply(scalar, point, expected);
        Assert.Equal(scalarBefore, scalar);
        Assert.Equal(pointBefore, point);

        curve.ScalarMultiply(scalar, point, point);
        Assert.Equal(expected, point);
        curve.ScalarMultiply(scalar, pointBefore, scalar);
        Assert.Equal(expected, scalar);
    }

    [Fact]
    public void WrongSizesThrow()
    {
        var curve = new X25519();
        byte[] right = new byte[32], wrong = new byte[31];
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.ScalarMultiply(wrong, right, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.ScalarMultiply(right, wrong, right));
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.ScalarMultiply(right, right, wrong));
        Assert.Throws<ArgumentNullException>(() => curve.ScalarMultiplyBase(right, null));
    }

    private static void Check(X25519 curve, byte[] scalar, byte[] point)
    {
        byte[] result = new byte[32], expected = new byte[32];
        bool contributory = curve.ScalarMultiply(scalar, point, result);
        Oracle.ScalarMult(scalar, 0, point, 0, expected, 0);
        Assert.Equal(expected, result);
        Assert.Equal(expected.Any(b => b != 0), contributory);
    }
}
