using System.Net;
using System.Text.Json.Nodes;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Gateway.Tests.Api;

/// <summary>Emergencies through REST.</summary>
public sealed class EmergencyTests
{
    private const string Body = """{"type":"EMERGENCY_SIGNAL","payload":"smoke in the attic"}""";

    [Fact]
    public async Task An_emergency_reaches_everyone_of_the_network_as_one()
    {
        string code = TestNetwork.NewJoinCode();
        await using GatewayServer gateway = await TestNetwork.StartAsync(TestNetwork.Options(code));
        await using MeshClient one = await MeshClient.ConnectAsync(gateway.MeshUrl, code);
        await using MeshClient other = await MeshClient.ConnectAsync(gateway.MeshUrl, code, "emotion_data");
        await using MeshClient stranger =
            await MeshClient.ConnectAsync(gateway.MeshUrl, TestNetwork.NewJoinCode(), "emotion_data");
        using HttpClient http = Rest.ClientOf(gateway);

        using HttpResponseMessage response = await Rest.PostAsync(http, Body);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("EMERGENCY_SIGNAL", (string?)(await Rest.JsonAsync(response))["type"]);
        await Eventually.TrueAsync(() => one.Heard.Count > 0 && other.Heard.Count > 0, "both members hear it");
        Reading reading = Assert.Single(one.Readings);
        Assert.Equal((WhisperType.Emergency, false), (reading.Type, reading.IsProven));
        Assert.Equal("smoke in the attic", Assert.Single(other.Heard));
        Assert.Equal("emergency", Assert.Single(gateway.Map.ReadWhispers()).Kind);
        Assert.Empty(stranger.Heard);
    }

    [Fact]
    public async Task Too_many_emergencies_are_congested()
    {
        await using GatewayServer gateway =
            await TestNetwork.StartAsync(TestNetwork.Options(TestNetwork.NewJoinCode()));
        using HttpClient http = Rest.ClientOf(gateway);
        HttpResponseMessage response;
        int queued = 0;
        while ((response = await Rest.PostAsync(http, Body)).StatusCode == HttpStatusCode.Accepted)
        {
            queued++;
            Assert.InRange(queued, 1, 20);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("congested", (string?)(await Rest.JsonAsync(response))["error"]);
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
