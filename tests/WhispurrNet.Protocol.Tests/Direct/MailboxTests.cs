using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

/// <summary>Mailboxes outlive their identities, and then they are gone.</summary>
public class MailboxTests
{
    private const long Hour = 3_600_000;

    private readonly DirectDesk _desk = new();
    private readonly Person _alice = new(100);

    [Fact]
    public void AWhisperToTheFormerIdentityArrivesAsLongAsItsMailboxLives()
    {
        string first = _desk.Node.IdentityText;

        // A small node keeps four mailboxes, so each lives for four hours.
        for (ulong hour = 1; hour <= 3; hour++)
        {
            _desk.Advance(hour == 1 ? Hour - _desk.NowMs : Hour);
            Assert.NotEqual(first, _desk.Node.IdentityText);
            Assert.Single(_desk.Take(ToTheFirst(hour)));
        }

        _desk.Advance(Hour - 1000);
        Assert.Single(_desk.Take(ToTheFirst(4)));
        _desk.Advance(1000);
        byte[] late = ToTheFirst(5);
        Assert.Empty(_desk.Take(late));
        Assert.Equal(4u, _desk.Statistics.Matched);
        Assert.Equal(0, _desk.Node.CountKeysThatOpen(late));
    }

    [Fact]
    public void AMailboxThatEndsWhileItsWhisperWaitsOpensItNoMore()
    {
        _desk.Advance((4 * Hour) - _desk.NowMs - 1000);
        int contact = _desk.OpenContact();
        Assert.Empty(_desk.Take(ToTheFirst(1)));
        _desk.Advance(1000);
        _desk.Node.CloseLink(contact, _desk.NowMs);

        Assert.Empty(_desk.Poll());
        Assert.Equal(1u, _desk.Statistics.OpenFailed);
    }

    [Fact]
    public void TheEndOfAMailboxIsADeadline()
    {
        _desk.Advance(Hour - _desk.NowMs);
        for (int hour = 2; hour <= 3; hour++)
        {
            _desk.Advance(Hour);
        }

        _desk.Advance(Hour - 1000);
        Assert.Equal(4 * Hour, _desk.Node.NextDeadlineMs);
    }

    [Fact]
    public void TheCardPromisesNoMoreThanTheMailboxKeeps()
    {
        uint valid = BitConverter.ToUInt32(_desk.Card, 96);

        // Sent at 30 s; its frame lives for an hour at most, the mailbox for four from the start.
        Assert.Equal((3 * 3600u) - 30, valid);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(24u * 3600)]
    public void AFrameLivesAsLongAsAnyOtherHoweverLongTheMailboxDoes(uint validSeconds)
    {
        _desk.Take(_alice.CardFrame(_desk.Maker, _alice.Card(validSeconds)));
        Assert.Equal(SendResult.Queued, _desk.Node.Direct(_alice.Id, [1], 0, 1, _desk.NowMs));
        byte[] frame = new byte[256];
        _desk.Node.CopyFrame(_desk.Node.LastSentId, frame);

        // An hour, less up to a sixteenth of jitter.
        Assert.InRange(BitConverter.ToUInt16(frame, 254), 843, 900);
    }

    [Fact]
    public void FormerKeysAreOverwrittenWhenTheirMailboxEnds()
    {
        byte[] keys = [.. Keys()];
        Assert.True(Holds(keys[..32]));
        _desk.Advance((4 * Hour) - _desk.NowMs - 1);
        Assert.True(Holds(keys[..32]));
        _desk.Advance(1);
        Assert.False(Holds(keys[..32]));
    }

    [Fact]
    public void WipeOverwritesFormerMailboxesAndContacts()
    {
        List<byte[]> secrets = [[.. Keys()[..32]], _alice.MailboxKey, _alice.PublicKey];
        _desk.Take(_alice.CardFrame(_desk.Maker));
        _desk.Node.Direct(_alice.Id, [1], 0, 1, _desk.NowMs);
        _desk.Take(_alice.Direct(_desk.Maker, _desk.PublicKey, _desk.MailboxKey));
        _desk.Advance(Hour - _desk.NowMs);
        secrets.Add([.. Keys()[..32]]);
        Assert.All(secrets, s => Assert.True(Holds(s)));

        _desk.Node.Wipe();

        Assert.All(secrets, s => Assert.False(Holds(s)));
    }

    [Fact]
    public void ADirectWhisperWaitsWhileAContactIsGoingOn()
    {
        int contact = _desk.OpenContact();
        Assert.True(_desk.Node.IsInContact);
        WhisperMessage broadcast = Assert.Single(_desk.Take(ToTheFirst(1), _desk.Maker.Broadcast()));
        Assert.Equal(WhisperType.Broadcast, broadcast.Type);
        _desk.Node.CloseLink(contact, _desk.NowMs);

        Assert.False(_desk.Node.IsInContact);
        Assert.Equal(WhisperType.Whisper, Assert.Single(_desk.Poll()).Type);
    }

    private byte[] ToTheFirst(ulong innerId)
    {
        return _alice.Direct(
            _desk.Maker, _desk.PublicKey, _desk.MailboxKey, new DirectFault { InnerId = innerId });
    }

    private byte[] Keys()
    {
        return (byte[])ObjectGraph.Walk(_desk.Node).Single(
            e => e.Path.EndsWith("identity.keys") || e.Path.EndsWith("Current.keys")).Value;
    }

    private bool Holds(byte[] secret)
    {
        return ObjectGraph.Walk(_desk.Node, o => o is IHmacSha256)
            .Any(e => e.Value is byte[] bytes && bytes.AsSpan().IndexOf(secret) >= 0);
    }
}
