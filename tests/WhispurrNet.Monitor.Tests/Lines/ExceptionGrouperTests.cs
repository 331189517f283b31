using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>The lines of an exception become one.</summary>
public sealed class ExceptionGrouperTests
{
    private static readonly string[] s_lines =
    [
        "    ++++ Exception System.Exception - CLR_E_FAIL (1) ++++", "    ++++ Message: one", "two", "three",
        "    ++++ A.B::C [IP: 0012] ++++", " Uncaught exception ", "other text", "wn sent 01",
    ];

    [Fact]
    public void It_has_type_message_hresult_thread_and_frames()
    {
        Items items = Items.Of("before\r\n" + Samples.ExceptionLines + "after\r\n");

        Assert.Equal(["before", "after"], items.Texts);
        ClrException exception = Assert.IsType<ExceptionItem>(items.All[1]).Exception;
        Assert.Equal("System.IO.IOException", exception.Type);
        Assert.Equal("CLR_E_FILE_IO", exception.HResult);
        Assert.Equal(3, exception.Thread);
        Assert.Equal("no such file", exception.Message);
        Assert.Equal(
            [new StackFrameLine("Kitchen.Store::Open", 0x1F), new StackFrameLine("Kitchen.Program::Main", 0x30)],
            exception.Frames);
        Assert.False(exception.IsUncaught);
    }

    [Fact]
    public void It_is_the_same_at_every_split_raw_or_in_packets()
    {
        ClrException expected = Items.Of(Samples.ExceptionLines).All.OfType<ExceptionItem>().Single().Exception;
        byte[] raw = System.Text.Encoding.ASCII.GetBytes(Samples.ExceptionLines);
        for (int piece = 1; piece < raw.Length; piece++)
        {
            Same(expected, Items.Of(raw, piece));
            Same(expected, Items.Of(Samples.Messages(Samples.ExceptionLines, piece, withCrc: piece % 2 == 0), 7));
        }
    }

    [Fact]
    public void A_message_of_several_lines_is_one_when_a_stack_follows()
    {
        Items items = Items.Of(string.Join('\n', s_lines[..5]) + "\n");

        ClrException exception = Assert.IsType<ExceptionItem>(Assert.Single(items.All)).Exception;
        Assert.Equal("one\ntwo\nthree", exception.Message);
        Assert.Single(exception.Frames);
    }

    [Fact]
    public void Without_a_stack_lines_behind_the_message_are_lines()
    {
        Items items = Items.Of(string.Join('\n', s_lines[..4]) + "\n");

        Assert.Equal("one", Assert.IsType<ExceptionItem>(items.All[0]).Exception.Message);
        Assert.Equal(["two", "three"], items.Texts);
    }

    [Fact]
    public void That_nobody_caught_it_belongs_to_it()
    {
        Items items = Items.Of(Samples.ExceptionLines + " Uncaught exception \r\nmore\r\n");

        Assert.True(Assert.IsType<ExceptionItem>(items.All[0]).Exception.IsUncaught);
        Assert.Equal(["more"], items.Texts);
        Assert.Equal(ItemKind.Error, Assert.Single(Items.Of(" Uncaught exception \r\n").All).Kind);
    }

    [Fact]
    public void It_is_shown_after_a_while_though_nothing_follows()
    {
        var items = new Items();
        var pipeline = new MonitorPipeline(items, 921_600);

        pipeline.Feed(System.Text.Encoding.ASCII.GetBytes(Samples.ExceptionLines), 1_000);
        Assert.Equal(1_000 + ExceptionGrouper.WaitMs, pipeline.Deadline);
        pipeline.Expire(1_000 + ExceptionGrouper.WaitMs);

        Assert.IsType<ExceptionItem>(Assert.Single(items.All));
        Assert.Null(pipeline.Deadline);
    }

    [Fact]
    public void A_stack_without_end_is_bounded_and_no_frame_is_lost()
    {
        const int Depth = 3 * ExceptionGrouper.MaxFrames;
        string frames = string.Concat(Enumerable.Range(0, Depth).Select(i => $"    ++++ A.B::C [IP: {i:x4}] ++++\n"));

        Items items = Items.Of(s_lines[0] + "\n" + frames);

        Assert.Equal(
            ExceptionGrouper.MaxFrames, Assert.IsType<ExceptionItem>(items.All[0]).Exception.Frames.Count);
        Assert.Equal(Depth - ExceptionGrouper.MaxFrames, items.Texts.Count);
    }

    [Fact]
    public void In_any_mix_every_line_is_in_an_exception_or_comes_out()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), choices =>
        {
            string[] lines = [.. choices.Select(choice => s_lines[choice % s_lines.Length])];

            Items items = Items.Of(string.Concat(lines.Select(line => line + "\n")));

            int inside = items.All.OfType<ExceptionItem>().Sum(item =>
                1 + (item.Exception.Message?.Split('\n').Length ?? 0) + item.Exception.Frames.Count
                + (item.Exception.IsUncaught ? 1 : 0));
            return inside + items.Texts.Count == lines.Length;
        }).QuickCheckThrowOnFailure();
    }

    private static void Same(ClrException expected, Items items)
    {
        ClrException found = Assert.IsType<ExceptionItem>(Assert.Single(items.All)).Exception;
        Assert.Equal(expected with { Frames = [] }, found with { Frames = [] });
        Assert.Equal(expected.Frames, found.Frames);
    }
}
