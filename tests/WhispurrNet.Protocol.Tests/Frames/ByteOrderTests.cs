using System.Buffers.Binary;
using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Frames;

public class ByteOrderTests
{
    [Fact]
    public void AgreesWithThePlatformOnRandomValues()
    {
        Random random = new(4);
        byte[] ours = new byte[12];
        byte[] theirs = new byte[12];
        for (int i = 0; i < 5000; i++)
        {
            ulong value = (ulong)random.NextInt64() << (i % 2);
            ByteOrder.WriteUInt64(ours, 2, value);
            BinaryPrimitives.WriteUInt64LittleEndian(theirs.AsSpan(2), value);
            Assert.Equal(theirs, ours);
            Assert.Equal(value, ByteOrder.ReadUInt64(ours, 2));
            Assert.Equal(value & 0xFFFFFFFFFFFF, ByteOrder.ReadUInt48(ours, 2));
            Assert.Equal((uint)value, ByteOrder.ReadUInt32(ours, 2));
            Assert.Equal((ushort)value, ByteOrder.ReadUInt16(ours, 2));

            ByteOrder.WriteUInt64BigEndian(ours, 2, value);
            BinaryPrimitives.WriteUInt64BigEndian(theirs.AsSpan(2), value);
            Assert.Equal(theirs, ours);
            Assert.Equal(value, ByteOrder.ReadUInt64BigEndian(ours, 2));
        }
    }

    [Fact]
    public void FortyEightBitsLeaveTheRestAlone()
    {
        byte[] buffer = [1, 1, 1, 1, 1, 1, 1, 1];
        ByteOrder.WriteUInt48(buffer, 1, ulong.MaxValue);

        Assert.Equal([1, 255, 255, 255, 255, 255, 255, 1], buffer);
    }

    [Theory]
    [InlineData(0ul, "0000000000000000")]
    [InlineData(0xFEDCBA9876543210ul, "fedcba9876543210")]
    public void HexPrintsSixteenDigits(ulong value, string text)
    {
        Assert.Equal(text, Hex.ToText(value));
        Assert.Equal(text[8..], Hex.ToText((uint)value));
    }

    [Fact]
    public void HexPrintsEveryByte()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        Assert.Equal(Convert.ToHexStringLower(all, 1, 255), Hex.ToText(all, 1, 255));
    }
}
