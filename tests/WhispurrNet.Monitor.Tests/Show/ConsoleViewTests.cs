using System.Text;
using Spectre.Console;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.Cli.Output;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Show;

/// <summary>Lines for a person.</summary>
public sealed class ConsoleViewTests
{
    private static readonly DateTimeOffset s_start =
        new(new DateTime(2026, 1, 2, 3, 4, 5, 600, DateTimeKind.Local));

    [Fact]
    public void Lines_have_the_time_and_exceptions_stand_together()
    {
        string shown = Show(Encoding.ASCII.GetBytes("hello\r\n" + Samples.ExceptionLines), colors: false);

        Assert.Equal(
            "03:04:05.600 hello\n"
            + "03:04:05.600 System.IO.IOException (CLR_E_FILE_IO) in thread 3\n"
            + "03:04:05.600   no such file\n"
            + "03:04:05.600     at Kitchen.Store::Open [IL 0x001F]\n"
            + "03:04:05.600     at Kitchen.Program::Main [IL 0x0030]\n",
            shown.Replace(".601", ".600"));
    }

    [Fact]
    public void Colours_are_around_the_text_and_without_them_there_is_no_escape()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("wn error broken\r\n\u001b[31mnot a colour\r\n");

        Assert.DoesNotContain('\u001b', Show(bytes, colors: false));
        string coloured = Show(bytes, colors: true);
        Assert.Matches("\u001b\\[[0-9;]*mwn error broken\u001b\\[0m\n", coloured);
        Assert.Contains(@"\x1b[31mnot a colour", coloured, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_is_told_as_how_much_came()
    {
        byte[] noise = [.. Enumerable.Repeat((byte)0xF8, 10_000), (byte)'\n', .. "text\n"u8];

        string shown = Show(noise, colors: false);

        Assert.Contains("10000 bytes that are no text: f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8...\n", shown, StringComparison.Ordinal);
        Assert.EndsWith("text\n", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 1, 400);
    }

    [Fact]
    public void No_colours_are_written_where_a_console_has_none()
    {
        IAnsiConsole Console(ColorSystemSupport colors) => AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = colors, Out = new AnsiConsoleOutput(new StringWriter()),
        });

        Assert.Null(ItemStyles.For(Console(ColorSystemSupport.NoColors)));
        Assert.NotNull(ItemStyles.For(Console(ColorSystemSupport.Standard)));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public void The_table_fits_the_terminal_with_the_last_lines_below(int width, int height)
    {
        using var terminal = new StringWriter();
        var board = new BoardState();
        using (var view = new TableView(
            new FullScreen(terminal, () => (width, height)), board, "/dev/ttyUSB0",
            new LineFormat(s_start, true, LineFormat.TimeOfDay, null), ColorSystem.NoColors))
        {
            string lines = string.Concat(Enumerable.Range(1, 200).Select(i => $"line {i} {new string('x', 150)}\n"));
            foreach (MonitorItem item in Items.Of(Samples.BoardLines + lines).All)
            {
                view.OnItem(item);
                board.OnItem(item);
            }

            view.OnIdle(1_000);
        }

        string[] picture = terminal.ToString().Split("\u001b[H")[^1].Split("\u001b[K\u001b[J")[0].Split("\u001b[K\r\n");
        Assert.Equal(height, picture.Length);
        Assert.All(picture, line => Assert.InRange(line.TrimEnd().Length, 1, width));
        Assert.Contains(picture, line => line.Contains("kitchen", StringComparison.Ordinal));
        Assert.Contains(picture, line => line.Contains("54,000", StringComparison.Ordinal));
        Assert.Contains("line 200", picture[^1], StringComparison.Ordinal);
        Assert.EndsWith("x…", picture[^1], StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h\u001b[?1049l", terminal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly ten", 11, "exactly ten")]
    [InlineData("words that go on", 11, "words that…")]
    [InlineData("漢字漢字漢字", 7, "漢字漢…")]
    public void A_line_ends_where_the_terminal_does(string text, int width, string expected) =>
        Assert.Equal(expected, Rendering.Clip(text, width));

    [Fact]
    public void In_one_line_a_board_says_what_it_knows()
    {
        var board = new BoardState();
        Assert.Equal(
            "board port p, gone, contact cards 0, links open 0, sent 0, read 0, starts 0, errors 0",
            BoardTable.Summarize(board, "p"));
        foreach (MonitorItem item in Items.Of(Samples.BoardLines).All)
        {
            board.OnItem(item);
        }

        string line = BoardTable.Summarize(board, "p");

        Assert.Contains("board kitchen", line, StringComparison.Ordinal);
        Assert.Contains("up 0:02:00", line, StringComparison.Ordinal);
        Assert.Contains("heap free 54,000", line, StringComparison.Ordinal);
        Assert.Contains("frames/s 0.20", line, StringComparison.Ordinal);
    }

    private static string Show(byte[] bytes, bool colors)
    {
        using var writer = new StringWriter();
        ItemStyles? styles = colors
            ? ItemStyles.For(AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(new StringWriter()),
            }))
            : null;
        var view = new ConsoleView(writer, new LineFormat(s_start, true, LineFormat.TimeOfDay, styles));
        foreach (MonitorItem item in Items.Of(bytes).All)
        {
            view.OnItem(item);
        }

        view.OnIdle(10_000);
        return writer.ToString();
    }
}
