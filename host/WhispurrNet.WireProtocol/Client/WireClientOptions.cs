namespace WhispurrNet.WireProtocol;

/// <summary>How patient a <see cref="WireProtocolClient"/> is.</summary>
/// <param name="Timeout">How long an answer may take before the request is sent again.</param>
/// <param name="Attempts">How often a request is sent, at least 1.</param>
public sealed record WireClientOptions(TimeSpan Timeout, int Attempts)
{
    /// <summary>Two seconds, three times.</summary>
    public static WireClientOptions Default { get; } = new(TimeSpan.FromSeconds(2), 3);
}
