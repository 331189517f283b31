using System.Text;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;

namespace WhispurrNet.Monitor.Tests.Support;

/// <summary>Keeps items, and lets a test wait for one.</summary>
internal sealed class Items : IMonitorView
{
    private readonly Lock _lock = new();
    private readonly List<MonitorItem> _items = [];
    private readonly SemaphoreSlim _came = new(0);

    /// <summary>All so far.</summary>
    public IReadOnlyList<MonitorItem> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>The texts of all lines so far.</summary>
    public IReadOnlyList<string> Texts => [.. All.OfType<LineItem>().Select(item => item.Line.Text)];

    /// <summary>What happened to the port.</summary>
    public IReadOnlyList<PortEvent> Events => [.. All.OfType<EventItem>().Select(item => item.Event)];

    /// <summary>Runs bytes through a pipeline in pieces, each at its own millisecond, and to its end.</summary>
    public static Items Of(byte[] bytes, int pieceBytes = int.MaxValue, int baudRate = 921_600)
    {
        var items = new Items();
        var pipeline = new MonitorPipeline(items, baudRate);
        long nowMs = 0;
        for (int at = 0; at < bytes.Length; at += Math.Min(pieceBytes, bytes.Length - at))
        {
            pipeline.Feed(bytes.AsSpan(at, Math.Min(pieceBytes, bytes.Length - at)), nowMs++);
        }

        pipeline.Flush(nowMs);
        return items;
    }

    /// <summary>Runs text through a pipeline.</summary>
    public static Items Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        lock (_lock)
        {
            _items.Add(item);
        }

        _came.Release();
    }

    /// <inheritdoc/>
    public void OnIdle(long nowMs)
    {
    }

    /// <summary>Waits until something holds of what has come.</summary>
    public async Task UntilAsync(Func<Items, bool> condition)
    {
        while (!condition(this))
        {
            Assert.True(
                await _came.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken),
                $"Waited in vain; came: {string.Join(" | ", All)}");
        }
    }
}
