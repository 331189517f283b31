using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Tests.Support;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>What listeners are told.</summary>
public sealed class EventStreamTests
{
    [Fact]
    public async Task A_listener_gets_a_snapshot_and_then_what_the_desk_hears()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        await using MeshClient board = await MeshClient.ConnectAsync(gateway.MeshUrl, code);
        using HttpClient http = Rest.ClientOf(gateway);
        await using Stream stream =
            await http.GetStreamAsync("/api/whispurrnet/events", TestContext.Current.CancellationToken);
        await using IAsyncEnumerator<SseItem<string>> events =
            SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken)
                .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal("snapshot", events.Current.EventType);
        Assert.NotNull(JsonNode.Parse(events.Current.Data)!["mesh"]!["nodes"]);
        ulong id = board.Resonate("emotion_data", "<b>line\nbreak</b>");

        var seen = new HashSet<string>();
        while (events.Current.EventType != "heard")
        {
            Assert.True(await events.MoveNextAsync());
            seen.Add(events.Current.EventType);
        }

        JsonNode heard = JsonNode.Parse(events.Current.Data)!;
        Assert.Equal(id.ToString("x16"), (string?)heard["id"]);
        Assert.Equal("<b>line\nbreak</b>", (string?)heard["payload"]);
        Assert.Equal("RESONANCE_WHISPER", (string?)heard["type"]);
        Assert.Contains("whisper", seen);
    }

    [Fact]
    public async Task A_listener_is_told_the_status_now_and_then()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using HttpClient http = Rest.ClientOf(gateway);
        await using Stream stream =
            await http.GetStreamAsync("/api/whispurrnet/events", TestContext.Current.CancellationToken);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(
            TestContext.Current.CancellationToken))
        {
            if (item.EventType == "status")
            {
                Assert.Equal("running", (string?)JsonNode.Parse(item.Data)!["state"]);
                return;
            }
        }

        Assert.Fail("the stream ended");
    }
}
