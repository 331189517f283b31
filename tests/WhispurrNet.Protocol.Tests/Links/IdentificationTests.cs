using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

/// <summary>Users who tell neighbours over a link who they are, and those who pass for them.</summary>
public class IdentificationTests
{
    private const byte Identify = 0x0B;
    private const int RecordSize = 97;

    private readonly UserIdentity _ada = new(TestNetwork.Seed(7));
    private readonly PersonRecorder _heard = new();

    [Fact]
    public void AMemberIsToldOverAStreamWhenTheApplicationAsks()
    {
        NodeCore user = User(1), other = Listener(2);
        LinkPair pair = Stream(user, other);
        Settle(pair);
        Assert.Empty(_heard.Persons);

        Assert.True(user.IdentifyOn(pair.InitiatorLink));
        Settle(pair);

        (int link, string? id, string key) = Assert.Single(_heard.Persons);
        Assert.Equal(pair.ResponderLink, link);
        Assert.Equal(Convert.ToHexString(_ada.PublicKey), key);
        Assert.Equal(IdOf(user), id);
        Assert.Equal(0u, other.PersonsRefused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ANeighbourThatIsNotThereIsToldInTheNextContactWhoeverDials(bool userDials)
    {
        NodeCore user = User(1), other = Listener(2);
        LinkPair.Contact(user, other);
        Assert.True(user.IdentifyTo(Convert.FromHexString(IdOf(other))));

        LinkPair next = userDials ? Contact(user, other, 60_000) : Contact(other, user, 60_000);

        // Whoever still has a contact open leaves the checking for later.
        while (!next.IsFinished)
        {
            next.Run(60_000, next.Units + 1);
            if (other.IsInContact)
            {
                other.HandleTimeout(60_000);
                Assert.Empty(_heard.Persons);
            }
        }

        next.Close(60_000);
        Assert.Equal(0, other.NextDeadlineMs);
        other.HandleTimeout(60_000);

        Assert.Equal(IdOf(user), Assert.Single(_heard.Persons).Id);
        LinkPair.Contact(user, other, 120_000);
        other.HandleTimeout(120_000);
        Assert.Single(_heard.Persons);
    }

    [Fact]
    public void NobodyIsToldUnasked()
    {
        NodeCore user = User(1), other = Listener(2);
        for (int meeting = 0; meeting < 3; meeting++)
        {
            LinkPair.Contact(user, other, meeting * 60_000);
            other.HandleTimeout(meeting * 60_000);
        }

        Assert.Empty(_heard.Persons);
        Assert.False(user.IdentifyTo(new byte[16]));
        Assert.False(other.IdentifyTo(Convert.FromHexString(IdOf(user))));
    }

    [Fact]
    public void AStrangerIsNotTold()
    {
        NodeCore user = User(1), stranger = Listener(2, TestNetwork.Foreign);
        LinkPair pair = Stream(user, stranger);
        Settle(pair);

        Assert.False(user.IdentifyOn(pair.InitiatorLink));
        Settle(pair);
        Assert.Empty(_heard.Persons);
    }

    [Fact]
    public void AStrangerWhoTellsIsCutOff()
    {
        NodeCore other = Listener(2);
        WirePeer stranger = new(other, network: TestNetwork.Foreign);
        stranger.Meet();

        stranger.Send([Identify, .. new byte[RecordSize - 1]]);

        Assert.Equal(LinkState.Failed, stranger.State);
        other.HandleTimeout(0);
        Assert.Empty(_heard.Persons);
    }

    [Theory]
    [InlineData(RecordSize - 1)]
    [InlineData(RecordSize + 1)]
    [InlineData(1)]
    public void ARecordOfAnotherLengthEndsTheLink(int size)
    {
        WirePeer peer = new(Listener(2));
        peer.Meet();

        peer.Send([Identify, .. new byte[size - 1]]);

        Assert.Equal(LinkState.Failed, peer.State);
    }

    [Fact]
    public void ASignatureThatIsNotValidIsRefusedAndCounted()
    {
        NodeCore other = Listener(2);
        WirePeer peer = new(other);
        peer.Meet();

        peer.Send([Identify, .. _ada.PublicKey, .. new byte[64]]);
        other.HandleTimeout(0);

        Assert.Equal((LinkState.Open, 1u), (peer.State, other.PersonsRefused));
        Assert.Empty(_heard.Persons);
    }

    [Fact]
    public void WhatWasSaidInOneLinkIsOfNoUseInAnother()
    {
        // Ada tells the one in the middle, who passes it on as his own.
        NodeCore user = User(1), middle = TestNetwork.Node(3), other = Listener(2);
        var thief = new Thief(_ada.PublicKey);
        middle.UsePersons(thief, thief, null);
        LinkPair first = Stream(user, middle), second = Stream(middle, other);
        Settle(first);
        Settle(second);
        Assert.True(user.IdentifyOn(first.InitiatorLink));
        Settle(first);
        Assert.NotNull(thief.Signature);

        Assert.True(middle.IdentifyOn(second.InitiatorLink));
        Settle(second);

        Assert.Equal(1u, other.PersonsRefused);
        Assert.Empty(_heard.Persons);
    }

    [Fact]
    public void WhatWasSaidInOneDirectionIsOfNoUseInTheOther()
    {
        NodeCore user = TestNetwork.Node(1), mirror = TestNetwork.Node(3);
        var thief = new Thief(_ada.PublicKey);
        user.UsePersons(_ada, new UserVerifier(), _heard);
        mirror.UsePersons(thief, thief, null);
        LinkPair pair = Stream(user, mirror);
        Settle(pair);
        Assert.True(user.IdentifyOn(pair.InitiatorLink));
        Settle(pair);

        Assert.True(mirror.IdentifyOn(pair.ResponderLink));
        Settle(pair);

        Assert.Equal(1u, user.PersonsRefused);
        Assert.Empty(_heard.Persons);
    }

    [Fact]
    public void ALinkTellsOnce()
    {
        NodeCore user = User(1), other = Listener(2);
        LinkPair pair = Stream(user, other);
        Settle(pair);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(user.IdentifyOn(pair.InitiatorLink));
            Settle(pair);
        }

        Assert.Single(_heard.Persons);
        Assert.Equal(2u, other.PersonsRefused);
    }

    [Fact]
    public void MoreThanTwoAtOnceAreRefusedAndCounted()
    {
        NodeCore other = Listener(2, limits: NodeLimits.Full());
        List<LinkPair> pairs = [];
        for (int seed = 10; seed < 13; seed++)
        {
            pairs.Add(Stream(User(seed), other));
            pairs[^1].Run(0);
        }

        foreach (LinkPair pair in pairs)
        {
            Assert.True(pair.Initiator.IdentifyOn(pair.InitiatorLink));
            pair.Run(0);
        }

        for (int i = 0; i < 4; i++)
        {
            other.HandleTimeout(0);
        }

        Assert.Equal((2, 1u), (_heard.Persons.Count, other.PersonsRefused));
    }

    [Fact]
    public void ANodeThatDoesNotAskSkipsIt()
    {
        NodeCore user = User(1), other = TestNetwork.Node(2);
        LinkPair pair = Stream(user, other);
        Settle(pair);
        Assert.True(user.IdentifyOn(pair.InitiatorLink));
        Settle(pair);

        Assert.Equal(LinkState.Open, other.GetLinkState(pair.ResponderLink));
        Assert.Equal(1u, other.Statistics.RecordsUnknown);
        Assert.False(other.IdentifyOn(pair.ResponderLink));
        Assert.Equal(0u, other.PersonsRefused);
    }

    [Fact]
    public void ACutAnywhereTellsAllOrNothing()
    {
        NodeCore user = User(1), other = Listener(2);
        LinkPair.Contact(user, other);
        int told = 0;
        for (int units = 1; units < 40; units++)
        {
            long nowMs = units * 60_000L;
            user.IdentifyTo(Convert.FromHexString(IdOf(other)));
            LinkPair pair = Contact(user, other, nowMs);
            pair.Run(nowMs, units);
            pair.Close(nowMs);
            other.HandleTimeout(nowMs);
            Assert.Equal(0u, other.PersonsRefused);
            Assert.All(_heard.Persons, person => Assert.Equal(Convert.ToHexString(_ada.PublicKey), person.Key));
            told += _heard.Persons.Count > told ? 1 : 0;
        }

        Assert.InRange(told, 1, 38);
    }

    [Fact]
    public void AWipedNodeHoldsNoBinding()
    {
        NodeCore user = User(1), other = Listener(2);
        LinkPair pair = Stream(user, other);
        Settle(pair);
        byte[] before = Bindings(user);
        Assert.Contains(before, b => b != 0);
        Assert.Equal(before[..32], Bindings(other)[..32]);

        user.Wipe();

        Assert.All(Bindings(user), b => Assert.Equal(0, b));
    }

    private static byte[] Bindings(NodeCore node) =>
        (byte[])ObjectGraph.Walk(node).Single(found => found.Path.EndsWith("Identification.bindings", StringComparison.Ordinal)).Value;

    private static LinkPair Stream(NodeCore initiator, NodeCore responder) => new(initiator, responder, LinkKind.Stream);

    private static LinkPair Contact(NodeCore initiator, NodeCore responder, long nowMs) =>
        new(initiator, responder, LinkKind.Contact, nowMs);

    private static void Settle(LinkPair pair)
    {
        pair.Run(0);
        pair.Initiator.HandleTimeout(0);
        pair.Responder.HandleTimeout(0);
        pair.Run(0);
    }

    private static string IdOf(NodeCore node) => node.IdentityText[..32].ToUpperInvariant();

    // With contact cards, by which neighbours know each other.
    private static NodeConfiguration Reachable(int network, NodeLimits? limits)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(network, limits);
        configuration.Discoverable = true;
        return configuration;
    }

    private NodeCore User(int seed)
    {
        NodeCore node = TestNetwork.Node(seed, Reachable(TestNetwork.Home, null));
        node.UsePersons(_ada, null, null);
        return node;
    }

    private NodeCore Listener(int seed, int network = TestNetwork.Home, NodeLimits? limits = null)
    {
        NodeCore node = TestNetwork.Node(seed, Reachable(network, limits));
        node.UsePersons(null, new UserVerifier(), _heard);
        return node;
    }

    private sealed class PersonRecorder : IPersonObserver
    {
        public List<(int Link, string? Id, string Key)> Persons { get; } = [];

        public void PersonIdentified(int link, byte[] id, byte[] publicKey) =>
            Persons.Add((link, id is null ? null : Convert.ToHexString(id), Convert.ToHexString(publicKey)));
    }

    /// <summary>Keeps the signature that it is shown, and shows it as its own.</summary>
    private sealed class Thief(byte[] publicKey) : IUserIdentity, IUserVerifier
    {
        public byte[]? Signature { get; private set; }

        public byte[] PublicKey => publicKey;

        public void Sign(byte[] message, int offset, int count, byte[] signature, int signatureOffset) =>
            Signature!.CopyTo(signature, signatureOffset);

        public bool Verify(
            byte[] key, byte[] message, int offset, int count, byte[] signature, int signatureOffset)
        {
            Signature = signature[signatureOffset..(signatureOffset + 64)];
            return true;
        }
    }
}
