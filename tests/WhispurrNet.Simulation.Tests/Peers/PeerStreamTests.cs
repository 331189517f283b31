using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

public class PeerStreamTests
{
    public static TheoryData<string> Strategies => PeerBench.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AFrameCrossesAStreamOnce(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        (int Client, int Server) stream = bench.Stream(0, 1);
        bench.Flow(0, 1, stream);
        bench.Send(0, 1);
        bench.Send(1, 2);
        int frames = bench.Flow(0, 1, stream);
        Assert.Equal(strategy == StrategyNames.Pull ? 0 : 2, frames);
        for (int i = 0; i < 10; i++)
        {
            bench.NowMs += 10_000;
            frames += bench.Flow(0, 1, stream);
        }

        Assert.Equal(2, frames);
        Assert.Equal([2], bench.Delivered(0));
        Assert.Equal([1], bench.Delivered(1));
        Assert.Equal(LinkState.Open, bench.Nodes[0].GetLinkState(stream.Client));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void AGatewayPassesFramesFromStreamToStream(string strategy)
    {
        PeerBench bench = new(strategy, 3);
        bench.Nodes[2] = PeerFactory.Create(strategy, NodeLimits.Desk(), 99, 1, PeerBench.LifetimeMs, 0, -1);
        (int Client, int Server)[] streams = [bench.Stream(0, 2), bench.Stream(1, 2)];
        bench.Flow(0, 2, streams[0]);
        bench.Flow(1, 2, streams[1]);
        bench.Send(0, 1);
        for (int i = 0; i < 4; i++)
        {
            bench.NowMs += 10_000;
            bench.Flow(0, 2, streams[0]);
            bench.Flow(1, 2, streams[1]);
        }

        Assert.Equal([1], bench.Delivered(1));
        Assert.Empty(bench.Delivered(2));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void DeadlinesOfASilentStreamLieAhead(string strategy)
    {
        PeerBench bench = new(strategy, 2);
        (int Client, int Server) stream = bench.Stream(0, 1);
        bench.Send(0, 1);
        bench.Flow(0, 1, stream);
        for (int i = 0; i < 600; i++)
        {
            long nextMs = Math.Min(bench.Nodes[0].NextDeadlineMs, bench.Nodes[1].NextDeadlineMs);
            Assert.InRange(nextMs, bench.NowMs + 1, bench.NowMs + 60_000);
            bench.NowMs = nextMs;
            bench.Flow(0, 1, stream);
        }

        Assert.Equal(LinkState.Open, bench.Nodes[0].GetLinkState(stream.Client));
    }

    [Fact]
    public void AStreamThatIsSilentForAMinuteFails()
    {
        PeerBench bench = new(StrategyNames.Flood, 2);
        (int Client, int Server) stream = bench.Stream(0, 1);
        bench.Flow(0, 1, stream);
        bench.Nodes[0].HandleTimeout(LinkTimings.StreamSilenceMs);

        Assert.Equal(LinkState.Failed, bench.Nodes[0].GetLinkState(stream.Client));
    }

    [Fact]
    public void LinksAreAsManyAsABoardHas()
    {
        PeerBench bench = new(StrategyNames.Flood, 1, NodeLimits.Small());
        int first = bench.Nodes[0].OpenLink(LinkKind.Stream, true, 0, 0);
        Assert.True(bench.Nodes[0].OpenLink(LinkKind.Stream, true, 0, 0) >= 0);
        Assert.Equal(-1, bench.Nodes[0].OpenLink(LinkKind.Contact, true, 5, 0));
        bench.Nodes[0].CloseLink(first, 0);
        Assert.Equal(first, bench.Nodes[0].OpenLink(LinkKind.Contact, true, 5, 0));
    }
}
