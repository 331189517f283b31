using WhispurrNet.LongRun.Fleet;
using Xunit;

namespace WhispurrNet.LongRun.Tests;

/// <summary>Boards that run on, with the binaries that would be flashed.</summary>
public sealed class LongRunTests
{
    [Fact]
    public void InACalmMorningNothingIsLostAndNothingReboots()
    {
        RunReport report = Run(new RunOptions
        {
            Boards = 3,
            Duration = TimeSpan.FromHours(3),
            WithFaults = false,
        });

        Assert.Equal(0, report.Reboots);
        Assert.Empty(report.Errors);
        Assert.Equal(0, report.LibraryDeaths);
        Assert.Equal(0, report.Ledger.WithoutPath);
        Assert.True(report.Ledger.Delivered > 20, report.ToText());
    }

    [Fact]
    public void InTwentyFourHoursOfFaultsNothingIsLostThatHadAPath()
    {
        RunReport report = Run(new RunOptions
        {
            Boards = 3,
            Duration = TimeSpan.FromHours(24),
            BetweenFaults = TimeSpan.FromMinutes(20),
        });

        Assert.All(report.Faults, fault => Assert.True(fault.Count > 0, $"{fault.Kind} never happened."));
        Assert.True(report.Ledger.Delivered > report.Ledger.Addressed * 3 / 4, report.ToText());
        Assert.True(report.Contacts > 1_000, report.ToText());

        // Ten minutes apart at the very least, and after the first ones far more.
        Assert.True(report.Reboots < 6 * 24, report.ToText());
    }

    [Fact]
    public void WithATwentyPercentLossNothingIsLostForGood()
    {
        RunReport report = Run(new RunOptions
        {
            Boards = 3,
            Duration = TimeSpan.FromHours(4),
            WithFaults = false,
            Loss = 0.2,
        });

        Assert.Equal(0, report.Reboots);
        Assert.Equal(0, report.Ledger.WithoutPath);
        Assert.True(report.Ledger.Delivered > 20, report.ToText());
    }

    private static RunReport Run(RunOptions options)
    {
        RunReport report = new LongRunner(options).Run();
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToText());
        Assert.True(report.IsGood, report.ToText());
        return report;
    }
}
