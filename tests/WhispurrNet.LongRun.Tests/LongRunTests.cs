using WhispurrNet.LongRun.Fleet;
using Xunit;

namespace WhispurrNet.LongRun.Tests;

/// <summary>Boards that run on, with the binaries that would be flashed.</summary>
public sealed class LongRunTests
{
    [Fact]
    public void InACalmHourNothingIsLostAndNothingReboots()
    {
        RunReport report = new LongRunner(new RunOptions
        {
            Boards = 3,
            Duration = TimeSpan.FromHours(3),
            WithFaults = false,
        }).Run();

        Assert.True(report.IsGood, report.ToText());
        Assert.Equal(0, report.Reboots);
        Assert.Empty(report.Errors);
        Assert.Equal(0, report.Ledger.WithoutPath);
        Assert.True(report.Ledger.Delivered > 20, report.ToText());
    }
}
