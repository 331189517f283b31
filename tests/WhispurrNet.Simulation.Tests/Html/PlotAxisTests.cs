using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>Axes: round marks, units that fit, and ranges that always have a length.</summary>
public sealed class PlotAxisTests
{
    [Theory]
    [InlineData(45, "time, s", "0 10 20 30 40")]
    [InlineData(90, "time, s", "0 15 30 45 60 75 90")]
    [InlineData(600, "time, min", "0 2 4 6 8 10")]
    [InlineData(10_000, "time, h", "0 0.5 1 1.5 2 2.5")]
    [InlineData(86_400, "time, h", "0 6 12 18 24")]
    [InlineData(604_800, "time, d", "0 2 4 6")]
    [InlineData(8_640_000, "time, d", "0 20 40 60 80 100")]
    [InlineData(0.05, "time, s", "0 0.01 0.02 0.03 0.04 0.05")]
    public void Time_is_counted_as_people_do(double highest, string title, string marks)
    {
        var axis = PlotAxis.Time("time", [highest / 3, highest]);

        Assert.Equal(title, axis.Title);
        Assert.Equal(marks, Labels(axis));
    }

    [Theory]
    [InlineData(7, 8, "0 2 4 6 8")]
    [InlineData(0.3, 0.3, "0 0.1 0.2 0.3")]
    [InlineData(1633, 2000, "0 500 1,000 1,500 2,000")]
    [InlineData(10, 10, "0 2 4 6 8 10")]
    public void Amounts_end_at_a_round_number(double highest, double max, string marks)
    {
        var axis = PlotAxis.Amount("n", [highest]);

        Assert.Equal(max, axis.Max, 1e-9);
        Assert.Equal(marks, Labels(axis));
    }

    [Fact]
    public void Bytes_say_whether_they_are_thousands()
    {
        var axis = PlotAxis.Bytes("per delivery", [7400]);

        Assert.Equal("per delivery, kB", axis.Title);
        Assert.Equal("0 2 4 6 8", Labels(axis));
        Assert.Equal(8000, axis.Max);
        Assert.Equal(0.25, axis.Place(2000));
    }

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(1, 9, "1 2 3 4 5 6 7 8 9")]
    [InlineData(0, 29, "0 5 10 15 20 25")]
    [InlineData(1, 0, "1")]
    public void Whole_numbers_have_room_for_their_bars(long first, long last, string marks)
    {
        var axis = PlotAxis.Whole("n", first, last);

        Assert.Equal(marks, Labels(axis));
        Assert.Equal(first - 0.5, axis.Min);
        Assert.True(axis.Max > axis.Min);
    }

    [Theory]
    [InlineData(2, 400, "5 s 20 s 1 min 5 min")]
    [InlineData(1, 10, "1 s 2 s 5 s 10 s")]
    public void A_logarithmic_axis_has_marks_within(double lowest, double highest, string marks)
    {
        var axis = PlotAxis.LogTime("time", [lowest, highest]);

        Assert.Equal(marks, Labels(axis));
        Assert.Equal(0, axis.Place(lowest));
        Assert.Equal(0.5, axis.Place(Math.Sqrt(lowest * highest)), 1e-9);
        Assert.Equal(1, axis.Place(highest));
        Assert.Equal(0, axis.Place(0));
    }

    [Fact]
    public void Any_range_has_a_few_marks()
    {
        for (double lowest = 0.001; lowest < 100_000; lowest *= 1.37)
        {
            for (double highest = lowest; highest < 500_000; highest *= 1.71)
            {
                Assert.InRange(PlotAxis.LogTime("time", [lowest, highest]).Ticks.Count, 1, 8);
                Assert.InRange(PlotAxis.Time("time", [lowest, highest]).Ticks.Count, 2, 12);
            }
        }
    }

    [Fact]
    public void Nothing_to_show_still_has_an_axis()
    {
        PlotAxis[] axes =
        [
            PlotAxis.Time("t", []), PlotAxis.LogTime("t", []), PlotAxis.Amount("a", []), PlotAxis.Bytes("b", []),
            PlotAxis.Amount("a", [0, 0]), PlotAxis.Time("t", [double.NaN]),
            PlotAxis.Bytes("b", [double.PositiveInfinity]),
        ];

        Assert.All(axes, axis =>
        {
            Assert.True(axis.Max > axis.Min);
            Assert.NotEmpty(axis.Ticks);
            Assert.Equal(0, axis.Place(double.NaN));
        });
    }

    private static string Labels(PlotAxis axis) => string.Join(' ', axis.Ticks.Select(tick => tick.Label));
}
