using System.Net;
using System.Text;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>Boards and a real gateway over real sockets. In real time, since the gateway's clock is real.</summary>
public sealed class GatewayLinkTests
{
    private const int DeliverySeconds = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeskAndBoardWhisperToEachOtherAndFindEachOtherAgain()
    {
        string code = BoardFleet.NewJoinCode();
        await using var first = new GatewayHolder(await StartAsync(code, port: 0));
        int port = first.Gateway.MeshUrl.Port;
        using var fleet = new BoardFleet(speed: 1);
        fleet.Add("b1", "join=" + code, $"gateway=ws://127.0.0.1:{port}/mesh", "intents=emotion_data");
        await fleet.StartAsync();

        Send(first.Gateway, "calm");
        await fleet.HeardAsync("b1", "emotion_data", "calm", DeliverySeconds);
        fleet.Whisper("b1", "desk_data", "hello desk");
        await HeardAsync(first.Gateway, fleet);

        await first.DisposeAsync();
        await using var second = new GatewayHolder(await StartAsync(code, port));
        Send(second.Gateway, "curious");
        await fleet.HeardAsync("b1", "emotion_data", "curious", DeliverySeconds);
        Assert.Empty(fleet.Deaths);
    }

    [Fact]
    public async Task ABoardWithoutItsGatewaySaysSoOnceAndCarriesOn()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(speed: 10);
        fleet.Add("b1", join, "gateway=ws://127.0.0.1:9/mesh");
        fleet.Add("b2", join, "intents=emotion_data");
        fleet.Ether.LinkLine("b1", "b2");
        await fleet.StartAsync();

        fleet.Whisper("b1", "emotion_data", "calm");
        await fleet.HeardAsync("b2", "emotion_data", "calm", seconds: 600);
        await fleet.LineAsync("b1", "wn stats ", seconds: 120);

        string error = Assert.Single(fleet.Lines("b1"), line => line.StartsWith("wn error", StringComparison.Ordinal));
        Assert.StartsWith("wn error no connection to the gateway at ws://127.0.0.1:9/mesh", error);
        Assert.Empty(fleet.Deaths);
    }

    private static Task<GatewayServer> StartAsync(string code, int port) => GatewayServer.StartAsync(
        new GatewayOptions
        {
            Address = IPAddress.Loopback,
            Port = port,
            JoinCode = code,
            Intents = ["desk_data"],
        },
        Cancellation);

    private static void Send(GatewayServer gateway, string text) =>
        Assert.Equal(SendResult.Queued, gateway.Desk!.Resonate("emotion_data", Encoding.UTF8.GetBytes(text)).Result);

    private static async Task HeardAsync(GatewayServer gateway, BoardFleet fleet)
    {
        long endMs = fleet.Clock.NowMs + (DeliverySeconds * 1000);
        while (!gateway.Desk!.ReadStatistics().Contains(" delivered=1 ", StringComparison.Ordinal))
        {
            Assert.True(fleet.Clock.NowMs < endMs, "The desk heard nothing:\n" + fleet.Transcript());
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>A gateway that may be stopped before its time, once.</summary>
    private sealed class GatewayHolder(GatewayServer gateway) : IAsyncDisposable
    {
        private bool _stopped;

        public GatewayServer Gateway => gateway;

        public async ValueTask DisposeAsync()
        {
            if (!_stopped)
            {
                _stopped = true;
                await gateway.DisposeAsync();
            }
        }
    }
}
