using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Gossip;

public class NeighbourTableTests
{
    private const long TenMinutesMs = 600_000;

    private readonly NodeStatistics _statistics = new();
    private readonly NeighbourTable _table;

    public NeighbourTableTests()
    {
        _table = new NeighbourTable(3, _statistics);
    }

    [Fact]
    public void ANeighbourHeardTwiceHasOnePlace()
    {
        Assert.Equal(_table.Heard(5, 0), _table.Heard(5, 10));
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void AFullTableRefusesANewcomerAndCountsIt()
    {
        Hear(0, 1, 2, 3);

        Assert.Equal(NeighbourTable.None, _table.Heard(4, TenMinutesMs - 1));
        Assert.Equal(1u, _statistics.NeighboursRefused);
        Assert.Equal(3, _table.Count);
    }

    [Fact]
    public void ANewcomerTakesThePlaceOfOneNotHeardForLong()
    {
        Hear(0, 1, 2);
        Hear(5000, 3);
        _table.Met(1, 5000);
        int place = _table.Heard(4, TenMinutesMs);

        Assert.NotEqual(NeighbourTable.None, place);
        Assert.Equal(0u, _statistics.NeighboursRefused);
        Assert.True(_table.SinceMet(place, TenMinutesMs) > 1_000_000_000);
        Assert.Equal(NeighbourTable.None, _table.Heard(5, TenMinutesMs));
    }

    [Fact]
    public void OnlyNeighboursHeardLatelyCount()
    {
        Hear(0, 1, 2);
        Hear(1000, 3);

        Assert.Equal(3, _table.CountLately(TenMinutesMs - 1));
        Assert.Equal(1, _table.CountLately(TenMinutesMs));
        Assert.Equal(0, _table.CountLately(TenMinutesMs + 1000));
    }

    [Fact]
    public void MetTellsHowLongAgo()
    {
        int place = _table.Heard(1, 0);
        Assert.True(_table.SinceMet(place, 0) > 1_000_000_000);
        _table.Met(1, 500);

        Assert.Equal(700, _table.SinceMet(place, 1200));
    }

    [Fact]
    public void AFailedNeighbourIsLeftAloneTwiceAsLongEachTimeUpToSixtyFourSeconds()
    {
        int place = _table.Heard(1, 0);
        foreach (int seconds in new[] { 2, 4, 8, 16, 32, 64, 64, 64 })
        {
            _table.Failed(1, 1000);
            Assert.True(_table.IsAvoided(place, 1000 + (seconds * 1000) - 1));
            Assert.False(_table.IsAvoided(place, 1000 + (seconds * 1000)));
        }

        _table.Met(1, 2000);
        _table.Failed(1, 3000);
        Assert.False(_table.IsAvoided(place, 5000));
    }

    [Fact]
    public void AnAvoidedAddressIsLeftAloneUntilTheTimeGiven()
    {
        int place = _table.Heard(1, 0);
        _table.Avoid(1, 9000);
        _table.Avoid(2, 9000);

        Assert.True(_table.IsAvoided(place, 8999));
        Assert.False(_table.IsAvoided(place, 9000));
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void TimesAreRightAcrossTheTurnOfThirtyTwoBits()
    {
        const long start = 0x1_0000_0000 - 2000;
        int place = _table.Heard(1, start);
        _table.Met(1, start);
        _table.Avoid(1, start + 3000);

        Assert.Equal(5000, _table.SinceMet(place, start + 5000));
        Assert.True(_table.IsAvoided(place, start + 2999));
        Assert.False(_table.IsAvoided(place, start + 3000));
        Assert.Equal(1, _table.CountLately(start + 5000));
    }

    [Fact]
    public void ANeighbourThatComesBackAfterAMonthIsNotAvoided()
    {
        const long monthMs = 30L * 24 * 3_600_000;
        int place = _table.Heard(1, 0);
        _table.Avoid(1, TenMinutesMs);
        Assert.Equal(place, _table.Heard(1, monthMs));

        Assert.False(_table.IsAvoided(place, monthMs));
    }

    [Fact]
    public void AFloodOfAddressesKeepsTheTableInItsBound()
    {
        for (ulong address = 1; address < 5000; address++)
        {
            _table.Heard(address, (long)address * 1000);
        }

        Assert.Equal(3, _table.Count);
    }

    private void Hear(long nowMs, params ulong[] addresses)
    {
        Array.ForEach(addresses, address => _table.Heard(address, nowMs));
    }
}
