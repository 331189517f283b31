using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Says how the board is whenever it has told enough to say something new: its start and its statistics.</summary>
internal sealed class BoardSummaries(Action<long> tell) : IMonitorSink
{
    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        if (item is LineItem { Report: BootReport or StatisticsReport })
        {
            tell(item.AtMs);
        }
    }
}
