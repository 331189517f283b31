using WhispurrNet.Protocol.Crypto;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Crypto;

/// <summary>Comparison and range checks.</summary>
public class CryptoBytesTests
{
    [Fact]
    public void EqualityIsThatOfTheRanges()
    {
        byte[] a = [9, 1, 2, 3, 9], b = [1, 2, 3];
        Assert.True(CryptoBytes.ConstantTimeEquals(a, 1, b, 0, 3));
        Assert.False(CryptoBytes.ConstantTimeEquals(a, 0, b, 0, 3));
        Assert.True(CryptoBytes.ConstantTimeEquals(a, 5, b, 3, 0));
        for (int bit = 0; bit < 24; bit++)
        {
            b[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(CryptoBytes.ConstantTimeEquals(a, 1, b, 0, 3));
            b[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 5)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(1, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, int.MinValue)]
    public void ARangeOutsideItsBufferThrows(int offset, int count)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CryptoBytes.Wipe(new byte[4], offset, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sha256().Update(new byte[4], offset, count));
    }

    [Fact]
    public void ANullBufferThrows()
    {
        Assert.Throws<ArgumentNullException>(() => CryptoBytes.Wipe(null, 0, 0));
        Assert.Throws<ArgumentNullException>(() => CryptoBytes.ConstantTimeEquals(null, 0, new byte[1], 0, 0));
    }
}
