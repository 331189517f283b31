using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

public class ContactCardTests
{
    private const long Hour = 3_600_000;

    private readonly Person _alice = new(100);

    [Fact]
    public void ANodesCardNamesItsIdentityAndTheIdentityCommitsToIt()
    {
        DirectDesk desk = new();
        byte[] card = desk.Card;

        Assert.Equal(100, card.Length);
        Assert.Equal(desk.Id, Person.IdOf(card[32..64], 0, card[64..96], card[..32]));
        Assert.True(ContactCard.IsOf(card, 0, card.Length, desk.Id, 0));
    }

    [Fact]
    public void ACardIsLearnedOnceAndNeverReachesTheApplication()
    {
        DirectDesk desk = new();
        Assert.Empty(desk.Take(_alice.CardFrame(desk.Maker), _alice.CardFrame(desk.Maker)));

        (byte[] heard, uint time) = Assert.Single(desk.Recorder.Contacts);
        Assert.Equal(_alice.Id, heard);
        Assert.Equal(Person.Timestamp, time);
        Assert.Equal(1u, desk.Statistics.ContactsLearned);
        Assert.Equal(1, desk.Node.KnownContacts);
        Assert.True(desk.Node.HasContact(_alice.Id));
        byte[] id = new byte[16];
        Assert.True(desk.Node.CopyContact(0, id, out uint timestamp));
        Assert.Equal(_alice.Id, id);
        Assert.Equal(Person.Timestamp, timestamp);
        Assert.False(desk.Node.CopyContact(1, id, out _));
        Assert.False(desk.Node.CopyContact(-1, id, out _));
        Assert.Equal(0u, desk.Statistics.Delivered);
    }

    [Fact]
    public void WhateverIsChangedInACardMakesItAForgery()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<PositiveInt>(), (place, flip) =>
        {
            byte[] spoilt = [.. _alice.Card(), .. _alice.Id];
            int at = place % 96;
            at = at < 96 - 16 ? at : at + 20;
            spoilt[at] ^= (byte)((flip.Get % 255) + 1);
            return !ContactCard.IsOf(spoilt, 0, 100, spoilt[100..], Person.Timestamp);
        }).QuickCheckThrowOnFailure();
        Assert.False(ContactCard.IsOf(_alice.Card(), 0, 100, _alice.Id, Person.Timestamp + 1));
        Assert.True(ContactCard.IsOf(_alice.Card(), 0, 100, _alice.Id, Person.Timestamp));
    }

    [Fact]
    public void AnyPayloadIsTakenOrRefusedAndCounted()
    {
        DirectDesk desk = new();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), payload =>
        {
            uint before = desk.Statistics.CardsRefused;
            byte[] frame = _alice.CardFrame(desk.Maker, [.. payload.Take(158)]);
            return desk.Take(frame).Count == 0 && desk.Statistics.CardsRefused == before + 1;
        }).QuickCheckThrowOnFailure();
        Assert.Equal(0, desk.Node.KnownContacts);
        Assert.Empty(desk.Recorder.Contacts);
    }

    [Fact]
    public void ACardThatIsTooShortIsRefusedAndWhatFollowsACardIsLeftToLaterVersions()
    {
        DirectDesk desk = new();
        byte[] card = _alice.Card();
        for (int count = 0; count < card.Length; count++)
        {
            Assert.False(ContactCard.IsOf(card, 0, count, _alice.Id, Person.Timestamp));
        }

        Assert.Empty(desk.Take(_alice.CardFrame(desk.Maker, [.. card, 1, 2, 3])));
        Assert.Equal(1, desk.Node.KnownContacts);
    }

    [Fact]
    public void NobodyClaimsAnothersIdentityWithAKeyOrAMailboxOfItsOwn()
    {
        DirectDesk desk = new();
        Person mallory = new(101);
        byte[] ownKey = [.. mallory.PublicKey, .. _alice.MailboxKey, .. _alice.Salt, 0, 9, 0, 0];
        byte[] ownMailbox = [.. _alice.PublicKey, .. mallory.MailboxKey, .. _alice.Salt, 0, 9, 0, 0];
        desk.Take(_alice.CardFrame(desk.Maker, ownKey), _alice.CardFrame(desk.Maker, ownMailbox));

        Assert.Equal(2u, desk.Statistics.CardsRefused);
        Assert.False(desk.Node.HasContact(_alice.Id));
    }

    [Fact]
    public void ACardUnderAnIntentsKeyIsNone()
    {
        DirectDesk desk = new();
        desk.Node.Tune("a");
        desk.Take(desk.Maker.Resonance("a", _alice.Card(), WhisperType.PeerDiscovery));

        Assert.Equal(1u, desk.Statistics.WhisperMalformed);
        Assert.Equal(0, desk.Node.KnownContacts);
    }

    [Fact]
    public void OneCardIsSentForEachIdentity()
    {
        for (int seed = 1; seed < 20; seed++)
        {
            NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
            configuration.Discoverable = true;
            NodeCore node = TestNetwork.Node(seed, configuration);
            Assert.InRange(node.NextDeadlineMs, 2_000, 20_000);
            for (uint hour = 0; hour < 6; hour++)
            {
                // The card of the hour before is long out when the identity changes, and the next is not yet.
                node.HandleTimeout(hour * Hour);
                Assert.Equal(hour, node.Statistics.CardsSent);
                node.HandleTimeout((hour * Hour) + 20_000);
                node.HandleTimeout((hour * Hour) + (Hour / 2));
                Assert.Equal(hour + 1, node.Statistics.CardsSent);
            }

            Assert.Equal(0u, node.Statistics.WhispersQueued);
            Assert.Equal(0ul, node.LastSentId);
        }
    }

    [Fact]
    public void ANodeThatIsNotDiscoverableSendsNoneAndNeitherDoesAKeylessRelay()
    {
        NodeConfiguration keyless = TestNetwork.Configuration(TestNetwork.Keyless);
        keyless.Discoverable = true;
        foreach (NodeCore node in new[] { TestNetwork.Node(1), TestNetwork.Node(1, keyless) })
        {
            node.HandleTimeout(30_000);
            node.HandleTimeout(Hour + 30_000);
            Assert.Equal(0u, node.Statistics.CardsSent);
        }
    }

    [Fact]
    public void ACardThatFindsNoRoomIsSentLater()
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Discoverable = true;
        configuration.WhisperBurst = 16;
        NodeCore node = TestNetwork.Node(1, configuration);
        for (byte i = 0; i < 16; i++)
        {
            Assert.Equal(SendResult.Queued, node.Broadcast([i], 0, 1, 0));
        }

        node.HandleTimeout(25_000);
        Assert.Equal(0u, node.Statistics.CardsSent);
        LinkPair.Contact(node, TestNetwork.Node(2), 30_000);
        node.HandleTimeout(60_000);
        Assert.Equal(1u, node.Statistics.CardsSent);
    }

    [Fact]
    public void TheOwnCardThatComesBackIsNoContact()
    {
        DirectDesk desk = new();
        desk.Maker.Header.SenderTimestamp = 0;
        desk.Id.CopyTo(desk.Maker.Header.Sender, 0);
        desk.Take(desk.Maker.UnderBroadcastKey(WhisperType.PeerDiscovery, desk.Card));

        Assert.Equal(0, desk.Node.KnownContacts);
        Assert.Equal(0u, desk.Statistics.CardsRefused);
    }

    [Fact]
    public void CardsGoBeforeOtherRelayedFrames()
    {
        DirectDesk desk = new();
        byte[] first = desk.Maker.Broadcast();
        desk.Take(first);
        for (int i = 0; i < 40; i++)
        {
            desk.Take(new Person(200 + i).CardFrame(desk.Maker));
        }

        byte[] last = desk.Maker.Broadcast();
        desk.Take(last);
        Assert.Equal(16, desk.Node.HeldFrames);
        Assert.True(desk.Node.CopyFrame(desk.Maker.IdOf(first), new byte[256]));
        Assert.True(desk.Node.CopyFrame(desk.Maker.IdOf(last), new byte[256]));
    }

    [Fact]
    public void AContactIsForgottenWhenItsMailboxEnds()
    {
        DirectDesk desk = new();
        desk.Take(_alice.CardFrame(desk.Maker, _alice.Card(validSeconds: 600)));

        // The frame lives for 900 units of 4 s from now; the mailbox for 600 s more.
        desk.Advance(Hour + 599_000);
        Assert.True(desk.Node.HasContact(_alice.Id));
        Assert.Equal(SendResult.UnknownContact, desk.Node.Direct(_alice.Id, [1], 0, 1, desk.NowMs));
        desk.Advance(2_000);
        Assert.False(desk.Node.HasContact(_alice.Id));
    }

    [Fact]
    public void NoPromiseIsTakenForLongerThanADay()
    {
        DirectDesk desk = new();
        desk.Take(_alice.CardFrame(desk.Maker, _alice.Card(uint.MaxValue)));
        desk.Advance(24 * Hour);
        Assert.True(desk.Node.HasContact(_alice.Id));
        desk.Advance(Hour + 1_000);
        Assert.False(desk.Node.HasContact(_alice.Id));
    }

    [Fact]
    public void TheTextOfAnIdentityIsReadAsItIsWritten()
    {
        byte[] id = new byte[16];
        string text = EphemeralIdentity.Format(_alice.Id, Person.Timestamp);
        Assert.True(EphemeralIdentity.TryParse(text, id));
        Assert.Equal(_alice.Id, id);
        Assert.True(EphemeralIdentity.TryParse(text.ToUpperInvariant(), id));
        Assert.All(
            new[] { null, "", text[..40], text + "0", text.Replace(':', '-'), "g" + text[1..], text[..40] + "g" },
            t => Assert.False(EphemeralIdentity.TryParse(t, id)));
    }
}
