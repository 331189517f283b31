using WhispurrNet.Cli.Simulate;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary>Tables on terminals of any width.</summary>
public sealed class ReportTablesTests
{
    private static readonly SimulationReport[] s_reports =
        [.. StrategyNames.All.Select(name => SampleReports.Create(new SimulationOptions { Strategy = name }))];

    [Fact]
    public void A_narrow_terminal_gets_whole_columns_and_is_told_which_are_missing()
    {
        string[] lines = Print(s_reports, 80);

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(StrategyNames.All.Count, lines.Count(line => line.Contains("99.87 %")));
        Assert.DoesNotContain(lines, line => line.Contains('…'));
        Assert.Contains("not shown, for want of room: lost, hops, mAh/day, silently, violations", lines);
    }

    [Fact]
    public void A_wide_one_gets_everything()
    {
        string[] lines = Print(s_reports, 130);

        Assert.Contains(lines, line => line.Contains(" lost ") && line.Contains(" violations "));
        Assert.DoesNotContain(lines, line => line.StartsWith("not shown"));
    }

    [Fact]
    public void What_is_wrong_is_never_left_out()
    {
        string[] lines = Print([.. s_reports.Select(report => report with { LostSilently = 31 })], 80);

        Assert.Equal(StrategyNames.All.Count, lines.Count(line => line.Contains(" 31 ")));
    }

    private static string[] Print(SimulationReport[] reports, int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        new ReportTables(output, width).PrintComparison(reports);
        return output.ToString().Split('\n');
    }
}
