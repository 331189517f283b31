namespace WhispurrNet.Simulation.Tests.Peers;

public class PeerGridTests
{
    private const int Side = 6;
    private const int Whispers = 8;

    [Theory]
    [InlineData(StrategyNames.Flood7, 90)]
    [InlineData(StrategyNames.Flood, 98)]
    [InlineData(StrategyNames.Flood7Sync, 100)]
    [InlineData(StrategyNames.Managed3, 30)]
    [InlineData(StrategyNames.Push3, 70)]
    [InlineData(StrategyNames.Gossipsub, 98)]
    [InlineData(StrategyNames.Pull, 100)]
    public void AMeshIsReachedAsFarAsTheStrategyReaches(string strategy, int leastPercent)
    {
        PeerGrid grid = Run(strategy);
        int all = Whispers * ((Side * Side) - 1);
        int percent = grid.Deliveries.Count * 100 / all;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{strategy}: {percent}% of {all}, {grid.Frames} frames, {grid.Bytes} bytes, last at {grid.Deliveries[^1].AtMs} ms");

        Assert.InRange(percent, leastPercent, 100);
        Assert.Equal(grid.Deliveries.Count, grid.Deliveries.Select(d => (d.Node, d.Number)).Distinct().Count());
        Assert.True(grid.Frames >= grid.Deliveries.Count);
    }

    [Theory]
    [InlineData(StrategyNames.Push3)]
    [InlineData(StrategyNames.Gossipsub)]
    public void TheSameSeedMakesTheSameRun(string strategy)
    {
        PeerGrid first = Run(strategy);
        PeerGrid second = Run(strategy);

        Assert.Equal(first.Deliveries, second.Deliveries);
        Assert.Equal((first.Bytes, first.Frames), (second.Bytes, second.Frames));
    }

    private static PeerGrid Run(string strategy)
    {
        PeerGrid grid = new(strategy, Side);
        grid.Run(180_000);
        for (int i = 0; i < Whispers; i++)
        {
            grid.Bench.Send(i * 4, i);
            grid.Run(grid.Bench.NowMs + 20_000);
        }

        grid.Run(1_500_000);
        return grid;
    }
}
