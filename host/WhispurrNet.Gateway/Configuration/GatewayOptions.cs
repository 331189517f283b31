using System.Net;

namespace WhispurrNet.Gateway.Configuration;

/// <summary>
/// Everything a gateway can be told before it starts. Make checked values with <see cref="GatewaySettings"/>.
/// </summary>
public sealed record GatewayOptions
{
    /// <summary>The port when nothing else is said.</summary>
    public const int DefaultPort = 8765;

    /// <summary>Boards and other gateways that the relay serves at once, when nothing else is said.</summary>
    public const int DefaultMaxPeers = 64;

    /// <summary>Lifetime of a whisper that the local node sends, when nothing else is said.</summary>
    public static readonly TimeSpan DefaultMessageTtl = TimeSpan.FromHours(1);

    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port, 0 to 65535; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Most WebSocket peers at once; one more is refused with status 503.</summary>
    public int MaxPeers { get; init; } = DefaultMaxPeers;

    /// <summary>Lifetime of the whispers that the local node sends.</summary>
    public TimeSpan MessageTtl { get; init; } = DefaultMessageTtl;

    /// <summary>Join code of the local node's network; null runs the relay alone, which needs no keys.</summary>
    public string? JoinCode { get; init; }

    /// <summary>Intents that the local node is tuned to.</summary>
    public IReadOnlyList<string> Intents { get; init; } = ["emotion_data"];

    /// <summary>Bearer token of REST and page; null leaves both to programs on this machine.</summary>
    public string? Token { get; init; }

    /// <summary>File of the local node's user identity; null for none.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>File of the persons whose names are shown; null for none.</summary>
    public string? BookFile { get; init; }

    /// <summary>The clock of both nodes. A simulation passes its own, which may run faster than real time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How much faster than real time that clock runs; shown, not used.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// How often a WebSocket is pinged, in real time: far below the 30 s after which a board gives up.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Real time that one message to a peer may take before the peer is dropped as too slow.</summary>
    public TimeSpan SlowPeer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Is told what the relay has in hand; null when nobody simulates time.</summary>
    public IPeerTraffic? Traffic { get; init; }

    /// <summary>Never shows the token or the join code.</summary>
    public override string ToString() => $"gateway on {new IPEndPoint(Address, Port)}";
}
