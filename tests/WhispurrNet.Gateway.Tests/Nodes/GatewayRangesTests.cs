using System.Diagnostics;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Mesh;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Gateway.Tests.Support;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Tests.Nodes;

/// <summary>Two gateways that meet level out at once; with an offer of 64 names every 5 s it would take longer.</summary>
public sealed class GatewayRangesTests
{
    private const int Frames = 150;
    private const double TwoPausesSeconds = 10;

    private readonly GatewayOptions _options = TestNetwork.Options(TestNetwork.NewJoinCode());
    private readonly MeshMap _map = new(TimeProvider.System);

    [Fact]
    public async Task TwoRelaysLevelOutAtOnce()
    {
        using var first = new RelayNode(_options, _map);
        using var second = new RelayNode(_options, _map);
        await FillAsync(first);

        Stopwatch watch = Stopwatch.StartNew();
        Assert.NotNull(InProcessLink.Open(first.Pump, "first", second.Pump, "second"));
        await Eventually.TrueAsync(() => second.HeldFrames >= Frames, "the second relay holds all");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, TwoPausesSeconds - 1);
    }

    [Fact]
    public async Task ALocalNodeGetsWhatTheRelayHoldsAtOnce()
    {
        using var relay = new RelayNode(_options, _map);
        using var desk = new DeskNode(_options, _map);
        await FillAsync(relay);

        Stopwatch watch = Stopwatch.StartNew();
        Assert.NotNull(InProcessLink.Open(desk.Pump, "desk", relay.Pump, "relay"));
        await Eventually.TrueAsync(() => desk.Pump.With((core, _) => core.HeldFrames) >= Frames, "the desk holds all");

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, TwoPausesSeconds - 1);
    }

    /// <summary>A member's whispers, pushed to a relay over a link that is closed then.</summary>
    private async Task FillAsync(RelayNode relay)
    {
        var configuration = new NodeConfiguration
        {
            Network = NetworkKey.FromJoinCode(_options.JoinCode),
            Limits = NodeLimits.Desk(),
            WhisperBurst = Frames,
            Discoverable = false,
        };
        using var member = new NodePump(
            TimeProvider.System,
            nowMs => new NodeCore(configuration, new HostHmacSha256(), new byte[NodeCore.SeedSize], nowMs));
        InProcessLink link = InProcessLink.Open(member, "member", relay.Pump, "relay")!;
        await Eventually.TrueAsync(
            () =>
            {
                member.With((core, nowMs) => core.Broadcast([1], 0, 1, nowMs));
                return relay.HeldFrames >= Frames;
            },
            "the relay holds all");
        member.Dispose();
        await link.Completion;
    }
}
