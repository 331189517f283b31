using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Sealing;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Sealing;

public class WhisperSealerTests
{
    private static readonly byte[] TagKey = [.. Enumerable.Repeat((byte)3, 32)];
    private static readonly byte[] SealKey = [.. Enumerable.Repeat((byte)4, 32)];

    private readonly MacWorkspace _mac = new(new HmacSha256());
    private readonly ChaChaRandom _random = new(TestNetwork.Seed(1));

    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    public void WhatIsSealedOpensToTheSame(int size)
    {
        WhisperSealer sealer = new(_mac, size);
        for (int count = 0; count <= WhisperHeader.PayloadMax(FrameLayout.WhisperSize(size)); count++)
        {
            byte[] payload = new byte[count];
            _random.NextBytes(payload, 0, count);
            byte[] frame = Seal(sealer, size, payload);
            WhisperHeader read = new();

            Assert.Equal(WhisperSealer.Opened, sealer.TryOpen([0, .. frame], 1, SealKey, read));
            Assert.Equal(payload, sealer.Whisper[WhisperHeader.Size..(WhisperHeader.Size + read.PayloadCount)]);
        }
    }

    [Fact]
    public void EveryBitOfHeaderAndBodyIsUnderTheSealButTheAdmissionMac()
    {
        WhisperSealer sealer = new(_mac, 256);
        byte[] frame = Seal(sealer, 256, [1, 2, 3]);
        for (int bit = 0; bit < 256 * 8; bit++)
        {
            byte[] copy = [.. frame];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            bool free = bit / 8 is (>= 10 and < 18) or >= 253;

            int expected = free ? WhisperSealer.Opened : WhisperSealer.NotForThisKey;
            Assert.Equal(expected, sealer.TryOpen(copy, 0, SealKey, new WhisperHeader()));
        }
    }

    [Fact]
    public void AnotherKeyDoesNotOpen()
    {
        WhisperSealer sealer = new(_mac, 256);
        byte[] frame = Seal(sealer, 256, [1]);

        Assert.Equal(WhisperSealer.NotForThisKey, sealer.TryOpen(frame, 0, TagKey, new WhisperHeader()));
        Assert.Equal(new byte[195], sealer.Whisper);
    }

    [Fact]
    public void ASealOnWhatIsNoWhisperIsToldApart()
    {
        WhisperSealer sealer = new(_mac, 256);
        byte[] frame = new byte[256];
        WhisperHeader header = new() { Type = 10 };
        sealer.Seal(header, [], 0, 0, TagKey, SealKey, _random, frame, 0);

        Assert.Equal(WhisperSealer.Malformed, sealer.TryOpen(frame, 0, SealKey, new WhisperHeader()));
    }

    [Fact]
    public void SealingLeavesNoClearTextBehind()
    {
        WhisperSealer sealer = new(_mac, 256);
        Seal(sealer, 256, [1, 2, 3]);

        Assert.Equal(new byte[195], sealer.Whisper);
    }

    [Fact]
    public void ForgetWipesTheClearText()
    {
        WhisperSealer sealer = new(_mac, 256);
        byte[] frame = Seal(sealer, 256, [1, 2, 3]);
        sealer.TryOpen(frame, 0, SealKey, new WhisperHeader());
        Assert.NotEqual(new byte[195], sealer.Whisper);

        sealer.Forget();

        Assert.Equal(new byte[195], sealer.Whisper);
    }

    [Fact]
    public void NothingVisibleRepeatsBetweenTwoSealsOfOneWhisper()
    {
        WhisperSealer sealer = new(_mac, 256);
        byte[] one = Seal(sealer, 256, [1, 2, 3]);
        byte[] two = Seal(sealer, 256, [1, 2, 3]);

        Assert.NotEqual(one[2..10], two[2..10]);
        Assert.NotEqual(one[18..42], two[18..42]);
        Assert.InRange(Enumerable.Range(42, 211).Count(i => one[i] == two[i]), 0, 10);
    }

    private byte[] Seal(WhisperSealer sealer, int size, byte[] payload)
    {
        byte[] frame = new byte[size];
        WhisperHeader header = new() { Type = (byte)WhisperType.Resonance, PayloadCount = payload.Length };
        sealer.Seal(header, payload, 0, 5, TagKey, SealKey, _random, frame, 0);
        return frame;
    }
}
