using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>
/// A link may be cut after every byte of every flight: the next one works, by resumption if there was a secret before, and
/// nothing that was to be carried is lost.
/// </summary>
public class CutTests
{
    private const int Restarts = 4;

    public static TheoryData<LinkKind, bool> Cases => new()
    {
        { LinkKind.Contact, true }, { LinkKind.Contact, false }, { LinkKind.Stream, true }, { LinkKind.Stream, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AResumptionIsCutAfterEveryByte(LinkKind kind, bool sideADials)
    {
        int bytes = Resumable(kind).Length(sideADials);
        for (int cut = 0; cut <= bytes; cut++)
        {
            OpeningPair pair = Resumable(kind).Pair;
            Assert.False(pair.Link(sideADials, cut));
            AssertResumes(pair, sideADials);
            AssertResumes(pair, !sideADials);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AFullHandshakeIsCutAfterEveryByte(LinkKind kind, bool sameSideDialsAgain)
    {
        OpeningPair whole = OpeningPair.Members(kind);
        Assert.True(whole.Link());
        for (int cut = 0; cut <= whole.BytesOnWire; cut++)
        {
            OpeningPair pair = OpeningPair.Members(kind);
            pair.Link(true, cut);
            Assert.True(pair.Link(sameSideDialsAgain), $"cut after {cut} bytes");
            Assert.InRange(pair.A.Statistics.Handshakes, 1u, 2u);
            Assert.InRange(pair.B.Statistics.Handshakes, 1u, 2u);

            // From now on the two have a secret, whatever was left behind by the link that was cut.
            AssertResumes(pair, sameSideDialsAgain);
        }
    }

    /// <summary>The other side may have the third message or not: both its secrets are tried before a new handshake.</summary>
    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void ARenewalIsCutAfterEveryByteAndOneOfTheTwoSecretsServes(LinkKind kind)
    {
        int bytes = AgedPair(kind).Bytes;
        for (int cut = 0; cut <= bytes; cut++)
        {
            OpeningPair pair = AgedPair(kind, cut).Pair;
            uint before = pair.A.Statistics.Handshakes;
            uint beforeB = pair.B.Statistics.Handshakes;

            // Side B's secrets are as old: it would rather make the handshake itself, if it had a key pair.
            Assert.True(pair.Link(), $"cut after {cut} bytes");
            Assert.InRange(pair.A.Statistics.Handshakes - before, 0u, 1u);
            Assert.InRange(pair.B.Statistics.Handshakes - beforeB, 0u, 1u);
            AssertResumes(pair, true);
            AssertResumes(pair, false);
        }
    }

    [Theory]
    [InlineData(LinkKind.Contact, false)]
    [InlineData(LinkKind.Contact, true)]
    [InlineData(LinkKind.Stream, false)]
    [InlineData(LinkKind.Stream, true)]
    public void WhisperIsNotLostWhereverALinkIsCut(LinkKind kind, bool resumable)
    {
        OpeningPair whole = Talking(kind, resumable);
        Assert.True(whole.Link());
        Assert.Equal(2, whole.A.HeldFrames);
        Assert.Equal(2, whole.B.HeldFrames);
        for (int cut = 0; cut <= whole.BytesOnWire; cut += 7)
        {
            OpeningPair pair = Talking(kind, resumable);
            pair.Link(true, cut);
            Assert.True(pair.Link(), $"cut after {cut} bytes");
            Assert.Equal(2, pair.A.HeldFrames);
            Assert.Equal(2, pair.B.HeldFrames);
        }
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void WhenOneSideWasStartedAnewAFullHandshakeFollowsInTheSameLink(LinkKind kind)
    {
        OpeningPair pair = Resumable(kind).Pair;
        for (int i = 0; i < Restarts; i++)
        {
            pair.B = TestNetwork.Node(20 + i);
            Assert.True(pair.Link());
            Assert.Equal(1u, pair.B.Statistics.Handshakes);
            AssertResumes(pair, true);

        }

        // Who stands behind an address is one peer: those that are gone do not fill the table.
        Assert.Equal(1, OpeningPair.PeersOf(pair.A).Count);
    }

    private static void AssertResumes(OpeningPair pair, bool fromA)
    {
        (uint a, uint b) = (pair.A.Statistics.Handshakes, pair.B.Statistics.Handshakes);
        (uint resumedA, uint resumedB) = (pair.A.Statistics.Resumptions, pair.B.Statistics.Resumptions);
        Assert.True(pair.Link(fromA));
        Assert.Equal((a, b), (pair.A.Statistics.Handshakes, pair.B.Statistics.Handshakes));
        Assert.Equal((resumedA + 1, resumedB + 1), (pair.A.Statistics.Resumptions, pair.B.Statistics.Resumptions));
        List<byte[]> secrets = OpeningPair.SecretsOf(pair.A);
        Assert.Equal(Assert.Single(secrets), Assert.Single(OpeningPair.SecretsOf(pair.B)));
    }

    /// <summary>A pair that has dialled both ways, so that either side knows where the other is.</summary>
    private static Ready Resumable(LinkKind kind)
    {
        OpeningPair pair = OpeningPair.Members(kind);
        Assert.True(pair.Link());
        OpeningPair.PeersOf(pair.B).SetNeighbour(0, OpeningPair.AddressA);
        return new Ready(pair);
    }

    /// <summary>A pair whose secret is due for renewal, and which was cut while it did that.</summary>
    private static (OpeningPair Pair, int Bytes) AgedPair(LinkKind kind, int cut = int.MaxValue)
    {
        OpeningPair pair = Resumable(kind).Pair;

        // Both have new identities by now, and introduce them.
        pair.NowMs = 61 * 60 * 1000;
        AssertResumes(pair, true);
        Assert.Equal(1u, pair.A.Statistics.IdentitiesIntroduced);
        Assert.Equal(1u, pair.B.Statistics.IdentitiesIntroduced);
        pair.NowMs = PeerTable.RenewSeconds * 1000L;
        uint before = pair.A.Statistics.Handshakes;
        pair.Link(true, cut);
        Assert.True(cut != int.MaxValue || pair.A.Statistics.Handshakes == before + 1);
        return (pair, pair.BytesOnWire);
    }

    private static OpeningPair Talking(LinkKind kind, bool resumable)
    {
        OpeningPair pair = resumable ? Resumable(kind).Pair : OpeningPair.Members(kind);
        Assert.Equal(SendResult.Queued, pair.A.Broadcast([1], 0, 1, 0));
        Assert.Equal(SendResult.Queued, pair.B.Broadcast([2], 0, 1, 0));
        return pair;
    }

    private sealed record Ready(OpeningPair Pair)
    {
        public int Length(bool fromA)
        {
            Assert.True(Pair.Link(fromA));
            return Pair.BytesOnWire;
        }
    }
}
