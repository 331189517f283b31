using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Contract;

public abstract partial class ProviderContract
{
    /// <summary>The points whose order divides 8, RFC 7748 section 6.1, with their other encodings.</summary>
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
    public void X25519Vectors()
    {
        int ran = 0;
        foreach (string[] vector in DeviceTests.Vectors.X25519Vectors.Multiply())
        {
            var result = new byte[32];
            Assert.True(provider.ScalarMultiply(
                Convert.FromHexString(vector[1]), Convert.FromHexString(vector[2]), result), vector[0]);
            Assert.Equal(vector[3], Convert.ToHexStringLower(result));
            ran++;
        }

        Assert.Equal(VectorCounts.X25519, ran);
    }

    [Fact]
    public void X25519BaseVectors()
    {
        int ran = 0;
        foreach (string[] vector in DeviceTests.Vectors.X25519Vectors.MultiplyBase())
        {
            var result = new byte[32];
            provider.ScalarMultiplyBase(Convert.FromHexString(vector[1]), result);
            Assert.Equal(vector[2], Convert.ToHexStringLower(result));
            ran++;
        }

        Assert.Equal(VectorCounts.X25519Base, ran);
    }

    [Fact]
    public void X25519IteratedVectors()
    {
        int ran = 0;
        foreach (string[] vector in DeviceTests.Vectors.X25519Vectors.Iterate())
        {
            byte[] scalar = new byte[32], point = new byte[32], result = new byte[32];
            scalar[0] = point[0] = 9;
            for (int i = int.Parse(vector[1], System.Globalization.CultureInfo.InvariantCulture); i > 0; i--)
            {
                provider.ScalarMultiply(scalar, point, result);
                scalar.CopyTo(point, 0);
                result.CopyTo(scalar, 0);
            }

            Assert.Equal(vector[2], Convert.ToHexStringLower(scalar));
            ran++;
        }

        Assert.Equal(VectorCounts.X25519Iterated, ran);
    }

    [Theory]
    [MemberData(nameof(SmallOrderPoints))]
    public void APointOfSmallOrderIsReported(string point)
    {
        byte[] result = new Sample(1).Bytes(32);

        Assert.False(provider.ScalarMultiply(new Sample(2).Bytes(32), Convert.FromHexString(point), result));
        Assert.Equal(new byte[32], result);
    }

    [Fact]
    public void TheTopBitOfAPointAndClampedBitsAreIgnored()
    {
        byte[] scalar = new Sample(3).Bytes(32), point = new Sample(4).Bytes(32);
        byte[] first = new byte[32], second = new byte[32];
        provider.ScalarMultiply(scalar, point, first);
        point[31] ^= 0x80;
        scalar[0] ^= 7;
        scalar[31] ^= 0xC0;
        provider.ScalarMultiply(scalar, point, second);
        Assert.Equal(first, second);

        provider.ScalarMultiplyBase(scalar, first);
        scalar[31] ^= 0x80;
        provider.ScalarMultiplyBase(scalar, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void TheBasePointIsNine()
    {
        var nine = new byte[32];
        nine[0] = 9;
        for (int seed = 0; seed < 20; seed++)
        {
            byte[] scalar = new Sample(seed).Bytes(32), expected = new byte[32], result = new byte[32];
            provider.ScalarMultiply(scalar, nine, expected);
            provider.ScalarMultiplyBase(scalar, result);
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void TheResultMayOverwriteAnInput()
    {
        byte[] scalar = new Sample(5).Bytes(32), point = new Sample(6).Bytes(32), expected = new byte[32];
        provider.ScalarMultiply(scalar, point, expected);
        byte[] buffer = (byte[])point.Clone();
        provider.ScalarMultiply(scalar, buffer, buffer);
        Assert.Equal(expected, buffer);
        buffer = (byte[])scalar.Clone();
        provider.ScalarMultiply(buffer, point, buffer);
        Assert.Equal(expected, buffer);

        provider.ScalarMultiplyBase(scalar, expected);
        buffer = (byte[])scalar.Clone();
        provider.ScalarMultiplyBase(buffer, buffer);
        Assert.Equal(expected, buffer);
    }

    [Theory]
    [InlineData(31, 32, 32)]
    [InlineData(32, 33, 32)]
    [InlineData(32, 32, 31)]
    public void ScalarsPointsAndResultsHave32Bytes(int scalar, int point, int result)
    {
        Assert.ThrowsAny<ArgumentException>(
            () => provider.ScalarMultiply(new byte[scalar], new byte[point], new byte[result]));
        if (point == 32)
        {
            Assert.ThrowsAny<ArgumentException>(() => provider.ScalarMultiplyBase(new byte[scalar], new byte[result]));
        }
    }
}
