using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>What a line is.</summary>
public sealed class LineClassifierTests
{
    [Theory]
    [InlineData("heard calm from 0f3a: hello", nameof(LineKind.Text))]
    [InlineData("wn stats v=1 uptime=60", nameof(LineKind.Report))]
    [InlineData("wn something new", nameof(LineKind.Report))]
    [InlineData("wnx", nameof(LineKind.Text))]
    [InlineData("wn error the radio failed to scan", nameof(LineKind.Error))]
    [InlineData("Invalid native checksum: System.Device.Gpio 0x01!=0x02", nameof(LineKind.Error))]
    [InlineData("Cannot find any entrypoint!", nameof(LineKind.Error))]
    [InlineData("Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.", nameof(LineKind.Error))]
    [InlineData("nanoCLR (Build 1.12.0.53)", nameof(LineKind.Clr))]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", nameof(LineKind.Rom))]
    [InlineData("    ++++ Exception System.Exception - 0x00000000 (1) ++++", nameof(LineKind.ExceptionHead))]
    [InlineData("++++ Exception System.Exception - CLR_E_FAIL (12) ++++", nameof(LineKind.ExceptionHead))]
    [InlineData("    ++++ Message: ", nameof(LineKind.ExceptionMessage))]
    [InlineData("    ++++ A.B::.ctor [IP: 0022] ++++", nameof(LineKind.StackFrame))]
    [InlineData(" Uncaught exception ", nameof(LineKind.Uncaught))]
    [InlineData("++++ Exception ++++", nameof(LineKind.Text))]
    [InlineData("++++ Exception System.Exception - CLR_E_FAIL (x) ++++", nameof(LineKind.Text))]
    [InlineData("++++ A.B::C [IP: 00zz] ++++", nameof(LineKind.Text))]
    [InlineData("++++ [IP: 0000] ++++", nameof(LineKind.Text))]
    [InlineData("++++", nameof(LineKind.Text))]
    [InlineData("Ready.", nameof(LineKind.Text))]
    [InlineData("Done.", nameof(LineKind.Text))]
    public void A_line_is_known_by_what_it_says(string text, string kind) =>
        Assert.Equal(kind, new LineClassifier().Classify(Whole(text)).ToString());

    [Fact]
    public void Words_of_the_clr_count_only_while_it_starts()
    {
        var classifier = new LineClassifier();
        LineKind Of(string text) => classifier.Classify(Whole(text));

        Assert.Equal(LineKind.Text, Of("Resolving."));
        string[] start =
        [
            "nanoCLR (Build 1.12.0.53)", "Starting...", "Created EE.", "Started Hardware.",
            "Loading Deployment Assemblies.", "Resolving.", "Ready.",
        ];
        Assert.All(start, text => Assert.Equal(LineKind.Clr, Of(text)));
        Assert.Equal(LineKind.Text, Of("Ready."));
        Assert.Equal(LineKind.Clr, Of("Done."));
        Assert.Equal(LineKind.Clr, Of("Exiting."));
    }

    [Fact]
    public void Half_a_report_is_none()
    {
        SerialLine half = Whole("wn boot name=kit") with { Ends = false };
        SerialLine rest = Whole("wn boot name=kitchen") with { Starts = false };

        Assert.Equal(LineKind.Text, new LineClassifier().Classify(half));
        Assert.Equal(LineKind.Text, new LineClassifier().Classify(rest));
    }

    [Fact]
    public void Anything_is_classified_and_bytes_that_are_no_text_are_noise()
    {
        var classifier = new LineClassifier();
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            string text = SafeText.Decode(bytes, out int nonText);
            LineKind kind = classifier.Classify(
                new SerialLine(text, bytes, bytes.Length, nonText, LineSource.Raw, true, true));
            return (kind == LineKind.Noise) == (nonText * 3 > bytes.Length);
        }).QuickCheckThrowOnFailure();
    }

    internal static SerialLine Whole(string text) =>
        new(text, null, text.Length, 0, LineSource.Raw, Starts: true, Ends: true);
}
