using System.Text.Json;
using WhispurrNet.Monitor.Tests.Support;
using WhispurrNet.Tests;

namespace WhispurrNet.Monitor.Tests.Port;

/// <summary><c>whispurr monitor</c> as its users run it.</summary>
public sealed class MonitorCommandTests : IDisposable
{
    private static readonly Dictionary<string, string> s_none = [];

    private readonly Cable _cable = new Cable().Plug();

    [Fact]
    public async Task Piped_it_writes_plain_lines_and_the_log_has_everything()
    {
        string log = Path.GetTempFileName();
        using WhispurrProcess whispurr = WhispurrProcess.Start(
            s_none, "monitor", "--port", _cable.Port, "--log", log, "--kind", "error,exception,event", "--once",
            "--no-time");
        Assert.StartsWith("Listening to ", await whispurr.ReadLineAsync(), StringComparison.Ordinal);
        await _cable.SendAsync(Samples.BoardLines + Samples.ExceptionLines + "\u001b[2Jtext\r\n");
        var shown = new List<string> { (await whispurr.ReadLineAsync())!, (await whispurr.ReadLineAsync())! };
        _cable.Unplug();
        while (await whispurr.ReadLineAsync() is { } line)
        {
            shown.Add(line);
        }

        Assert.Equal(
            [
                "wn error the radio failed to scan: Exception, text",
                "System.IO.IOException (CLR_E_FILE_IO) in thread 3",
                "  no such file",
                "    at Kitchen.Store::Open [IL 0x001F]",
                "    at Kitchen.Program::Main [IL 0x0030]",
                $"{_cable.Port} is gone.",
            ],
            shown);
        string logged = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.Contains("wn boot name=kitchen", logged, StringComparison.Ordinal);
        Assert.Contains(@"\x1b[2Jtext", logged, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', logged);
        File.Delete(log);
    }

    [Fact]
    public async Task Json_is_one_object_a_line_with_the_board_when_asked()
    {
        using WhispurrProcess whispurr = WhispurrProcess.Start(
            s_none, "monitor", "--port", _cable.Port, "--json", "--table");
        await _cable.SendAsync([.. System.Text.Encoding.ASCII.GetBytes(Samples.BoardLines), .. Samples.BootPacket]);

        var kinds = new List<string>();
        while (!kinds.Contains("packet"))
        {
            using JsonDocument line = JsonDocument.Parse((await whispurr.ReadLineAsync())!);
            kinds.Add(line.RootElement.GetProperty("kind").GetString()!);
        }

        Assert.Equal(0, await whispurr.EndAsync());
        Assert.Equal("event", kinds[0]);
        Assert.Equal(3, kinds.Count(kind => kind == "board"));
        Assert.Equal(string.Empty, whispurr.ReadError());
    }

    [Theory]
    [InlineData(2, "monitor")]
    [InlineData(2, "monitor --port p --baud fast")]
    [InlineData(2, "monitor --port p --baud 5000000")]
    [InlineData(2, "monitor --port p --include (")]
    [InlineData(2, "monitor --port p --kind words")]
    [InlineData(2, "monitor --port p --log /dev/null/x")]
    [InlineData(1, "monitor --port /dev/there-is-none --once")]
    [InlineData(1, "monitor --port /dev/null")]
    [InlineData(2, "top --interval 0")]
    [InlineData(1, "top --gateway http://127.0.0.1:1")]
    [InlineData(1, "top --port /dev/null --json")]
    public async Task What_is_wrong_is_one_sentence(int exitCode, string arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(arguments.Split(' '));

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith("whispurr: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    public void Dispose() => _cable.Dispose();
}
