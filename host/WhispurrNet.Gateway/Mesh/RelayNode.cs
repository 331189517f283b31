using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Extras.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Mesh;

/// <summary>
/// The relay: a node without keys that serves many WebSocket peers at once and carries frames it cannot read.
/// </summary>
public sealed class RelayNode : IDisposable
{
    /// <summary>The relay's name on the map.</summary>
    public const string Name = "relay";

    private readonly GatewayOptions _options;
    private readonly RelayCounters _counters = new();
    private readonly int _maxUnit;
    private int _peers;

    internal RelayNode(GatewayOptions options, MeshMap map)
    {
        _options = options;
        var reporter = new CoreReporter(Name, map);
        Pump = new NodePump(options.Time, nowMs => Create(options, reporter, nowMs));
        reporter.Pump = Pump;
        _maxUnit = Pump.With((core, _) => core.MaxUnit);
        map.AddNode(Name, NodeKind.Relay, online: true);
    }

    /// <summary>Peers connected now.</summary>
    public int PeerCount => Volatile.Read(ref _peers);

    /// <summary>Frames held now.</summary>
    public int HeldFrames => Pump.With((core, _) => core.HeldFrames);

    internal NodePump Pump { get; }

    /// <summary>The WebSocket side's counters.</summary>
    public RelayCounts ReadCounts() => _counters.Read();

    /// <summary>The node's own counters, as one line of <c>name=value</c>.</summary>
    public string ReadStatistics() => Pump.With((core, _) => core.Statistics.ToLine());

    /// <summary>Copies a frame that the relay holds.</summary>
    /// <param name="frameId">The first 8 bytes of its id.</param>
    /// <param name="frameSize">Bytes of a frame.</param>
    /// <returns>The frame, or null when it is not held.</returns>
    public byte[]? CopyFrame(ulong frameId, int frameSize)
    {
        byte[] frame = new byte[frameSize];
        return Pump.With((core, _) => core.CopyFrame(frameId, frame)) ? frame : null;
    }

    /// <summary>Tries everything the relay holds on a frame.</summary>
    /// <returns>The number of keys that opened it: 0 for a node that has none.</returns>
    public int CountKeysThatOpen(byte[] frame) => Pump.With((core, _) => core.CountKeysThatOpen(frame));

    /// <summary>Serves one request to the mesh endpoint.</summary>
    internal async Task ServeAsync(HttpContext context, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket endpoint for boards.")
                .ConfigureAwait(false);
            return;
        }

        // Boards send no Origin; a browser always does, and pages of other sites have no business here.
        if (!Api.AccessControl.IsSameOrigin(context.Request))
        {
            _counters.RefusedOrigin();
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Pages of other sites may not join the mesh.")
                .ConfigureAwait(false);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _peers) > _options.MaxPeers)
            {
                _counters.RefusedFull();
                await RefuseAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    $"The relay serves {_options.MaxPeers} peers and is full.").ConfigureAwait(false);
                return;
            }

            _counters.Accepted();
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            int port = context.Connection.RemotePort;
            var peer = new WebSocketPeer(socket, Pump, _counters, _maxUnit, port, _options);
            await peer.RunAsync(AddressOf(context), ending.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _peers);
        }
    }

    /// <summary>Closes every link.</summary>
    public void Dispose() => Pump.Dispose();

    private static NodeCore Create(GatewayOptions options, CoreReporter reporter, long nowMs)
    {
        NodeLimits limits = NodeLimits.Desk();

        // One link more than peers: the local node's.
        limits.Links = options.MaxPeers + 1;
        var configuration = new NodeConfiguration
        {
            Network = null,
            Limits = limits,
            Wide = new RangeReconciler(),
            Primitives = new NodePrimitives(),
        };
        byte[] seed = RandomNumberGenerator.GetBytes(NodeCore.SeedSize);
        return new NodeCore(configuration, new HostHmacSha256(), seed, nowMs) { Observer = reporter };
    }

    private static string AddressOf(HttpContext context)
    {
        System.Net.IPAddress? address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return $"{address}:{context.Connection.RemotePort}";
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason + "\n");
    }
}
