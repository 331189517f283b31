using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>Hands items that pass a filter to one view, and all of them to others.</summary>
internal sealed class MonitorViews(ItemFilter filter, IMonitorView shown, params IMonitorSink[] all) : IMonitorView
{
    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        if (filter.Passes(item))
        {
            shown.OnItem(item);
        }

        foreach (IMonitorSink sink in all)
        {
            sink.OnItem(item);
        }
    }

    /// <inheritdoc/>
    public void OnIdle(long nowMs)
    {
        foreach (IMonitorSink sink in all)
        {
            (sink as IMonitorView)?.OnIdle(nowMs);
        }

        shown.OnIdle(nowMs);
    }
}
