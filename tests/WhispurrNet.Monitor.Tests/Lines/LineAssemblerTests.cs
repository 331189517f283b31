using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>Bytes become lines, and none is lost.</summary>
public sealed class LineAssemblerTests
{
    private const string Text = "one\r\ntwo two\n\r\nüber – €uro\r\n\tend";

    [Fact]
    public void Lines_are_the_same_wherever_the_bytes_are_split()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        string[] expected = ["one", "two two", "", "über – €uro", "\tend"];

        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(expected, Assemble(bytes[..first], bytes[first..second], bytes[second..]).Select(l => l.Text));
            }
        }
    }

    [Fact]
    public void Printable_text_comes_out_as_it_went_in()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<byte>(), (text, seed) =>
        {
            string printable = string.Concat(text.Get.Select(c => (char)(' ' + (c % 95))));
            byte[] bytes = Encoding.ASCII.GetBytes(printable + "\n" + printable);
            int cut = seed % bytes.Length;

            IReadOnlyList<SerialLine> lines = Assemble(bytes[..cut], bytes[cut..]);
            return string.Join('\n', lines.Select(l => l.Text)) == printable + (printable.Length > 0 ? "\n" : "") + printable
                && lines.All(l => l.NonText == 0 && l.Bytes is null);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_byte_of_anything_comes_out_once()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), (bytes, seed) =>
        {
            int cut = bytes.Length == 0 ? 0 : seed % bytes.Length;
            var back = new List<byte>();
            foreach (SerialLine line in Assemble(bytes[..cut], bytes[cut..]))
            {
                back.AddRange(line.Bytes ?? Encoding.UTF8.GetBytes(line.Text));
                back.AddRange(line.Ends ? "\n"u8 : default);
            }

            // A carriage return before a line end is part of the line end.
            return Encoding.Latin1.GetString([.. back]) == Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_that_is_too_long_comes_in_pieces_that_break_no_character()
    {
        string text = new string('a', LineAssembler.MaxLine - 1) + "€" + new string('b', 3 * LineAssembler.MaxLine);

        IReadOnlyList<SerialLine> lines = Assemble(Encoding.UTF8.GetBytes(text + "\r\n"));

        Assert.Equal(text, string.Concat(lines.Select(l => l.Text)));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, LineAssembler.MaxLine));
        Assert.Equal([true, .. Enumerable.Repeat(false, lines.Count - 1)], lines.Select(l => l.Starts));
        Assert.Equal([.. Enumerable.Repeat(false, lines.Count - 1), true], lines.Select(l => l.Ends));
    }

    [Fact]
    public void What_has_no_end_is_shown_after_a_while_and_goes_on()
    {
        var lines = new Lines();
        var assembler = new LineAssembler(LineSource.Raw, lines);

        assembler.Feed("Name? "u8, 1_000);
        Assert.Equal(1_000 + LineAssembler.PartialMs, assembler.Deadline);
        assembler.Expire(1_000 + LineAssembler.PartialMs - 1);
        Assert.Empty(lines.All);
        assembler.Expire(1_000 + LineAssembler.PartialMs);
        assembler.Feed("Ada\r\nnext\n"u8, 3_000);

        Assert.Equal(
            [("Name? ", true, false), ("Ada", false, true), ("next", true, true)],
            lines.All.Select(l => (l.Text, l.Starts, l.Ends)));
        Assert.Null(assembler.Deadline);
    }

    [Fact]
    public void The_end_of_a_line_that_is_out_already_is_no_line()
    {
        var lines = new Lines();
        var assembler = new LineAssembler(LineSource.Raw, lines);

        assembler.Feed("begun"u8, 0);
        assembler.Expire(LineAssembler.PartialMs);
        assembler.Feed("\r\n"u8, 600);
        assembler.Feed("\r\n"u8, 601);

        Assert.Equal(["begun", ""], lines.All.Select(l => l.Text));
    }

    private static IReadOnlyList<SerialLine> Assemble(params byte[][] pieces)
    {
        var lines = new Lines();
        var assembler = new LineAssembler(LineSource.Raw, lines);
        foreach (byte[] piece in pieces)
        {
            assembler.Feed(piece, 0);
        }

        assembler.Flush();
        return lines.All;
    }

    private sealed class Lines : ILineSink
    {
        public List<SerialLine> All { get; } = [];

        public void OnLine(in SerialLine line) => All.Add(line);
    }
}
