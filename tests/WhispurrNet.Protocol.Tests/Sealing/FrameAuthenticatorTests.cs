using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Sealing;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Sealing;

public class FrameAuthenticatorTests
{
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)5, 32)];

    private readonly FrameAuthenticator _member = new(new MacWorkspace(new HmacSha256()), Key, 256);
    private readonly byte[] _frame = new byte[256];

    public FrameAuthenticatorTests()
    {
        new Random(10).NextBytes(_frame);
        _member.Admit(_frame, 0);
    }

    [Fact]
    public void AnAdmittedFrameIsAdmittedAtAnyOffset()
    {
        Assert.True(_member.IsAdmitted([1, 2, .. _frame, 3], 2));
    }

    [Fact]
    public void EveryBitOfTheImmutablePartIsUnderTheMac()
    {
        for (int bit = 0; bit < 253 * 8; bit++)
        {
            byte[] copy = [.. _frame];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(_member.IsAdmitted(copy, 0));
        }
    }

    [Fact]
    public void RelaysMayRewriteTheMutablePart()
    {
        ulong id = _member.MessageId(_frame, 0);
        _frame[253] ^= 1;
        _frame[254] ^= 1;
        _frame[255] ^= 1;

        Assert.True(_member.IsAdmitted(_frame, 0));
        Assert.Equal(id, _member.MessageId(_frame, 0));
    }

    [Fact]
    public void EveryBitOfTheImmutablePartMakesAnotherMessage()
    {
        HashSet<ulong> ids = [_member.MessageId(_frame, 0)];
        for (int bit = 0; bit < 253 * 8; bit++)
        {
            byte[] copy = [.. _frame];
            copy[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(ids.Add(_member.MessageId(copy, 0)));
        }
    }

    [Fact]
    public void TheMessageIdIsTheSpecifiedHmac()
    {
        byte[] mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes("WhispurrNet v1 message id"), _frame.AsSpan(0, 253));

        Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(mac), _member.MessageId(_frame, 0));
    }

    [Fact]
    public void AKeylessRelayAdmitsNothing()
    {
        FrameAuthenticator relay = new(new MacWorkspace(new HmacSha256()), null, 256);

        Assert.False(relay.IsAdmitted(_frame, 0));
        Assert.Equal(_member.MessageId(_frame, 0), relay.MessageId(_frame, 0));
    }

    [Fact]
    public void AdmittingLeavesTheFrameOtherwiseAsItWas()
    {
        byte[] copy = [.. _frame];
        Array.Clear(copy, 10, 8);
        _member.Admit(copy, 0);

        Assert.Equal(_frame, copy);
    }
}
