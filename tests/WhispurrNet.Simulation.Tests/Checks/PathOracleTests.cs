using WhispurrNet.Simulation.Checks;

namespace WhispurrNet.Simulation.Tests.Checks;

/// <summary>Whether there was a way in time, on small worlds that can be worked out by hand.</summary>
public class PathOracleTests
{
    private const int Hop = PathOracle.HopMs;
    private const int End = 100 * Hop;

    private readonly RangeLog _log = new();

    [Fact]
    public void AHopTakesTheLongestWaitForAWindow()
    {
        _log.Join(0, 0, 1);
        _log.Join(0, 1, 2);

        Assert.True(_log.IsStatic);
        Assert.Equal([5, 5 + Hop, 5 + (2 * Hop)], Reach(3, 0, 5, End));
        Assert.Equal([5, 5 + Hop, long.MaxValue], Reach(3, 0, 5, 5 + Hop));
    }

    [Fact]
    public void WhoMeetsTooShortlyDoesNotMeet()
    {
        _log.Join(0, 0, 1);
        _log.Part(Hop - 1, 0, 1);
        _log.Join(5 * Hop, 0, 1);
        _log.Part(6 * Hop, 0, 1);

        Assert.Equal([0, 6 * Hop], Reach(2, 0, 0, End));
    }

    [Fact]
    public void OrderInTimeMatters()
    {
        _log.Join(0, 1, 2);
        _log.Part(2 * Hop, 1, 2);
        _log.Join(3 * Hop, 0, 1);

        Assert.Equal([0, 4 * Hop, long.MaxValue], Reach(3, 0, 0, End));
        Assert.Equal([4 * Hop, Hop, 0], Reach(3, 2, 0, End));
    }

    [Fact]
    public void MemoryThatIsLostEndsACopy()
    {
        _log.Join(0, 0, 1);
        _log.Part(2 * Hop, 0, 1);
        _log.Join(6 * Hop, 1, 2);
        _log.Leave(3 * Hop, 1, power: true);
        _log.Return(4 * Hop, 1);

        Assert.Equal([0, Hop, long.MaxValue], Reach(3, 0, 0, End));
    }

    [Fact]
    public void WhoIsAwayKeepsItsCopy()
    {
        _log.Join(0, 0, 1);
        _log.Part(2 * Hop, 0, 1);
        _log.Join(0, 1, 2);
        _log.Part(1, 1, 2);
        _log.Join(6 * Hop, 1, 2);
        _log.Leave(3 * Hop, 1, power: false);
        _log.Return(7 * Hop, 1);

        Assert.Equal([0, Hop, 8 * Hop], Reach(3, 0, 0, End));
    }

    [Fact]
    public void ASplitPartsTheTwoSides()
    {
        _log.Join(0, 0, 1);
        _log.Split(0, true);
        _log.Split(10 * Hop, false);

        Assert.False(_log.IsStatic);
        Assert.Equal([0, 11 * Hop], Reach(2, 0, 0, End, [true, false]));
        Assert.Equal([0, Hop], Reach(2, 0, 0, End, [true, true]));
    }

    private long[] Reach(int nodes, int origin, long sentMs, long endMs, bool[]? isLeft = null)
    {
        return new PathOracle(_log, isLeft ?? new bool[nodes], End).Reach(origin, sentMs, endMs);
    }
}
