using WhispurrNet.Protocol.Links;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

public class PlainProtectionTests
{
    private readonly PlainProtection _sender = new();
    private readonly PlainProtection _receiver = new();

    [Fact]
    public void EveryLengthRoundTripsAtAnyOffset()
    {
        Random random = new(13);
        for (int length = 1; length < 400; length++)
        {
            byte[] record = new byte[length];
            random.NextBytes(record);
            byte[] guarded = [7, 7, 7, .. Protect(record), 7, 7, 7];

            Assert.Equal(length, _receiver.Unprotect(guarded, 3, length + 4));
            Assert.Equal(record, guarded[3..(3 + length)]);
            Assert.Equal([7, 7, 7], guarded[..3]);
            Assert.Equal([7, 7, 7], guarded[^3..]);
        }
    }

    [Fact]
    public void EveryFlippedBitIsFound()
    {
        byte[] whole = Protect([1, 2, 3, 4, 5]);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] copy = [.. whole];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(-1, _receiver.Unprotect(copy, 0, copy.Length));
        }

        Assert.Equal(5, _receiver.Unprotect(whole, 0, whole.Length));
    }

    [Fact]
    public void EveryTruncationIsFound()
    {
        byte[] whole = Protect([1, 2, 3, 4, 5]);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(-1, _receiver.Unprotect(whole[..length], 0, length));
        }
    }

    [Fact]
    public void AReplayIsFound()
    {
        byte[] whole = Protect([1]);
        _receiver.Unprotect([.. whole], 0, whole.Length);

        Assert.Equal(-1, _receiver.Unprotect([.. whole], 0, whole.Length));
    }

    [Fact]
    public void ALossIsFound()
    {
        Protect([1]);
        byte[] second = Protect([2]);

        Assert.Equal(-1, _receiver.Unprotect(second, 0, second.Length));
    }

    [Fact]
    public void ResetStartsTheNumbersAgain()
    {
        byte[] whole = Protect([1]);
        _receiver.Unprotect([.. whole], 0, whole.Length);
        _receiver.Reset();
        _sender.Reset();

        Assert.Equal(whole, Protect([1]));
        Assert.Equal(1, _receiver.Unprotect(whole, 0, whole.Length));
    }

    private byte[] Protect(byte[] record)
    {
        byte[] whole = new byte[record.Length + _sender.Overhead];
        record.CopyTo(whole, 0);
        Assert.Equal(whole.Length, _sender.Protect(whole, 0, record.Length));
        return whole;
    }
}
