using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Gateway.Tests.Live;

/// <summary>Lines of a board's serial port.</summary>
public sealed class BoardLineTests
{
    private const string Id = "0123456789abcdef";
    private const string Tag = "89abcdef";
    private const string Identity = "00112233445566778899aabbccddeeff:691f0a00";

    [Fact]
    public void Every_kind_of_line_is_read()
    {
        Assert.Equal(
            new BootReport("b1", "aa:bb", "small", 256, true),
            BoardLine.Parse("wn boot name=b1 identity=aa:bb size=small frame=256 network=member"));
        Assert.Equal(new LinkOpenedReport(Tag, true, false), BoardLine.Parse($"wn link {Tag} ble in open"));
        Assert.Equal(new LinkOpenedReport(Tag, false, true), BoardLine.Parse($"wn link {Tag} ws out open"));
        Assert.Equal(new LinkClosedReport(Tag, "failed"), BoardLine.Parse($"wn link {Tag} closed failed"));
        Assert.Equal(
            new FrameStoredReport(Id, Tag, false, 7), BoardLine.Parse($"wn frame {Id} stored {Tag} stranger hops=7"));
        Assert.Equal(
            new FrameStoredReport(Id, FrameStoredReport.NoTag, true, 10),
            BoardLine.Parse($"wn frame {Id} stored 00000000 own hops=10"));
        Assert.Equal(new FrameSentReport(Id, Tag), BoardLine.Parse($"wn frame {Id} sent {Tag}"));
        Assert.Equal(
            new WhisperReadReport(Id, "resonance", "emotion_data", "aa:bb", 12),
            BoardLine.Parse($"wn whisper {Id} resonance intent=emotion_data from=aa:bb bytes=12"));
        Assert.Equal(
            new WhisperReadReport(Id, "broadcast", null, "aa:bb", 0),
            BoardLine.Parse($"wn whisper {Id} broadcast intent=- from=aa:bb bytes=0"));
        Assert.Equal(
            new WhisperSentReport(Id, "broadcast", null), BoardLine.Parse($"wn sent {Id} broadcast intent=-"));
        Assert.Equal(
            new WhisperReadReport(Id, "emergency", null, "aa:bb", 3),
            BoardLine.Parse($"wn whisper {Id} emergency intent=- from=aa:bb bytes=3"));
        Assert.Equal(
            new WhisperReadReport(Id, "direct", null, Identity, 3),
            BoardLine.Parse($"wn whisper {Id} direct intent=- from={Identity} bytes=3"));
        Assert.Equal(
            new WhisperReadReport(Id, "direct", null, Identity, 3, IsProven: true),
            BoardLine.Parse($"wn whisper {Id} direct intent=- from={Identity} bytes=3 proven"));
        Assert.Equal(
            new WhisperReadReport(Id, "broadcast", null, Identity, 3),
            BoardLine.Parse($"wn whisper {Id} broadcast intent=- from={Identity} bytes=3 proven"));
        Assert.Equal(new WhisperSentReport(Id, "direct", null), BoardLine.Parse($"wn sent {Id} direct intent=-"));
        Assert.Equal(
            new WhisperSentReport(Id, "direct", null, Identity),
            BoardLine.Parse($"wn sent {Id} direct intent=- to={Identity}"));
        Assert.Equal(new ContactReport(Identity), BoardLine.Parse($"wn contact {Identity}"));
        Assert.Equal(new IdentityReport(Identity), BoardLine.Parse($"wn identity {Identity}"));
        Assert.Equal(
            new StateReport("selftest", "passed"), BoardLine.Parse("wn selftest passed count=8 ms=900"));
        Assert.Equal(new StateReport("wifi", "lost"), BoardLine.Parse("wn wifi lost"));
        Assert.Equal(new ErrorReport("the radio is stuck"), BoardLine.Parse("wn error the radio is stuck"));
        var statistics = Assert.IsType<StatisticsReport>(BoardLine.Parse("wn stats own=3 stranger=4294967295"));
        Assert.Equal(new Dictionary<string, long> { ["own"] = 3, ["stranger"] = 4294967295 }, statistics.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wn")]
    [InlineData("wn ")]
    [InlineData("wnboot name=b1")]
    [InlineData("heard emotion_data from aa: calm")]
    [InlineData("wn dance")]
    [InlineData("wn boot name=b1")]
    [InlineData("wn link 89abcdef ble in")]
    [InlineData("wn link 89ABCDEF ble in open")]
    [InlineData("wn link 89abcde ble in open")]
    [InlineData("wn frame 0123456789abcdef")]
    [InlineData("wn frame 0123456789abcdef stored 89abcdef own")]
    [InlineData("wn frame 0123456789abcdef stored 89abcdef own hops=x")]
    [InlineData("wn whisper 0123456789abcdef telepathy intent=- from=a bytes=1")]
    [InlineData("wn sent")]
    [InlineData("wn wifi")]
    [InlineData("wn contact")]
    [InlineData("wn contact 00112233445566778899aabbccddeeff")]
    [InlineData("wn contact 00112233445566778899AABBCCDDEEFF:691f0a00")]
    [InlineData("wn contact 00112233445566778899aabbccddeeff-691f0a00")]
    [InlineData("wn contact 00112233445566778899aabbccddeeff:691f0a00 x")]
    [InlineData("wn identity 691f0a00")]
    [InlineData("wn error")]
    public void Anything_else_is_no_report(string line)
    {
        Assert.Null(BoardLine.Parse(line));
    }

    [Fact]
    public void No_line_makes_it_throw()
    {
        var random = new Random(7);
        string[] words =
        [
            "wn", "boot", "link", "frame", "whisper", "sent", "stats", "error", Id, Tag, "stored", "closed", "ble",
            "ws", "in", "out", "open", "own", "hops=3", "hops=", "=", "intent=", "intent=-", "bytes=99999999999", "broadcast",
            "resonance", "direct", "emergency", "contact", "identity", Identity, Identity[..20], "to=", "name=", "identity=x", "frame=256", "\0", "é", "",
        ];
        for (int i = 0; i < 20_000; i++)
        {
            string line = "wn " + string.Join(' ', random.GetItems(words, random.Next(9)));
            BoardLine.Parse(line);
            BoardLine.Parse(line[..random.Next(line.Length)]);
        }
    }
}
