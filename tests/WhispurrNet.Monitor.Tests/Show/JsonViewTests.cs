using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Show;

/// <summary>One JSON object a line, whatever a board sends.</summary>
public sealed class JsonViewTests
{
    [Fact]
    public void Each_kind_has_what_programs_need()
    {
        List<JsonElement> objects = Objects(
        [
            .. Encoding.UTF8.GetBytes("plain\r\n" + Samples.BoardLines + Samples.ExceptionLines + "\u001b[2J\r\n"),
            .. Samples.BootPacket,
        ]);
        JsonElement Of(string kind) => objects.First(o => o.GetProperty("kind").GetString() == kind);

        Assert.Equal("plain", Of("text").GetProperty("text").GetString());
        Assert.Equal("raw", Of("text").GetProperty("source").GetString());
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Of("text").GetProperty("at").GetDateTime());
        JsonElement statistics = objects.First(o =>
            o.TryGetProperty("report", out JsonElement report) && report.GetString() == "statistics");
        Assert.Equal(54_472, statistics.GetProperty("data").GetProperty("heapFree").GetInt64());
        JsonElement exception = Of("exception");
        Assert.Equal("System.IO.IOException", exception.GetProperty("type").GetString());
        Assert.Equal("CLR_E_FILE_IO", exception.GetProperty("hresult").GetString());
        Assert.Equal("no such file", exception.GetProperty("message").GetString());
        Assert.Equal(0x1F, exception.GetProperty("frames")[0].GetProperty("ip").GetInt32());
        Assert.Equal("Ping", Of("packet").GetProperty("command").GetString());
        Assert.Equal("boot", Of("event").GetProperty("event").GetString());
        Assert.Equal("1b5b324a", objects.First(o => o.TryGetProperty("hex", out _)).GetProperty("hex").GetString());
    }

    [Fact]
    public void Any_bytes_make_valid_json_that_holds_them()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var back = new List<byte>();
            foreach (JsonElement line in Objects(bytes).Where(o => o.TryGetProperty("source", out _)))
            {
                back.AddRange(line.TryGetProperty("hex", out JsonElement hex)
                    ? Convert.FromHexString(hex.GetString()!)
                    : Encoding.UTF8.GetBytes(line.GetProperty("text").GetString()!));
                back.AddRange(line.TryGetProperty("ends", out JsonElement ends) && !ends.GetBoolean() ? default : "\n"u8);
            }

            return Encoding.Latin1.GetString([.. back]) == Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_state_of_a_board_is_an_object_too()
    {
        var board = new BoardState();
        foreach (MonitorItem item in Items.Of(Samples.BoardLines).All)
        {
            board.OnItem(item);
        }

        using var output = new MemoryStream();
        using (var view = new JsonView(output, DateTimeOffset.UnixEpoch))
        {
            view.Write(board, 1_500);
        }

        JsonElement written = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.Equal("board", written.GetProperty("kind").GetString());
        Assert.Equal("kitchen", written.GetProperty("board").GetProperty("name").GetString());
        Assert.Equal(54_000, written.GetProperty("board").GetProperty("statistics").GetProperty("heapFree").GetInt64());
    }

    private static List<JsonElement> Objects(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var view = new JsonView(output, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)))
        {
            foreach (MonitorItem item in Items.Of(bytes).All)
            {
                view.OnItem(item);
            }
        }

        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
