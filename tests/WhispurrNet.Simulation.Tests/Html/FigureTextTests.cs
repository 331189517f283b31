using WhispurrNet.Simulation.Report.Html;

namespace WhispurrNet.Simulation.Tests.Html;

/// <summary>Numbers as people read them.</summary>
public sealed class FigureTextTests
{
    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0.999999, "99.99 %")]
    [InlineData(0.29, "29 %")]
    [InlineData(0.98765, "98.76 %")]
    [InlineData(0, "0 %")]
    [InlineData(double.NaN, "–")]
    public void A_share_is_the_whole_only_when_nothing_is_missing(double share, string text) =>
        Assert.Equal(text, FigureText.Share(share));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0.4567, "0.457")]
    [InlineData(3.14159, "3.14")]
    [InlineData(42.24, "42.2")]
    [InlineData(99.97, "100")]
    [InlineData(1234567.8, "1,234,568")]
    [InlineData(double.PositiveInfinity, "–")]
    public void A_number_has_three_digits(double number, string text) => Assert.Equal(text, FigureText.Number(number));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1 kB")]
    [InlineData(2345, "2.35 kB")]
    [InlineData(999_900, "1 MB")]
    [InlineData(4_812_344, "4.81 MB")]
    [InlineData(7.5e9, "7.5 GB")]
    [InlineData(double.NaN, "–")]
    public void Bytes_are_counted_in_thousands(double bytes, string text) =>
        Assert.Equal(text, FigureText.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.85, "850 ms")]
    [InlineData(42.31, "42.3 s")]
    [InlineData(99.96, "1 min 40 s")]
    [InlineData(120, "2 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599.7, "1 h")]
    [InlineData(3900, "1 h 5 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(277_200, "3 d 5 h")]
    [InlineData(-0.001, "–")]
    public void A_time_has_the_two_units_that_matter(double seconds, string text) =>
        Assert.Equal(text, FigureText.Seconds(seconds));
}
