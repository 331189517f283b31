using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Frames;

public class WhisperHeaderTests
{
    private const int Size = 195;
    private const int Guard = 16;

    [Theory]
    [InlineData(195)]
    [InlineData(451)]
    public void EveryPayloadLengthRoundTrips(int size)
    {
        Random random = new(2);
        for (int count = 0; count <= WhisperHeader.PayloadMax(size); count++)
        {
            byte[] payload = new byte[count + 3];
            random.NextBytes(payload);
            byte[] whisper = Guarded(size);
            WhisperHeader written = Header(count);
            written.Write(payload, 3, whisper, Guard, size);
            WhisperHeader read = new();

            Assert.True(read.TryRead(whisper, Guard, size));
            Assert.Equal(count, read.PayloadCount);
            Assert.Equal(payload[3..], whisper[(Guard + WhisperHeader.Size)..(Guard + WhisperHeader.Size + count)]);
            Assert.Equal(written.InnerId, read.InnerId);
            Assert.Equal(written.Sender, read.Sender);
            Assert.Equal(written.SenderTimestamp, read.SenderTimestamp);
            Assert.Equal(written.SentUnixSeconds, read.SentUnixSeconds);
            Assert.All(whisper[..Guard], b => Assert.Equal(0xA5, b));
            Assert.All(whisper[(Guard + size)..], b => Assert.Equal(0xA5, b));
        }
    }

    [Fact]
    public void OnlyTheTypesOfThisVersionAreRead()
    {
        byte[] whisper = Whisper();
        for (int type = 0; type < 256; type++)
        {
            whisper[0] = (byte)type;

            Assert.Equal(type is (>= 1 and <= 9) or >= 64, new WhisperHeader().TryRead(whisper, 0, Size));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FlagsAndPartOtherThanZeroAreRefused(int offset)
    {
        byte[] whisper = Whisper();
        for (int value = 1; value < 256; value++)
        {
            whisper[offset] = (byte)value;

            Assert.False(new WhisperHeader().TryRead(whisper, 0, Size));
        }
    }

    [Fact]
    public void EveryLengthBeyondTheMaximumIsRefused()
    {
        byte[] whisper = Whisper();
        for (int length = 0; length < 65536; length++)
        {
            ByteOrder.WriteUInt16(whisper, 3, (uint)length);

            Assert.Equal(length is >= 3 and <= 1024, new WhisperHeader().TryRead(whisper, 0, Size));
        }
    }

    [Fact]
    public void EveryByteOfPaddingMustBeZero()
    {
        for (int at = WhisperHeader.Size + 3; at < Size; at++)
        {
            byte[] whisper = Whisper();
            whisper[at] = 0x10;

            Assert.False(new WhisperHeader().TryRead(whisper, 0, Size));
        }
    }

    [Fact]
    public void WhatLiesOutsideTheWhisperDoesNotMatter()
    {
        byte[] whisper = Guarded(Size);
        Header(3).Write([7, 7, 7], 0, whisper, Guard, Size);

        Assert.True(new WhisperHeader().TryRead(whisper, Guard, Size));
    }

    [Fact]
    public void TryReadNeverThrowsOnAnyBytes()
    {
        Random random = new(3);
        WhisperHeader header = new();
        int taken = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] whisper = new byte[Size];
            random.NextBytes(whisper.AsSpan(0, 5 + random.Next(Size - 5)));
            whisper[1] = whisper[2] = whisper[4] = 0;
            taken += header.TryRead(whisper, 0, Size) ? 1 : 0;
        }

        // Both answers were exercised.
        Assert.InRange(taken, 1000, 49_000);
    }

    private static WhisperHeader Header(int count)
    {
        WhisperHeader header = new()
        {
            Type = (byte)WhisperType.Resonance,
            PayloadCount = count,
            InnerId = 0xF123456789ABCDEF,
            SenderTimestamp = 0xFEDCBA98,
            SentUnixSeconds = 0x89ABCDEF,
        };
        for (int i = 0; i < header.Sender.Length; i++)
        {
            header.Sender[i] = (byte)(200 + i);
        }

        return header;
    }

    private static byte[] Whisper()
    {
        byte[] whisper = new byte[Size];
        Header(3).Write([7, 7, 7], 0, whisper, 0, Size);
        return whisper;
    }

    private static byte[] Guarded(int size)
    {
        byte[] whisper = new byte[Guard + size + Guard];
        Array.Fill(whisper, (byte)0xA5);
        return whisper;
    }
}
