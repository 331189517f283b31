using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>Whatever a board sends, a terminal is not steered by it.</summary>
public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain text ~", "plain text ~", 0)]
    [InlineData("tab\tand Zürich, 25 °C, 👩‍🚀", "tab\tand Zürich, 25 °C, 👩‍🚀", 0)]
    [InlineData("\u001b]0;title\u0007", @"\x1b]0;title\x07", 2)]
    [InlineData("\u001b[2J\u001b[31mred", @"\x1b[2J\x1b[31mred", 2)]
    [InlineData("\u009b2J", @"\xc2\x9b2J", 2)]
    [InlineData("abc\u202edef", @"abc\xe2\x80\xaedef", 3)]
    [InlineData("a\rb\0c\u007f", @"a\x0db\x00c\x7f", 3)]
    [InlineData("line\u2028end", @"line\xe2\x80\xa8end", 3)]
    public void Text_stays_and_the_rest_is_written_out(string text, string expected, int nonText)
    {
        Assert.Equal(expected, SafeText.Decode(Encoding.UTF8.GetBytes(text), out int found));
        Assert.Equal(nonText, found);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_written_out()
    {
        Assert.Equal(@"a\xff\xc3(\xe2\x82", SafeText.Decode([(byte)'a', 0xFF, 0xC3, (byte)'(', 0xE2, 0x82], out int nonText));
        Assert.Equal(4, nonText);
    }

    [Fact]
    public void Nothing_that_steers_a_terminal_passes()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            string text = SafeText.Decode(bytes, out int nonText);
            return nonText <= bytes.Length
                && text.All(c => c == '\t' || !char.IsControl(c))
                && text.IndexOfAny(['\u202a', '\u202e', '\u2066', '\u2069', '\u2028', '\u2029']) < 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Half_a_character_is_known_at_every_place()
    {
        foreach (string character in (string[])["a", "ü", "€", "🚀"])
        {
            byte[] bytes = Encoding.UTF8.GetBytes("x" + character);
            for (int cut = 2; cut < bytes.Length; cut++)
            {
                Assert.Equal(cut - 1, SafeText.HalfCharacter(bytes.AsSpan(0, cut)));
            }

            Assert.Equal(0, SafeText.HalfCharacter(bytes));
        }

        Assert.Equal(0, SafeText.HalfCharacter([0x80, 0x80, 0x80, 0x80]));
    }
}
