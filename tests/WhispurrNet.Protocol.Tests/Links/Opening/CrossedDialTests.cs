using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>
/// Both sides dial at once, in every order that the units may take: one link is left, the sides agree which, the secret is
/// not lost, and neither is a frame.
/// </summary>
public class CrossedDialTests
{
    private const int Orders = 60;

    [Fact]
    public void WithASecretOneLinkIsLeftAndTheSecretIsNotLost()
    {
        for (int order = 0; order < Orders; order++)
        {
            (NodeCore a, NodeCore b) = Known();
            CrossedLinks links = new(a, b);
            links.Dial(0);
            links.Dial(1);
            links.Run(order);

            AssertOneIsLeft(links, 2);
            Assert.Equal(1u, a.Statistics.Handshakes);
            AssertNextResumes(a, b);
        }
    }

    /// <summary>Both have sent their RESUME before either gets the other's.</summary>
    [Fact]
    public void WhenBothAreUnderWayTheLinkOfSideAGoesOn()
    {
        (NodeCore a, NodeCore b) = Known();
        CrossedLinks links = new(a, b);
        int ofA = links.Dial(0);
        int ofB = links.Dial(1);
        byte[] unit = new byte[a.MaxUnit];
        int fromA = a.PollTransmit(0, unit, 0, 0);
        byte[] resumeA = unit[..fromA];
        byte[] resumeB = unit[..b.PollTransmit(1, unit, 0, 0)];
        b.Receive(0, resumeA, 0, resumeA.Length, 0);
        a.Receive(1, resumeB, 0, resumeB.Length, 0);
        links.Run();

        Assert.Equal(LinkState.Open, links.StateOf(ofA, 0));
        Assert.Equal(LinkState.Open, links.StateOf(ofA, 1));
        Assert.Equal(LinkState.Failed, links.LastOf(ofB, 0));
        Assert.Equal(LinkState.Failed, links.LastOf(ofB, 1));
        Assert.Equal(1u, a.Statistics.ResumptionsCrossed);
        Assert.Equal(1u, b.Statistics.ResumptionsCrossed);
        AssertNextResumes(a, b);
    }

    [Fact]
    public void WithoutASecretOneLinkIsLeftAndTheNextIsResumed()
    {
        for (int order = 0; order < Orders; order++)
        {
            NodeCore a = TestNetwork.Node(1);
            NodeCore b = TestNetwork.Node(2);
            CrossedLinks links = new(a, b);
            links.Dial(0);
            links.Dial(1);
            links.Run(order);

            AssertOneIsLeft(links, 2);
            Assert.Equal(2u, a.Statistics.Handshakes);
            Assert.Equal(1, OpeningPair.PeersOf(a).Count);
            Assert.Equal(1, OpeningPair.PeersOf(b).Count);
            AssertNextResumes(a, b);
        }
    }

    [Fact]
    public void FramesInFlightArriveWhicheverLinkGoes()
    {
        for (int order = 0; order < Orders; order++)
        {
            (NodeCore a, NodeCore b) = Known();
            CrossedLinks links = new(a, b);
            links.Dial(0);
            links.Run();
            for (byte i = 0; i < 3; i++)
            {
                Assert.Equal(SendResult.Queued, a.Broadcast([i], 0, 1, 0));
                Assert.Equal(SendResult.Queued, b.Broadcast([i], 0, 1, 0));
            }

            links.Dial(1);
            links.Run(order);
            links.NowMs = 10_000;
            links.Run(order);

            AssertOneIsLeft(links, 2);
            Assert.Equal(6, a.HeldFrames);
            Assert.Equal(6, b.HeldFrames);
            Assert.Equal(0u, a.Statistics.LinksFailed);
            Assert.Equal(0u, b.Statistics.LinksFailed);
        }
    }

    [Fact]
    public void AStreamStaysBeforeAContact()
    {
        for (int order = 0; order < Orders; order++)
        {
            (NodeCore a, NodeCore b) = Known();
            CrossedLinks links = new(a, b);
            int stream = links.Dial(1);
            links.Run();
            a.Broadcast([1], 0, 1, 0);
            int contact = links.Dial(0, LinkKind.Contact);
            links.Run(order);

            Assert.Equal(LinkState.Open, links.StateOf(stream, 0));
            Assert.Equal(LinkState.Open, links.StateOf(stream, 1));
            Assert.NotEqual(LinkState.Open, links.StateOf(contact, 0));
            Assert.Equal(1, b.HeldFrames);
        }
    }

    /// <summary>Who comes back after its connection died is not sent away for the sake of the dead one.</summary>
    [Fact]
    public void ALinkThatIsDeadDoesNotWinAgainstANewOne()
    {
        for (int order = 0; order < Orders; order++)
        {
            (NodeCore a, NodeCore b) = Known();
            CrossedLinks links = new(a, b);
            int old = links.Dial(0);
            links.Run();
            links.Drop(old, 0);
            int young = links.Dial(0);
            a.Broadcast([1], 0, 1, 0);
            links.Run(order);

            Assert.Equal(LinkState.Open, links.StateOf(young, 0));
            Assert.Equal(LinkState.Open, links.StateOf(young, 1));
            Assert.Equal(1, b.HeldFrames);
            links.NowMs = LinkTimings.StreamSilenceMs - 1;
            a.HandleTimeout(links.NowMs);
            links.Run();
            Assert.Equal(LinkState.Open, links.StateOf(young, 1));
        }
    }

    private static (NodeCore A, NodeCore B) Known()
    {
        OpeningPair pair = OpeningPair.Members(LinkKind.Stream);
        Assert.True(pair.Link());
        OpeningPair.PeersOf(pair.B).SetNeighbour(0, OpeningPair.AddressA);
        return (pair.A, pair.B);
    }

    private static void AssertOneIsLeft(CrossedLinks links, int count)
    {
        int[] open = [.. Enumerable.Range(0, count).Where(i => links.StateOf(i, 0) == LinkState.Open)];
        int left = Assert.Single(open);
        Assert.Equal(LinkState.Open, links.StateOf(left, 1));
        Assert.Equal(links.TagOf(left), links.TagOf(left, 1));
        Assert.All(
            Enumerable.Range(0, count).Where(i => i != left),
            i => Assert.NotEqual(LinkState.Open, links.StateOf(i, 1)));
    }

    private static void AssertNextResumes(NodeCore a, NodeCore b)
    {
        for (int link = 0; link < 2; link++)
        {
            CloseIfOpen(a, link);
            CloseIfOpen(b, link);
        }

        uint handshakes = a.Statistics.Handshakes;
        OpeningPair pair = new(LinkKind.Stream, a, b);
        Assert.True(pair.Link());
        Assert.Equal(handshakes, a.Statistics.Handshakes);
        Assert.Equal(Assert.Single(OpeningPair.SecretsOf(a)), Assert.Single(OpeningPair.SecretsOf(b)));
    }

    private static void CloseIfOpen(NodeCore node, int link)
    {
        if (node.GetLinkState(link) != LinkState.Closed)
        {
            node.CloseLink(link, 0);
        }
    }
}
