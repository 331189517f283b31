using System.Net;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Tests.Support;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>What REST takes, and what it says of what it does not take.</summary>
public sealed class ResonanceTests
{
    [Theory]
    [InlineData("""{"intent":"emotion_data","payload":"calm"}""", "calm")]
    [InlineData("""{"intent":"emotion_data","payload":{"emotion_label": "calm", "n": [1, 2]}}""",
        """{"emotion_label":"calm","n":[1,2]}""")]
    [InlineData("""{"intent":"emotion_data","payload":4.50}""", "4.50")]
    [InlineData("""{"intent":"emotion_data","payload":""}""", "")]
    [InlineData("""{"type":"RESONANCE_WHISPER","intent":"emotion_data","payload":null}""", "null")]
    public async Task A_resonance_is_sealed_and_queued(string body, string payload)
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.PostAsync(http, body);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonNode answer = await Rest.JsonAsync(response);
        Assert.Equal("RESONANCE_WHISPER", (string?)answer["type"]);
        Assert.Equal("queued", (string?)answer["state"]);
        Assert.Equal("emotion_data", (string?)answer["intent"]);
        WhisperView whisper = Assert.Single(gateway.Map.ReadWhispers());
        Assert.Equal(whisper.Id, (string?)answer["id"]);
        Assert.Equal(payload, whisper.Payload);
    }

    [Fact]
    public async Task A_broadcast_reaches_a_client()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        await using MeshClient client = await MeshClient.ConnectAsync(gateway.MeshUrl, code);
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response =
            await Rest.PostAsync(http, """{"type":"GOSSIP_BROADCAST","payload":"tea is ready"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.TrueAsync(() => client.Heard.Contains("tea is ready"), "the client hears the broadcast");
    }

    [Theory]
    [InlineData("", "bad_request")]
    [InlineData("{", "bad_request")]
    [InlineData("[]", "bad_request")]
    [InlineData("\"text\"", "bad_request")]
    [InlineData("""{"payload":"x"}""", "bad_request")]
    [InlineData("""{"intent":5,"payload":"x"}""", "bad_request")]
    [InlineData("""{"intent":"emotion_data"}""", "bad_request")]
    [InlineData("""{"intent":"\ud800","payload":"x"}""", "bad_request")]
    [InlineData("""{"intent":"emotion_data","payload":"\ud800"}""", "bad_request")]
    [InlineData("""{"type":"SHOUT","intent":"a","payload":"x"}""", "bad_request")]
    [InlineData("""{"type":"DIRECT_MESSAGE","payload":"x"}""", "bad_request")]
    [InlineData("""{"type":"DIRECT_MESSAGE","to":17,"payload":"x"}""", "bad_request")]
    [InlineData("""{"type":"DIRECT_MESSAGE","to":"0011223","payload":"x"}""", "bad_request")]
    [InlineData("""{"type":"DIRECT_MESSAGE","to":"kitchen board","payload":"x"}""", "bad_request")]
    [InlineData("""{"type":"DIRECT_MESSAGE","to":"00112233"}""", "bad_request")]
    [InlineData("""{"type":"EMERGENCY_SIGNAL"}""", "bad_request")]
    [InlineData("""{"intent":"two words","payload":"x"}""", "invalid_intent")]
    public async Task A_bad_request_is_told_what_is_wrong(string body, string error)
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.PostAsync(http, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonNode answer = await Rest.JsonAsync(response);
        Assert.Equal(error, (string?)answer["error"]);
        Assert.EndsWith(".", (string?)answer["message"]);
        Assert.Empty(gateway.Map.ReadWhispers());
    }

    [Fact]
    public async Task The_largest_payload_goes_and_one_byte_more_does_not()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);
        int max = gateway.Desk!.MaxPayload;

        using HttpResponseMessage fits = await Rest.PostAsync(http, Body(new string('x', max)));
        using HttpResponseMessage large = await Rest.PostAsync(http, Body(new string('x', max + 1)));
        using HttpResponseMessage huge = await Rest.PostAsync(http, Body(new string('x', 20_000)));

        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        JsonNode answer = await Rest.JsonAsync(large);
        Assert.Equal(("payload_too_large", max), ((string?)answer["error"], (int)answer["limit"]!));
        Assert.Contains($"at most {max}", (string?)answer["message"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Fact]
    public async Task More_than_the_mesh_carries_is_congested()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);
        HttpResponseMessage response;
        int queued = 0;
        while ((response = await Rest.PostAsync(http, Body("again"))).StatusCode == HttpStatusCode.Accepted)
        {
            queued++;
            Assert.InRange(queued, 1, 20);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("congested", (string?)(await Rest.JsonAsync(response))["error"]);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Without_a_network_key_nothing_can_be_sent()
    {
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options());
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.PostAsync(http, Body("x"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("no_network", (string?)(await Rest.JsonAsync(response))["error"]);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_json_is_taken(string type)
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.PostAsync(http, Body("x"), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Empty(gateway.Map.ReadWhispers());
    }

    private static string Body(string payload) =>
        new JsonObject { ["intent"] = "emotion_data", ["payload"] = payload }.ToJsonString();
}
