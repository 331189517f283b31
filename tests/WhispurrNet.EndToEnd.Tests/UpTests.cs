using System.Text.Json.Nodes;
using WhispurrNet.Tests;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary><c>whispurr up</c>, from the command line to the far end of a line of boards.</summary>
public sealed class UpTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(7, 6)]
    public async Task Everything_arrives_and_nobody_between_can_read_it(int boards, int hops)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--boards", $"{boards}", "--for", "90", "--port", "0", "--json");

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
        JsonNode report = JsonNode.Parse(result.Output)!;
        Assert.Equal(boards, (int)report["boards"]!);
        Assert.Equal(10, (double)report["speed"]!);
        Assert.Equal(0, (int)report["relaysThatCouldRead"]!);
        JsonArray kinds = report["kinds"]!.AsArray();
        Assert.Equal(["resonance", "broadcast", "direct", "emergency"], kinds.Select(k => (string)k!["kind"]!));
        JsonNode answer = report["answer"]!;
        foreach (JsonNode? way in kinds.Append(answer))
        {
            Assert.Equal(1, (int)way!["sent"]!);
            Assert.Equal(1, (int)way["delivered"]!);
            Assert.Equal(hops, (int)way["hops"]!);
            Assert.Equal(0, (int)way["relaysThatCouldRead"]!);

            // A contact may be under way, but the writes of one frame alone take longer than this.
            Assert.InRange((long)way["latencyMs"]!, 100, 900_000);
        }

        Assert.Equal($"b{boards}", (string)answer["from"]!);
        Assert.True((bool)answer["proven"]!);

        // A long line may have no time left for the way back.
        Assert.InRange((int)report["acknowledged"]!, boards <= 3 ? 2 : 0, 2);
        Assert.InRange((long)report["contactMs"]!, 1000, 900_000);
    }

    [Theory]
    [InlineData("small")]
    [InlineData("full")]
    public async Task Boards_of_one_size_do_as_well(string size)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--size", size, "--for", "90", "--port", "0", "--json");

        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Lost_packets_cost_time_only()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--for", "90", "--port", "0", "--loss", "0.1", "--seed", "5", "--json");

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task What_has_not_arrived_in_time_is_reported_and_fails()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--boards", "12", "--speed", "1", "--for", "5", "--port", "0", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(string.Empty, result.Error);
        JsonNode report = JsonNode.Parse(result.Output)!;
        Assert.All(report["kinds"]!.AsArray(), kind => Assert.Equal(0, (int)kind!["delivered"]!));
        Assert.All(report["kinds"]!.AsArray(), kind => Assert.Null(kind!["latencyMs"]));
    }

    [Fact]
    public async Task Boards_join_the_network_of_a_given_code_and_the_command_ends_cleanly()
    {
        using WhispurrProcess up = WhispurrProcess.Start(
            new Dictionary<string, string> { ["WHISPURRNET_JOIN"] = BoardFleet.NewJoinCode() },
            "up", "--boards", "2", "--port", "0", "--json");

        JsonNode started = JsonNode.Parse((await up.ReadLineAsync())!)!;
        Assert.Null(started["join"]);
        JsonNode read = JsonNode.Parse((await up.ReadLineAsync())!)!;

        // The sample whispers when it starts, and desk and far end listen to that.
        Assert.Equal("read", (string)read["event"]!);
        Assert.Equal("emotion_data", (string)read["intent"]!);
        Assert.Equal(0, await up.EndAsync());
        Assert.Equal(string.Empty, up.ReadError());
    }

    [Fact]
    public async Task Without_json_it_tells_people_the_same()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "up", "--boards", "2", "--for", "60", "--port", "0");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("resonance: arrived over 1 Bluetooth hop after ", result.Output);
        Assert.Contains("emergency: arrived over 1 Bluetooth hop after ", result.Output);
        Assert.Contains("direct: arrived over 1 Bluetooth hop after ", result.Output);
        Assert.Contains("direct from b2, its sender proven: arrived over 1 Bluetooth hop after ", result.Output);
        Assert.Contains("nodes between that could read one: 0", result.Output);
    }
}
