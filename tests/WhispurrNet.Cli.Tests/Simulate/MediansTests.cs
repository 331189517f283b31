using System.Globalization;
using System.Reflection;
using WhispurrNet.Cli.Simulate;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Simulate;

/// <summary>Several seeds as one report.</summary>
public sealed class MediansTests
{
    [Theory]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 3, 2 })]
    [InlineData(7, new double[] { 7 })]
    [InlineData(2, new[] { double.NaN, 1, 3, double.PositiveInfinity })]
    [InlineData(double.NaN, new[] { double.NaN })]
    [InlineData(double.NaN, new double[0])]
    public void The_median_is_the_one_in_the_middle(double expected, double[] values) =>
        Assert.Equal(expected, Medians.Median(values));

    [Fact]
    public void Every_figure_of_a_report_becomes_its_median()
    {
        SimulationReport report = Medians.Of([Filled(10), Filled(30), Filled(20)]);

        foreach ((string name, double value) in Numbers(report))
        {
            double expected = name is nameof(report.FalseAcks) or nameof(report.LostSilently) ? 60 : 20;
            Assert.True(value == expected, $"{name} is {value}, not {expected}.");
        }

        Assert.True(Numbers(report).Count() > 30);
    }

    [Fact]
    public void What_one_run_broke_is_broken()
    {
        SimulationReport[] reports = [.. Enumerable.Range(1, 3).Select(i =>
            SampleReports.Create(new SimulationOptions { Seed = i }) with
            {
                Converged = i != 2,
                Violations = i == 1 ? [] : [.. Enumerable.Range(0, 40).Select(n => $"breach {n}")],
            })];

        SimulationReport report = Medians.Of(reports);

        Assert.False(report.Converged);
        Assert.Equal(50, report.Violations.Count);
        Assert.Equal("seed 2: breach 0", report.Violations[0]);
        Assert.Equal("seed 3: breach 9", report.Violations[^1]);
    }

    [Fact]
    public void The_trace_is_one_of_all_traces()
    {
        SimulationReport[] reports =
            [.. Enumerable.Range(1, 3).Select(i => SampleReports.Create(new SimulationOptions { Seed = i }))];

        string trace = Medians.Of(reports).Trace;

        Assert.Matches("^[0-9a-f]{64}$", trace);
        Assert.Equal(trace, Medians.Of(reports).Trace);
        Assert.NotEqual(trace, Medians.Of([reports[0], reports[2], reports[1]]).Trace);
        Assert.Same(reports[1], Medians.Of([reports[1]]));
    }

    private static SimulationReport Filled(int value)
    {
        SimulationReport report = SampleReports.Create(new SimulationOptions { Nodes = 2, Whispers = 1 }) with
        {
            Bytes = new ByteCounts(value, value, value, value, value),
            Contacts = new ContactCounts(value, value, value, value),
        };
        foreach (PropertyInfo property in NumberProperties(typeof(SimulationReport)))
        {
            property.SetValue(report, Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return report;
    }

    private static IEnumerable<(string Name, double Value)> Numbers(SimulationReport report)
    {
        foreach (object part in (object[])[report, report.Bytes, report.Contacts])
        {
            foreach (PropertyInfo property in NumberProperties(part.GetType()))
            {
                yield return (property.Name, Convert.ToDouble(property.GetValue(part), CultureInfo.InvariantCulture));
            }
        }
    }

    private static IEnumerable<PropertyInfo> NumberProperties(Type type) =>
        type.GetProperties().Where(p => ((Type[])[typeof(double), typeof(long), typeof(int)]).Contains(p.PropertyType));
}
