using WhispurrNet.Cli.Monitor.Lines;

namespace WhispurrNet.Cli.Monitor.Port;

/// <summary>Shows what a monitor finds.</summary>
internal interface IMonitorView : IMonitorSink
{
    /// <summary>Everything that came has been handed over; also called now and then while nothing comes.</summary>
    void OnIdle(long nowMs);
}
