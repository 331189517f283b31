using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Top;

/// <summary>A board on a cable: what it says of itself. Nothing is sent to it.</summary>
internal sealed class CableSource : ITopSource, IMonitorView
{
    private readonly Lock _lock = new();
    private readonly string _port;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly BoardState _board = new();
    private readonly RateMeter _frames = new();
    private readonly PortMonitor _monitor;

    /// <summary>Creates one that listens as soon as <see cref="RunAsync"/> is called.</summary>
    public CableSource(ISerialPorts ports, string port, int baudRate, bool isBaudFound, TimeProvider time)
    {
        _port = port;
        _time = time;
        _start = time.GetTimestamp();
        _monitor = new PortMonitor(ports, new PortMonitorOptions(port, baudRate, isBaudFound), this, time);
    }

    /// <summary>Listens until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => _monitor.RunAsync(cancellation);

    void IMonitorSink.OnItem(MonitorItem item)
    {
        lock (_lock)
        {
            _board.OnItem(item);
        }
    }

    void IMonitorView.OnIdle(long nowMs)
    {
        // Shown when it is asked for.
    }

    /// <inheritdoc/>
    public Task<TopGateway?> ReadAsync(List<TopBoard> boards, List<TopLink> links, CancellationToken cancellation)
    {
        lock (_lock)
        {
            long? Counter(string name) => _board.Statistics.TryGetValue(name, out long value) ? value : null;

            // Every frame is a line only when the board traces; else its statistics have to do.
            double? traced = _frames.Take(_board.Frames, (long)_time.GetElapsedTime(_start).TotalMilliseconds);
            boards.Add(new TopBoard(
                _board.Name ?? _port,
                _port,
                "board",
                !_board.IsConnected ? "unplugged" : _board.HeardMs is null ? "silent" : "up",
                _board.Identity,
                Counter("uptime"),
                _board.OpenLinks,
                _board.Frames > 0 ? traced : _board.FramesPerSecond,
                Counter("heapFree"),
                Counter("held"),
                Counter("neighbours"),
                _board.Contacts,
                Counter("tx"),
                Counter("rx"),
                _board.Faults,
                _board.LastError));
        }

        return Task.FromResult<TopGateway?>(null);
    }
}
