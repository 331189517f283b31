using System.Net;
using System.Text;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>Boards and a gateway by a clock that jumps, over real sockets, which do not keep board time.</summary>
public sealed class JumpingClockTests
{
    [Fact]
    public async Task ABoardStaysWithItsGatewayForSixHoursWithoutLosingIt()
    {
        string code = BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(double.PositiveInfinity);
        await using GatewayServer gateway = await GatewayServer.StartAsync(
            new GatewayOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                JoinCode = code,
                Intents = ["desk_data"],
                Time = new BoardTimeProvider(fleet.Clock),
                Traffic = new BoardTraffic(fleet.Clock),
                KeepAlive = Timeout.InfiniteTimeSpan,
            },
            TestContext.Current.CancellationToken);
        fleet.Add("b1", "join=" + code, $"gateway={gateway.MeshUrl}", "intents=emotion_data");
        SendResult sent = SendResult.Queued;
        bool heard = false;

        // A thread of its own: a hold belongs to one.
        await Task.Factory.StartNew(
            () =>
            {
                using Virtual.ClockHold hold = fleet.Clock.Hold();
                fleet["b1"].Start();
                hold.Wait(TimeSpan.FromHours(6));
                sent = gateway.Desk!.Resonate("emotion_data", Encoding.UTF8.GetBytes("still there?")).Result;
                heard = hold.WaitUntil(
                    () => fleet.Lines("b1").Any(line => line.EndsWith(": still there?", StringComparison.Ordinal)),
                    TimeSpan.FromMinutes(30),
                    TimeSpan.FromSeconds(1));
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.Equal(SendResult.Queued, sent);
        Assert.True(heard, fleet.Transcript());
        Assert.Equal(1, gateway.Relay.ReadCounts().PeersAccepted);
        Assert.Empty(fleet.Deaths);
    }
}
