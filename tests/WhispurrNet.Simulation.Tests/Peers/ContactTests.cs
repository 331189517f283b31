using WhispurrNet.Protocol.Links;
using WhispurrNet.Simulation.Nodes;

namespace WhispurrNet.Simulation.Tests.Peers;

public class ContactTests
{
    public static TheoryData<string> Strategies => PeerBench.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AFrameCrossesAContactEitherWay(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);
        Assert.Equal(SendOutcome.Accepted, bench.Send(0, 7));
        Assert.Equal(SendOutcome.Accepted, bench.Send(1, 8));

        Meeting meeting = bench.Contact(0, 1);

        Assert.Equal((LinkState.Finished, LinkState.Finished), (meeting.Client, meeting.Server));
        Assert.Equal([1, 1], meeting.Frames);
        Assert.Equal([8], bench.Delivered(0));
        Assert.Equal([7], bench.Delivered(1));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AnOriginThatKnewNobodyIsHeardByTheFirstThatComes(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        bench.Send(1, 3);

        bench.Contact(0, 1);

        Assert.Equal([3], bench.Delivered(0));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void WhatBothHaveIsNotSentAgain(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);
        bench.Send(0, 7);
        bench.Send(1, 8);
        bench.Contact(0, 1);

        foreach ((int client, int server) in new[] { (0, 1), (1, 0) })
        {
            bench.NowMs += 60_000;
            Assert.Equal([0, 0], bench.Contact(client, server).Frames);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void ACopyIsNotDeliveredTwiceNorToItsOrigin(string strategy)
    {
        PeerBench bench = new(strategy, 4);
        bench.HearAll();
        bench.Send(0, 5);
        int[][] pairs = [[0, 1], [0, 2], [1, 3], [2, 3], [3, 0], [1, 2], [3, 1], [2, 0], [0, 3]];
        List<int>[] delivered = [[], [], [], []];
        foreach (int[] pair in pairs)
        {
            bench.NowMs += 20_000;
            bench.Contact(pair[0], pair[1]);
            for (int i = 0; i < delivered.Length; i++)
            {
                delivered[i].AddRange(bench.Delivered(i));
            }
        }

        Assert.Empty(delivered[0]);
        Assert.All(delivered[1..], numbers => Assert.Equal([5], numbers));
    }

    [Theory]
    [InlineData(StrategyNames.Flood7, 7)]
    [InlineData(StrategyNames.Flood, 12)]
    [InlineData(StrategyNames.Flood7Sync, 12)]
    [InlineData(StrategyNames.Managed3, 4)]
    [InlineData(StrategyNames.Push3, 12)]
    [InlineData(StrategyNames.Gossipsub, 12)]
    [InlineData(StrategyNames.Pull, 12)]
    public void AFrameGoesAsManyLinksFar(string strategy, int far)
    {
        // A filter brings frames farther than seven hops, one contact after the other.
        PeerBench bench = new(strategy, 13);
        for (int i = 1; i < bench.Nodes.Length; i++)
        {
            bench.Hear(i - 1, i);
        }

        bench.Send(0, 1);
        for (int i = 1; i < bench.Nodes.Length; i++)
        {
            bench.NowMs += 15_000;
            bench.Contact(i, i - 1);
        }

        Assert.Equal(far, bench.Nodes.Skip(1).Count(n => n.PollDelivered(bench.NowMs) == 1));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void ADirectWhisperIsForItsRecipientOnly(string strategy)
    {
        PeerBench bench = new(strategy, 3);
        bench.HearAll();
        Assert.Equal(SendOutcome.NoRecipient, bench.Send(0, 1, WhisperKind.Direct));
        Assert.Equal(SendOutcome.Accepted, bench.Send(0, 2, WhisperKind.Direct, 2));

        bench.Contact(0, 1);
        bench.NowMs += 15_000;
        bench.Contact(1, 2);

        Assert.Empty(bench.Delivered(1));
        Assert.Equal([2], bench.Delivered(2));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void NothingIsHandedOnThatIsOver(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);
        bench.Send(0, 1);
        Assert.Equal(PeerBench.LifetimeMs, bench.Nodes[0].NextDeadlineMs);
        bench.NowMs += PeerBench.LifetimeMs;

        Assert.Equal([0, 0], bench.Contact(0, 1).Frames);
        Assert.Equal(0, bench.Nodes[0].Frames.Held);
        Assert.Equal(long.MaxValue, bench.Nodes[0].NextDeadlineMs);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AFrameLivesNoLongerFarFromItsOrigin(string strategy)
    {
        PeerBench bench = new(strategy, 5);
        for (int i = 1; i < 5; i++)
        {
            bench.Hear(i - 1, i);
        }

        bench.Send(0, 1);
        for (int i = 1; i < 5; i++)
        {
            bench.NowMs += 15_000;
            bench.Contact(i - 1, i);
            Assert.InRange(bench.Nodes[i].State.Store.NextEndMs, PeerBench.LifetimeMs - (i * 4000), PeerBench.LifetimeMs);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AContactThatIsCutAnywhereLosesNothing(string strategy)
    {
        for (int units = 1; units < 60; units++)
        {
            PeerBench bench = new(strategy, 2);
            bench.Hear(0, 1);
            bench.Send(0, 1);
            bench.Send(1, 2);
            Meeting first = bench.Contact(0, 1, units);
            bench.NowMs += 80_000;
            Meeting second = bench.Contact(1, 0);

            Assert.Equal(LinkState.Finished, second.Client);
            Assert.Equal([2], bench.Delivered(0));
            Assert.Equal([1], bench.Delivered(1));
            Assert.InRange(first.Frames.Sum() + second.Frames.Sum(), 2, 4);
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AContactBeginsNoFrameAfterNineSeconds(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);
        for (int i = 0; i < 40; i++)
        {
            bench.Send(0, i);
        }

        long begunMs = bench.NowMs;
        Meeting meeting = bench.Contact(0, 1);

        Assert.Equal(LinkState.Finished, meeting.Client);
        Assert.InRange(bench.NowMs - begunMs, 9_000, 11_000);
        Assert.InRange(meeting.Frames[0], 10, 25);
        Assert.Equal(meeting.Frames[0], bench.Delivered(1).Count);

        bench.NowMs += 20_000;
        meeting = bench.Contact(0, 1);
        Assert.Equal(meeting.Frames[0], bench.Delivered(1).Count);
    }

    [Fact]
    public void ASilentContactFails()
    {
        PeerBench bench = new(StrategyNames.Flood, 2);
        int link = bench.Nodes[0].OpenLink(LinkKind.Contact, true, PeerBench.AddressOf(1), 0);

        Assert.Equal(LinkTimings.ContactSilenceMs, bench.Nodes[0].NextDeadlineMs);
        bench.Nodes[0].HandleTimeout(LinkTimings.ContactSilenceMs - 1);
        Assert.Equal(LinkState.Open, bench.Nodes[0].GetLinkState(link));
        bench.Nodes[0].HandleTimeout(LinkTimings.ContactSilenceMs);
        Assert.Equal(LinkState.Failed, bench.Nodes[0].GetLinkState(link));
        Assert.Equal(long.MaxValue, bench.Nodes[0].NextDeadlineMs);
        bench.Nodes[0].CloseLink(link, LinkTimings.ContactSilenceMs);
        Assert.Equal(LinkState.Closed, bench.Nodes[0].GetLinkState(link));
    }
}
