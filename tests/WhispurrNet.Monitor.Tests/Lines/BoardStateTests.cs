using System.Text;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>What a board says of itself, put together.</summary>
public sealed class BoardStateTests
{
    [Fact]
    public void It_follows_the_lines_of_a_board()
    {
        BoardState board = After(Samples.BoardLines);

        Assert.Equal("kitchen", board.Name);
        Assert.Equal("eadffbcf12dde196f3984e9d5e68cc5f:00000000", board.Identity);
        Assert.Equal("small", board.Size);
        Assert.True(board.IsMember);
        Assert.Equal("ready", board.Wifi);
        Assert.Equal("passed", board.SelfTest);
        Assert.Equal(1, board.OpenLinks);
        Assert.Equal(1, board.Contacts);
        Assert.Equal(1, board.Frames);
        Assert.Equal(1, board.Sent);
        Assert.Equal(54_000, board.Statistics["heapFree"]);
        Assert.Equal(12.0 / 60, board.FramesPerSecond);
        Assert.Equal("the radio failed to scan: Exception, text", board.LastError);
        Assert.Equal(1 + 2, board.Faults);
        Assert.Equal(1, board.Boots);
    }

    [Fact]
    public void A_new_start_begins_anew()
    {
        BoardState board = After(
            Samples.BoardLines + "wn boot name=kitchen identity=x size=small frame=256 network=none\r\n");

        Assert.Equal(0, board.OpenLinks);
        Assert.Equal(0, board.Contacts);
        Assert.Empty(board.Statistics);
        Assert.Null(board.FramesPerSecond);
        Assert.False(board.IsMember);
        Assert.Equal(2, board.Boots);
        Assert.Equal(1, board.Errors);
    }

    [Fact]
    public void Exceptions_count_as_errors()
    {
        BoardState board = After(Samples.ExceptionLines);

        Assert.Equal(1, board.Errors);
        Assert.Equal("System.IO.IOException: no such file", board.LastError);
    }

    [Fact]
    public void A_closed_link_is_gone_and_what_is_remembered_is_bounded()
    {
        var lines = new StringBuilder("wn link 0000000a ble in open\nwn link 0000000a closed finished\n");
        for (int i = 0; i < 10_000; i++)
        {
            lines.Append($"wn link {i:x8} ws out open\nwn contact {i:x32}:00000001\n");
        }

        BoardState board = After(lines.ToString());

        Assert.Equal(BoardState.MaxRemembered, board.OpenLinks);
        Assert.Equal(BoardState.MaxRemembered, board.Contacts);
    }

    private static BoardState After(string lines)
    {
        var board = new BoardState();
        foreach (MonitorItem item in Items.Of(lines).All)
        {
            board.OnItem(item);
        }

        return board;
    }
}
