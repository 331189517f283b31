using System.Text;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Flash.Tests.Nanoff;

/// <summary>What a program writes to its terminal, as text, wherever the bytes are cut.</summary>
public sealed class TerminalTextTests
{
    private const string Written =
        "\x1b[?1h\x1b=\x1b[39;49m\x1b[37mfirst\x1b[0m line\r\n\x1b]0;a title\aFünf…\n\n\r 25%   \r 50%   "
        + "\x1b[6n\x1b[4;1H      \x1b(B\x1b[3;1Hdone\x1b[A\x1b[32mOK\n\x1b]2;x\x1b\\last";

    private static readonly string[] s_lines = ["first line", "Fünf…", " 25%", " 50%", "done", "OK", "last"];

    [Fact]
    public void Every_way_to_cut_the_bytes_gives_the_same_text()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Written);
        Assert.Equal(s_lines, Read(bytes));
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(s_lines, Read(bytes[..cut], bytes[cut..]));
        }

        Assert.Equal(s_lines, Read([.. bytes.Select(value => new[] { value })]));
    }

    [Theory]
    [InlineData("\x1b[6n", "\x1b[1;1R")]
    [InlineData("a\nb\r\nccc\x1b[6n", "\x1b[3;4R")]
    [InlineData("\x1b[7;1Hx\n\x1b[6n", "\x1b[8;1R")]
    [InlineData("\n\n\n\n\n\n\n\n\n\n\n\n\n\x1b[6n", "\x1b[10;1R")]
    [InlineData("\x1b[99;1H\x1b[6n", "\x1b[10;1R")]
    [InlineData("\n\n\x1b[A\x1b[6n", "\x1b[2;1R")]
    [InlineData("\x1b[5n", "")]
    public void Asked_where_the_cursor_is_it_answers(string written, string answer)
    {
        var answers = new StringBuilder();
        var text = new TerminalText(10, _ => { }, bytes => answers.Append(Encoding.ASCII.GetString(bytes)));

        text.Feed(Encoding.UTF8.GetBytes(written));

        Assert.Equal(answer, answers.ToString());
    }

    [Fact]
    public void Nonsense_of_any_length_does_no_harm()
    {
        byte[] bytes = new byte[200_000];
        new Random(3).NextBytes(bytes);
        Assert.All(Read(bytes), line => Assert.InRange(line.Length, 1, 4_096));

        Assert.Equal(4_096, Assert.Single(Read([.. Enumerable.Repeat((byte)'x', 100_000)])).Length);
        Assert.Empty(Read([.. "\x1b["u8, .. Enumerable.Repeat((byte)'1', 100_000)]));
    }

    [Fact]
    public void The_line_that_is_being_written_can_be_looked_at()
    {
        var text = new TerminalText(10, _ => { }, _ => { });

        text.Feed("one\n\x1b[32mtwo..."u8);

        Assert.Equal("two...", text.Pending);
    }

    private static List<string> Read(params byte[][] pieces)
    {
        List<string> lines = [];
        var text = new TerminalText(24, lines.Add, _ => { });
        foreach (byte[] piece in pieces)
        {
            text.Feed(piece);
        }

        text.Finish();
        return lines;
    }
}
