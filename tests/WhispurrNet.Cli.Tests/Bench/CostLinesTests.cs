using WhispurrNet.Cli.Bench;

namespace WhispurrNet.Cli.Tests.Bench;

/// <summary>What a board says between the lines of the operations is skipped; what is no line of them is none.</summary>
public sealed class CostLinesTests
{
    [Theory]
    [InlineData("cost name=x25519 runs=3 us=251034 fastest=250870", "x25519")]
    [InlineData("cost name=x25519 us=0\r", "x25519")]
    [InlineData("cost name=x25519 failed=OutOfMemoryException", "x25519")]
    [InlineData("cost name=x25519 us=", null)]
    [InlineData("cost name=x25519 us=-5", null)]
    [InlineData("cost us=5", null)]
    [InlineData("cost ", null)]
    [InlineData("cost name us =", null)]
    [InlineData("Ready.", null)]
    [InlineData("", null)]
    public void A_line_is_read_or_skipped(string line, string? name)
    {
        CostLines lines = new();

        Assert.Equal(name, lines.Take(line));
        Assert.False(lines.IsDone);
    }

    [Fact]
    public void The_last_line_ends_it_and_what_had_no_room_is_named()
    {
        CostLines lines = new();
        lines.Take("cost name=ed25519-sign failed=OutOfMemoryException");
        lines.Take("Costs done.\r");

        Assert.True(lines.IsDone);
        Assert.Equal(["ed25519-sign"], lines.Failed);
    }
}
