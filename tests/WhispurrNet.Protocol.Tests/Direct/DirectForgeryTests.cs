using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Direct whispers that are wrong: by damage, and by members who hold the recipient's card.</summary>
public class DirectForgeryTests
{
    private readonly DirectDesk _desk = new();
    private readonly Person _alice = new(100);
    private readonly Person _mallory = new(101);

    [Fact]
    public void ARightOneByTheSameHandsArrives()
    {
        _desk.Take(_alice.CardFrame(_desk.Maker));
        WhisperMessage message = Assert.Single(_desk.Take(Make(_alice)));

        Assert.True(message.SenderProven);
        Assert.Equal(_alice.Id, message.Sender);
        Assert.Equal([1, 2, 3], message.Payload[..message.PayloadCount]);
        Assert.Equal(1, _desk.Node.CountKeysThatOpen(Make(_alice)));
    }

    [Fact]
    public void WithoutTheSendersCardItArrivesUnproven()
    {
        Assert.False(Assert.Single(_desk.Take(Make(_alice))).SenderProven);
    }

    [Fact]
    public void AClaimedIdentityWithAnotherKeyIsRefused()
    {
        _desk.Take(_alice.CardFrame(_desk.Maker));
        Assert.Empty(_desk.Take(Make(_mallory, new DirectFault { ClaimedId = _alice.Id })));
        Assert.Equal(1u, _desk.Statistics.SendersForged);

        // It has not used up the inner id either.
        Assert.Single(_desk.Take(Make(_alice)));
    }

    [Fact]
    public void AnInnerSealMadeForAnotherFrameDoesNotOpen()
    {
        AssertFails(new DirectFault { OtherNonce = new byte[24] });
    }

    [Fact]
    public void AMemberWithTheCardCannotWrapAMessageAgain()
    {
        byte[] frame = Make(_alice);
        byte[] whisper = Person.OpenOuter(frame, _desk.MailboxKey);
        byte[] longer = [.. frame];
        longer[1] = 7; // another expiry hour, the same nonce
        Person.SealOuter(longer, whisper, _desk.MailboxKey);
        _desk.Maker.Admit(longer);
        Assert.Empty(_desk.Take(longer));
        Assert.Equal(1u, _desk.Statistics.DirectFailed);
        Assert.Equal(0, _desk.Node.CountKeysThatOpen(longer));
        Assert.Single(_desk.Take(frame));
    }

    [Theory]
    [InlineData(0, 2)] // type
    [InlineData(1, 1)] // flags
    [InlineData(3, 2)] // length
    [InlineData(4, 1)]
    public void AMemberWithTheCardCannotChangeTheFiveBytesOutside(int at, byte flip)
    {
        AssertFails(new DirectFault { AfterNoise = (_, whisper) => whisper[at] ^= flip });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public void AMemberWithTheCardCannotMakeALaterPartOfIt(byte part)
    {
        byte[] whole = Make(_alice, new DirectFault { AfterNoise = (_, whisper) => whisper[2] = part });
        byte[] orphan = Make(_alice, new DirectFault { AfterNoise = (_, w) => (w[2], w[3], w[4]) = (part, 0, 4) });
        Assert.Empty(_desk.Take(whole, orphan));
        Assert.Equal(part == 1 ? 1u : 2u, _desk.Statistics.WhisperMalformed);
        Assert.Equal(part == 1 ? 1u : 0u, _desk.Statistics.PartsWaiting);
        Assert.Equal(0u, _desk.Statistics.DirectFailed);
    }

    [Fact]
    public void NoChangeBetweenTheSealsOpens()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<PositiveInt>(), (place, flip) =>
        {
            byte[] frame = Make(_alice, new DirectFault
            {
                AfterNoise = (_, whisper) => whisper[place % 195] ^= (byte)((flip.Get % 255) + 1),
            });
            return _desk.Node.CountKeysThatOpen(frame) == 0 && _desk.Take(frame).Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void AnyBytesBetweenTheSealsAreRefusedAndCounted()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            uint before = Refused();
            byte[] frame = Make(_alice, new DirectFault
            {
                AfterNoise = (_, whisper) =>
                {
                    Array.Clear(whisper);
                    bytes.AsSpan(0, Math.Min(bytes.Length, whisper.Length)).CopyTo(whisper);
                },
            });
            return _desk.Take(frame).Count == 0 && Refused() == before + 1;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ADamagedFrameOpensNowhere()
    {
        byte[] frame = Make(_alice);
        for (int at = 0; at < 253; at++)
        {
            byte[] damaged = [.. frame];
            damaged[at] ^= 1;
            bool outsideTheSeals = at is >= 10 and < 18;
            Assert.Equal(outsideTheSeals ? 1 : 0, _desk.Node.CountKeysThatOpen(damaged));
        }
    }

    [Fact]
    public void SomebodyElsesMessageInTheMailboxIsNotRead()
    {
        Person bob = new(102);
        byte[] frame = _alice.Direct(_desk.Maker, bob.PublicKey, _desk.MailboxKey);

        Assert.Empty(_desk.Take(frame));
        Assert.Equal(1u, _desk.Statistics.DirectFailed);
    }

    [Fact]
    public void AnEphemeralKeyOfSmallOrderIsRefused()
    {
        AssertFails(new DirectFault { AfterNoise = (_, whisper) => Array.Clear(whisper, 5, 32) });
    }

    [Fact]
    public void OtherTypesDoNotComeByMailboxAndDirectOnesNotByOtherKeys()
    {
        Assert.Empty(_desk.Take(Make(_alice, new DirectFault { Type = (byte)WhisperType.Broadcast })));
        Assert.Equal(1u, _desk.Statistics.WhisperMalformed);
        _desk.Node.Tune("a");
        Assert.Empty(_desk.Take(
            _desk.Maker.UnderBroadcastKey(WhisperType.Whisper),
            _desk.Maker.Resonance("a", [1], WhisperType.Whisper)));
        Assert.Equal(3u, _desk.Statistics.WhisperMalformed);
    }

    [Fact]
    public void TheApplicationGetsAResentOneOnce()
    {
        Assert.Single(_desk.Take(Make(_alice), Make(_alice)));
        Assert.Equal(1u, _desk.Statistics.DeliveredBefore);
    }

    [Fact]
    public void AContactWhoseKeyIsNoneIsForgottenWhenItIsWrittenTo()
    {
        Person nobody = new(103);
        Array.Clear(nobody.PublicKey);
        byte[] id = Person.IdOf(nobody.MailboxKey, Person.Timestamp, nobody.Salt, nobody.PublicKey);
        id.CopyTo(nobody.Id, 0);
        _desk.Take(nobody.CardFrame(_desk.Maker));
        Assert.True(_desk.Node.HasContact(id));
        int held = _desk.Node.HeldFrames;

        Assert.Equal(SendResult.UnknownContact, _desk.Node.Direct(id, [1], 0, 1, _desk.NowMs));
        Assert.False(_desk.Node.HasContact(id));
        Assert.Equal(held, _desk.Node.HeldFrames);
        Assert.Equal(0u, _desk.Statistics.WhispersQueued);
    }

    private uint Refused()
    {
        return _desk.Statistics.DirectFailed + _desk.Statistics.WhisperMalformed + _desk.Statistics.PartsWaiting;
    }

    private byte[] Make(Person sender, DirectFault? fault = null)
    {
        return sender.Direct(_desk.Maker, _desk.PublicKey, _desk.MailboxKey, fault);
    }

    private void AssertFails(DirectFault fault)
    {
        Assert.Empty(_desk.Take(Make(_alice, fault)));
        Assert.Equal(1u, _desk.Statistics.DirectFailed);
        Assert.Equal(1u, _desk.Statistics.Matched);
    }
}
