namespace WhispurrNet.Cli.Bridge;

/// <summary>What a bridge is made from.</summary>
internal sealed record BridgeOptions
{
    /// <summary>The serial port.</summary>
    public required string Port { get; init; }

    /// <summary>Bits a second.</summary>
    public required int BaudRate { get; init; }

    /// <summary>Where the gateway serves boards: <c>ws://HOST:PORT/mesh</c>.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>How often the counters are told.</summary>
    public required TimeSpan Every { get; init; }
}
