using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Tests;

namespace WhispurrNet.Gateway.Tests.CommandLine;

/// <summary>The built command, as its users run it.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--frobnicate")]
    [InlineData("dance")]
    [InlineData("gateway --port")]
    [InlineData("gateway --port http")]
    [InlineData("gateway --port 65536")]
    [InlineData("gateway --host kitchen")]
    [InlineData("gateway --max-peers 0")]
    [InlineData("gateway --ttl 5")]
    [InlineData("gateway --token short")]
    [InlineData("gateway --join 1234")]
    [InlineData("gateway --network secret")]
    [InlineData("gateway --network new --join 0000-0000-0000-0000-0000-0000-00VM")]
    [InlineData("gateway extra")]
    [InlineData("up --boards 1")]
    [InlineData("up --boards 13")]
    [InlineData("up --boards four")]
    [InlineData("up --speed 0")]
    [InlineData("up --speed fast")]
    [InlineData("up --speed 1e1")]
    [InlineData("up --loss 1")]
    [InlineData("up --for 0")]
    [InlineData("up --for soon --json")]
    [InlineData("up --seed -1")]
    [InlineData("up --join 1234")]
    [InlineData("up --size huge")]
    [InlineData("up --program missing.exe --for 5 --json")]
    [InlineData("send")]
    [InlineData("send --intent emotion_data")]
    [InlineData("send --payload hello")]
    [InlineData("send --intent emotion_data --broadcast --payload hello")]
    [InlineData("send --intent emotion_data --payload-file missing.json")]
    [InlineData("send --emergency")]
    [InlineData("send --emergency --broadcast --payload hello")]
    [InlineData("send --to 00112233")]
    [InlineData("send --to 0011223 --payload hello")]
    [InlineData("send --to kitchen --payload hello")]
    [InlineData("send --to 00112233 --intent emotion_data --payload hello")]
    [InlineData("send --intent emotion_data --payload a --payload-file b")]
    [InlineData("send --broadcast --payload hello --gateway kitchen")]
    [InlineData("listen --count 0")]
    [InlineData("status --gateway ftp://kitchen")]
    [InlineData("contacts extra")]
    public async Task A_wrong_command_line_is_one_sentence_and_exit_code_2(string arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.ExitCode);
        AssertOneSentence(result);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("send --broadcast --payload hello")]
    [InlineData("listen")]
    [InlineData("contacts")]
    public async Task Without_a_gateway_it_is_one_sentence_and_exit_code_1(string arguments)
    {
        // A port that was free a moment ago.
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            new Dictionary<string, string> { ["WHISPURRNET_PORT"] = $"{port}" }, arguments.Split(' '));

        Assert.Equal(1, result.ExitCode);
        AssertOneSentence(result);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("up")]
    [InlineData("up --for 10 --json")]
    public async Task A_busy_port_is_one_sentence_and_exit_code_2(string arguments)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        string port = $"{((IPEndPoint)busy.LocalEndpoint).Port}";

        WhispurrProcess.Result result =
            await WhispurrProcess.RunAsync([.. arguments.Split(' '), "--port", port]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(port, result.Error);
        AssertOneSentence(result);
    }

    [Fact]
    public async Task A_program_that_is_none_is_one_sentence_and_exit_code_2()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "not-a-program.exe");
        await File.WriteAllTextAsync(path, "not a program", TestContext.Current.CancellationToken);

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("up", "--port", "0", "--program", path);

        Assert.Equal(2, result.ExitCode);
        AssertOneSentence(result);
    }

    [Fact]
    public async Task A_wrong_variable_is_one_sentence_and_exit_code_2()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            new Dictionary<string, string> { ["WHISPURRNET_MESSAGE_TTL"] = "for ever" }, "gateway", "--port", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("WHISPURRNET_MESSAGE_TTL", result.Error);
        AssertOneSentence(result);
    }

    [Theory]
    [InlineData("--help", "gateway")]
    [InlineData("up --help", "--for")]
    [InlineData("gateway --help", "--max-peers")]
    [InlineData("send --help", "--payload")]
    [InlineData("listen --help", "--json")]
    [InlineData("send --help", "--emergency")]
    [InlineData("status --help", "--gateway")]
    [InlineData("contacts --help", "--json")]
    [InlineData("--version", "0.")]
    [InlineData("", "Usage:")]
    public async Task Help_and_version_go_to_standard_output(string arguments, string expected)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Output);
        Assert.Equal(string.Empty, result.Error);
    }

    [Fact]
    public async Task A_gateway_sends_listens_tells_its_status_and_ends()
    {
        using WhispurrProcess gateway = WhispurrProcess.Start(
            new Dictionary<string, string> { ["WHISPURRNET_TOKEN"] = "12345678" }, "gateway", "--port", "0", "--json");
        JsonNode started = JsonNode.Parse((await gateway.ReadLineAsync())!)!;
        var variables = new Dictionary<string, string>
        {
            ["WHISPURRNET_GATEWAY"] = (string)started["page"]!,
            ["WHISPURRNET_TOKEN"] = "12345678",
        };
        await using MeshClient board = await MeshClient.ConnectAsync(
            new Uri((string)started["mesh"]![0]!), (string)started["join"]!, "emotion_data");

        WhispurrProcess.Result sent = await WhispurrProcess.RunAsync(
            variables, "send", "--intent", "emotion_data", "--payload", "from the desk", "--json");
        await Eventually.TrueAsync(() => board.Heard.Contains("from the desk"), "the board hears the desk");

        using WhispurrProcess listener = WhispurrProcess.Start(variables, "listen", "--count", "1", "--json");
        using var http = new HttpClient { BaseAddress = new Uri((string)started["page"]!) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "12345678");
        await Eventually.TrueAsync(
            () => (int)JsonNode.Parse(http.GetStringAsync("/api/whispurrnet/debug").Result)!["subscribers"]! == 1,
            "the listener listens");
        board.Resonate("emotion_data", "from the board");
        string? line = await listener.ReadLineAsync();

        WhispurrProcess.Result status = await WhispurrProcess.RunAsync(variables, "status", "--json");
        WhispurrProcess.Result large = await WhispurrProcess.RunAsync(
            variables, "send", "--broadcast", "--payload", new string('x', 1025));
        WhispurrProcess.Result stranger = await WhispurrProcess.RunAsync(
            variables, "status", "--token", "something-else");

        Assert.Equal((0, "queued"), (sent.ExitCode, (string?)JsonNode.Parse(sent.Output)!["state"]));
        Assert.Equal("from the board", (string?)JsonNode.Parse(line!)!["payload"]);
        Assert.Equal(1, (int)JsonNode.Parse(status.Output)!["relay"]!["peers"]!);
        Assert.Equal(1, large.ExitCode);
        AssertOneSentence(large);
        Assert.Equal(1, stranger.ExitCode);
        AssertOneSentence(stranger);
        Assert.Equal(0, await gateway.EndAsync());
        Assert.Equal(string.Empty, gateway.ReadError());
    }

    [Fact]
    public async Task Direct_whispers_and_emergencies_go_and_come_on_the_command_line()
    {
        using WhispurrProcess gateway = WhispurrProcess.Start(
            new Dictionary<string, string>(), "gateway", "--port", "0", "--json");
        JsonNode started = JsonNode.Parse((await gateway.ReadLineAsync())!)!;
        var variables = new Dictionary<string, string> { ["WHISPURRNET_GATEWAY"] = (string)started["page"]! };
        WhispurrProcess.Result none = await WhispurrProcess.RunAsync(variables, "contacts");
        await using MeshClient board =
            await MeshClient.ConnectAsync(new Uri((string)started["mesh"]![0]!), (string)started["join"]!);
        JsonNode contacts = null!;
        await Eventually.TrueAsync(
            () =>
            {
                contacts = JsonNode.Parse(WhispurrProcess.RunAsync(variables, "contacts", "--json").Result.Output)!;
                return contacts["contacts"]!.AsArray().Count == 1;
            },
            "the gateway learns the board's contact card");
        WhispurrProcess.Result table = await WhispurrProcess.RunAsync(variables, "contacts");
        WhispurrProcess.Result status = await WhispurrProcess.RunAsync(variables, "status");

        WhispurrProcess.Result direct = await WhispurrProcess.RunAsync(
            variables, "send", "--to", board.Identity[..8], "--payload", "only for you", "--wait", "--json");
        WhispurrProcess.Result emergency = await WhispurrProcess.RunAsync(
            variables, "send", "--emergency", "--payload", "smoke in the attic");
        WhispurrProcess.Result unknown = await WhispurrProcess.RunAsync(
            variables, "send", "--to", "00112233", "--payload", "x");
        await Eventually.TrueAsync(() => board.Heard.Count == 2, "the board hears both");

        string desk = (string)contacts["identity"]!;
        await Eventually.TrueAsync(() => board.HasContact(desk), "the board learns the desk's contact card");
        using WhispurrProcess listener = WhispurrProcess.Start(variables, "listen", "--count", "1");
        using var http = new HttpClient { BaseAddress = new Uri((string)started["page"]!) };
        await Eventually.TrueAsync(
            () => (int)JsonNode.Parse(http.GetStringAsync("/api/whispurrnet/debug").Result)!["subscribers"]! == 1,
            "the listener listens");
        board.Direct(desk, "from\nthe board");
        string? line = await listener.ReadLineAsync();

        Assert.Equal(0, none.ExitCode);
        Assert.StartsWith("None yet", none.Output);
        Assert.Contains(board.Identity[..8], table.Output);
        Assert.Matches(@"contacts\s+│\s+1", status.Output);
        Assert.Equal((0, board.Identity), (direct.ExitCode, (string?)JsonNode.Parse(direct.Output)!["to"]));
        Assert.Equal("delivered", (string?)JsonNode.Parse(direct.Output)!["state"]);
        Assert.Equal(0, emergency.ExitCode);
        Assert.Equal(1, unknown.ExitCode);
        AssertOneSentence(unknown);
        Assert.Equal(
            [(WhisperType.Whisper, "only for you"), (WhisperType.Emergency, "smoke in the attic")],
            board.Readings.Select(reading => (reading.Type, reading.Payload)).Order());
        Assert.EndsWith($" direct from {board.Identity}, proven: from the board", line);
    }

    [Fact]
    public async Task A_gateway_without_keys_says_so()
    {
        using WhispurrProcess gateway = WhispurrProcess.Start(
            new Dictionary<string, string>(), "gateway", "--port", "0", "--network", "none", "--json");
        JsonNode started = JsonNode.Parse((await gateway.ReadLineAsync())!)!;
        Assert.Equal("none", (string?)started["network"]);
        Assert.Null(started["join"]);
        var variables = new Dictionary<string, string> { ["WHISPURRNET_GATEWAY"] = (string)started["page"]! };

        WhispurrProcess.Result send =
            await WhispurrProcess.RunAsync(variables, "send", "--broadcast", "--payload", "x");
        WhispurrProcess.Result listen = await WhispurrProcess.RunAsync(variables, "listen");

        Assert.Equal(1, send.ExitCode);
        AssertOneSentence(send);
        Assert.Equal(1, listen.ExitCode);
        AssertOneSentence(listen);
    }

    private static void AssertOneSentence(WhispurrProcess.Result result)
    {
        Assert.Equal(string.Empty, result.Output);
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("whispurr: ", line);
        Assert.EndsWith(".", line.TrimEnd());
    }
}
