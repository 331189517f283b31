using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Show;

/// <summary>What is shown and what is not.</summary>
public sealed class ItemFilterTests
{
    private static readonly Items s_items = Items.Of("one\ntwo\n" + Samples.BoardLines + Samples.ExceptionLines);

    [Theory]
    [InlineData(null, null, null, 14)]
    [InlineData("text", null, null, 2)]
    [InlineData("Error, exception", null, null, 2)]
    [InlineData(null, "^t|^wn stats", null, 3)]
    [InlineData(null, null, "^wn ", 3)]
    [InlineData(null, "wn", "wifi|stats", 7)]
    [InlineData("report", "wifi", null, 2)]
    [InlineData(null, "Kitchen.Store::Open", null, 1)]
    public void Kinds_and_patterns_choose(string? kinds, string? include, string? exclude, int expected)
    {
        var filter = new ItemFilter(
            ItemFilter.ParseKinds(kinds),
            ItemFilter.ParsePattern(include, "--include"),
            ItemFilter.ParsePattern(exclude, "--exclude"));

        Assert.Equal(expected, s_items.All.Count(filter.Passes));
    }

    [Fact]
    public void Patterns_leave_what_happens_to_the_port()
    {
        var filter = new ItemFilter(null, ItemFilter.ParsePattern("nothing", "--include"), null);

        Assert.True(filter.Passes(new EventItem(0, PortEvent.Gone, "The port is gone.")));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?<=a)b")]
    [InlineData(@"(a)\1")]
    public void A_pattern_that_cannot_be_matched_is_refused(string pattern) =>
        Assert.Contains(
            "--include", Assert.Throws<SettingException>(() => ItemFilter.ParsePattern(pattern, "--include")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("texts")]
    [InlineData("0")]
    [InlineData("text,")]
    public void A_kind_that_there_is_not_is_refused(string kinds) =>
        Assert.Throws<SettingException>(() => ItemFilter.ParseKinds(kinds));
}
