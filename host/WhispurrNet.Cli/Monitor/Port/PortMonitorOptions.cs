namespace WhispurrNet.Cli.Monitor.Port;

/// <summary>How a port is listened to.</summary>
/// <param name="Port">Its name.</param>
/// <param name="BaudRate">The rate to begin with.</param>
/// <param name="IsBaudFound">Whether other rates are tried when this one gives no text.</param>
/// <param name="Attach">
/// Whether a ping is sent, after which a board prints in packets until it starts anew; otherwise nothing is sent at all.
/// </param>
/// <param name="Once">Whether to end when the port goes away, and not to wait for one that is not there.</param>
internal sealed record PortMonitorOptions(
    string Port, int BaudRate = PortMonitorOptions.DefaultBaudRate, bool IsBaudFound = false, bool Attach = false,
    bool Once = false)
{
    /// <summary>What the firmware of most boards uses.</summary>
    public const int DefaultBaudRate = 921_600;
}
