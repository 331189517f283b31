namespace WhispurrNet.Simulation.Tests.Peers;

/// <summary>What a contact costs: without a frame as much as a resumed one of the boards, and what the strategy adds.</summary>
public class CostTests
{
    [Theory]
    [InlineData(StrategyNames.Flood7, 104, 96)]
    [InlineData(StrategyNames.Flood, 104, 96)]
    [InlineData(StrategyNames.Flood7Sync, 130, 122)]
    [InlineData(StrategyNames.Managed3, 104, 96)]
    [InlineData(StrategyNames.Push3, 104, 96)]
    [InlineData(StrategyNames.Gossipsub, 104, 96)]
    [InlineData(StrategyNames.Pull, 130, 96)]
    public void OfAContactOfTwoThatHaveNothing(string strategy, int forth, int back)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);

        Assert.Equal([forth, back], bench.Contact(0, 1).Bytes);
    }

    [Theory]
    [InlineData(StrategyNames.Flood7, 104, 96)]
    [InlineData(StrategyNames.Flood, 104, 96)]
    [InlineData(StrategyNames.Flood7Sync, 141, 133)]
    [InlineData(StrategyNames.Managed3, 104, 96)]
    [InlineData(StrategyNames.Push3, 104, 96)]
    [InlineData(StrategyNames.Gossipsub, 104, 96)]
    [InlineData(StrategyNames.Pull, 196, 121)]
    public void OfAContactOfTwoThatHaveTheSameTenFrames(string strategy, int forth, int back)
    {
        PeerBench bench = WithFrames(strategy, 10);
        bench.Contact(0, 1);
        bench.NowMs += 20_000;

        Assert.Equal([forth, back], bench.Contact(0, 1).Bytes);
    }

    [Theory]
    [InlineData(StrategyNames.Flood7)]
    [InlineData(StrategyNames.Flood)]
    [InlineData(StrategyNames.Flood7Sync)]
    [InlineData(StrategyNames.Managed3)]
    [InlineData(StrategyNames.Push3)]
    [InlineData(StrategyNames.Gossipsub)]
    [InlineData(StrategyNames.Pull)]
    public void OfAFrame(string strategy)
    {
        foreach (int sender in new[] { 0, 1 })
        {
            int[][] bytes = new int[3][];
            foreach (int frames in new[] { 0, 1, 2 })
            {
                PeerBench bench = WithFrames(strategy, frames, sender);
                bytes[frames] = bench.Contact(0, 1).Bytes;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{strategy}, sender {sender}: first {bytes[1][sender] - bytes[0][sender]} there, "
                + $"{bytes[1][1 - sender] - bytes[0][1 - sender]} back; second {bytes[2][sender] - bytes[1][sender]} there, "
                + $"{bytes[2][1 - sender] - bytes[1][1 - sender]} back");
            Assert.InRange(bytes[1].Sum() - bytes[0].Sum(), 307, 345);
            Assert.InRange(bytes[2].Sum() - bytes[1].Sum(), 307, 322);
        }
    }

    private static PeerBench WithFrames(string strategy, int frames, int sender = 0)
    {
        PeerBench bench = new(strategy, 2);
        bench.Hear(0, 1);
        for (int i = 0; i < frames; i++)
        {
            bench.Send(sender, i);
        }

        return bench;
    }
}
