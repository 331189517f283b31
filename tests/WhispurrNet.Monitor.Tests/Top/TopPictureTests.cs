using System.Text.RegularExpressions;
using Spectre.Console;
using WhispurrNet.Cli.Top;

namespace WhispurrNet.Monitor.Tests.Top;

/// <summary>What <c>top</c> draws.</summary>
public sealed class TopPictureTests
{
    private static readonly TopBoard s_board = new(
        "b1", "gateway", "board", "up", "eadffbcf12dde196f3984e9d5e68cc5f:00000000", 3_661, 2, 1.25, 54_472, 12, 3, 4,
        123_456, 2_345_678, 0, null);

    private static readonly TopSnapshot s_moment = new(
        new DateTimeOffset(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local)),
        new TopGateway("http://127.0.0.1:8765/", 5, 75, 9, 3, 10),
        [
            s_board,
            s_board with
            {
                Name = "a-board-with-a-very-long-name-\u001b[2J", Role = "foreign", State = "starting", HeapFree = 1_000,
                FramesPerSecond = 123.4, Errors = 7, Contacts = 9, LastError = "radio " + new string('x', 200) + "\u001b[2J",
            },
            new TopBoard(
                "/dev/ttyUSB0", "/dev/ttyUSB0", "board", "unplugged", null, null, null, null, null, null, null, 0, null,
                null, 0, null),
        ],
        [new TopLink("b1", "b2", true, false, 7, 0), new TopLink("relay", "desk", false, true, 3, 1)]);

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(80, 10)]
    [InlineData(200, 60)]
    public void It_fits_the_terminal(int width, int height)
    {
        IReadOnlyList<string> lines = Draw(width, height);

        Assert.Equal(height, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.DoesNotContain(lines, line => line.Contains('\u001b'));
        Assert.StartsWith(" q quit", lines[^1], StringComparison.Ordinal);
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^b1 +board +up +1:01:01 +2 +1\.3 +54472 +12 +3 +4 +0"));
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^/dev/ttyUSB0? *board +unplugged +- +- +- +-"));
    }

    [Fact]
    public void Eighty_columns_hold_what_matters_and_more_hold_more()
    {
        Assert.DoesNotContain(Draw(80, 24), line => line.Contains("IDENTITY", StringComparison.Ordinal));
        IReadOnlyList<string> wide = Draw(120, 24);
        Assert.Contains(wide, line => line.Contains("IDENTITY", StringComparison.Ordinal));
        Assert.Contains(wide, line => line.Contains("2345k", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_and_errors_give_way_to_boards_and_say_so()
    {
        IReadOnlyList<string> lines = Draw(80, 7);

        Assert.StartsWith("3 lines more", lines[^2], StringComparison.Ordinal);
        Assert.Contains(Draw(80, 24), line => line.StartsWith("relay --- desk  open, met 3, failed 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Colours_change_nothing_but_colours()
    {
        IReadOnlyList<string> plain = Draw(80, 24);
        IReadOnlyList<string> coloured = new TopPicture(ColorSystem.Standard).Draw(s_moment, default, 80, 24);

        Assert.Contains(coloured, line => line.Contains('\u001b'));
        Assert.Equal(
            plain.Select(line => line.TrimEnd()),
            coloured.Select(line => Regex.Replace(line, "\u001b\\[[0-9;]*m", string.Empty).TrimEnd()));
    }

    [Theory]
    [InlineData("", "b1,a-board,/dev")]
    [InlineData("r", "/dev,a-board,b1")]
    [InlineData("n", "/dev,a-board,b1")]
    [InlineData("f", "a-board,b1,/dev")]
    [InlineData("h", "a-board,b1,/dev")]
    [InlineData("c", "a-board,b1,/dev")]
    [InlineData("e", "a-board,b1,/dev")]
    [InlineData("er", "/dev,b1,a-board")]
    [InlineData("ee", "b1,a-board,/dev")]
    [InlineData("xN", "/dev,a-board,b1")]
    public void Keys_sort(string keys, string expected)
    {
        var order = default(TopOrder);
        foreach (char key in keys)
        {
            order = order.After(key) ?? order;
        }

        IEnumerable<string> names = order.Sort(s_moment.Boards).Select(board => board.Name);
        Assert.Equal(expected.Split(','), names.Select(name => name[..Math.Min(name.Length, name[0] == '/' ? 4 : 7)]));
    }

    [Fact]
    public void A_gateway_that_is_gone_is_said_to_be()
    {
        IReadOnlyList<string> lines = new TopPicture(ColorSystem.NoColors).Draw(
            s_moment with { Gateway = s_moment.Gateway! with { Peers = null }, Boards = [], Links = [] }, default, 80, null);

        Assert.Contains("does not answer", lines[0], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Draw(int width, int height) =>
        new TopPicture(ColorSystem.NoColors).Draw(s_moment, default, width, height);
}
