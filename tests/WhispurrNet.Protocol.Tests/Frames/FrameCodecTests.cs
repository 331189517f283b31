using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Frames;

public class FrameCodecTests
{
    private const int Size = FrameLayout.StandardFrameSize;

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void CheckAcceptsAFrameAtAnyOffset(int size)
    {
        for (int offset = 0; offset < 8; offset++)
        {
            byte[] buffer = new byte[size + 8];
            Frame(size).CopyTo(buffer, offset);

            Assert.Equal(FrameCodec.Accepted, FrameCodec.Check(buffer, offset, size, size));
        }
    }

    [Fact]
    public void CheckRefusesEveryOtherLength()
    {
        byte[] buffer = new byte[1024];
        Frame(Size).CopyTo(buffer, 0);
        for (int count = -1; count < 600; count++)
        {
            int expected = count == Size ? FrameCodec.Accepted : FrameCodec.WrongLength;

            Assert.Equal(expected, FrameCodec.Check(buffer, 0, count, Size));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void CheckRefusesAFrameBeyondItsBuffer(int offset)
    {
        Assert.Equal(FrameCodec.WrongLength, FrameCodec.Check(Frame(Size), offset, Size, Size));
    }

    [Fact]
    public void CheckRefusesEveryOtherVersion()
    {
        byte[] frame = Frame(Size);
        for (int version = 0; version < 256; version++)
        {
            frame[0] = (byte)version;
            int expected = version == 1 ? FrameCodec.Accepted : FrameCodec.WrongVersion;

            Assert.Equal(expected, FrameCodec.Check(frame, 0, Size, Size));
        }
    }

    [Fact]
    public void CheckRefusesALifetimeOfNothingOnly()
    {
        byte[] frame = Frame(Size);
        for (int units = 0; units < 65536; units++)
        {
            ByteOrder.WriteUInt16(frame, Size - 2, (uint)units);
            int expected = units == 0 ? FrameCodec.LifetimeOver : FrameCodec.Accepted;

            Assert.Equal(expected, FrameCodec.Check(frame, 0, Size, Size));
        }
    }

    [Fact]
    public void ReadLifetimeLowersToOneDay()
    {
        byte[] frame = Frame(Size);
        for (int units = 0; units < 65536; units++)
        {
            ByteOrder.WriteUInt16(frame, Size - 2, (uint)units);

            Assert.Equal(Math.Min(units, 21_600), FrameCodec.ReadLifetimeUnits(frame, 0, Size));
        }
    }

    [Fact]
    public void ReadHopBudgetLowersToTen()
    {
        byte[] frame = Frame(Size);
        for (int hops = 0; hops < 256; hops++)
        {
            frame[Size - 3] = (byte)hops;

            Assert.Equal(Math.Min(hops, 10), FrameCodec.ReadHopBudget(frame, 0, Size));
        }
    }

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void WriteMutableTouchesThreeBytesOnly(int size)
    {
        byte[] buffer = new byte[size + 10];
        Array.Fill(buffer, (byte)0xA5);

        FrameCodec.WriteMutable(buffer, 5, size, 7, 0x1234);

        Assert.Equal(7, FrameCodec.ReadHopBudget(buffer, 5, size));
        Assert.Equal(0x1234, FrameCodec.ReadLifetimeUnits(buffer, 5, size));
        Assert.All(buffer[..(5 + size - 3)], b => Assert.Equal(0xA5, b));
        Assert.All(buffer[(5 + size)..], b => Assert.Equal(0xA5, b));
    }

    [Fact]
    public void WriteMutableRoundTrips()
    {
        byte[] frame = new byte[Size];
        for (int units = 0; units <= FrameCodec.LifetimeUnitsMax; units++)
        {
            FrameCodec.WriteMutable(frame, 0, Size, units % 11, units);

            Assert.Equal(units, FrameCodec.ReadLifetimeUnits(frame, 0, Size));
            Assert.Equal(units % 11, FrameCodec.ReadHopBudget(frame, 0, Size));
        }
    }

    [Fact]
    public void CheckNeverThrowsOnAnyBytes()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] buffer = new byte[random.Next(600)];
            random.NextBytes(buffer);
            int offset = random.Next(-2, 600);
            int count = random.Next(3) == 0 ? Size : random.Next(-2, 600);

            Assert.InRange(FrameCodec.Check(buffer, offset, count, Size), 0, 3);
        }
    }

    [Fact]
    public void FieldsOfTheLayoutMeetWithoutGap()
    {
        Assert.Equal(FrameLayout.TagOffset, FrameLayout.ExpiryHourOffset + 1);
        Assert.Equal(FrameLayout.AdmissionOffset, FrameLayout.TagOffset + FrameLayout.TagSize);
        Assert.Equal(FrameLayout.NonceOffset, FrameLayout.AdmissionOffset + FrameLayout.AdmissionSize);
        Assert.Equal(FrameLayout.BodyOffset, FrameLayout.NonceOffset + FrameLayout.NonceSize);
        Assert.Equal(195, FrameLayout.WhisperSize(256));
        Assert.Equal(451, FrameLayout.WhisperSize(512));
        Assert.False(FrameLayout.IsFrameSize(257));
    }

    private static byte[] Frame(int size)
    {
        byte[] frame = new byte[size];
        frame[0] = FrameLayout.Version;
        FrameCodec.WriteMutable(frame, 0, size, 10, 900);
        return frame;
    }
}
