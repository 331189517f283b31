using Spectre.Console;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>A terminal with the table of the board above, and the last lines below.</summary>
internal sealed class TableView : IMonitorView, IDisposable
{
    private const int DrawMs = 200;
    private const int MaxLines = 500;

    private readonly FullScreen _screen;
    private readonly BoardState _board;
    private readonly string _port;
    private readonly ColorSystem _colors;
    private readonly StringWriter _written = new();
    private readonly ConsoleView _lines;
    private readonly Queue<string> _last = [];
    private long _drawnMs = -DrawMs;

    /// <summary>Takes over the terminal.</summary>
    /// <param name="screen">The terminal; disposed with this.</param>
    /// <param name="board">What is shown above; somebody else keeps it up to date.</param>
    /// <param name="port">The port's name.</param>
    /// <param name="format">How lines are written, without colours.</param>
    /// <param name="colors">The terminal's colours.</param>
    public TableView(FullScreen screen, BoardState board, string port, LineFormat format, ColorSystem colors)
    {
        _screen = screen;
        _board = board;
        _port = port;
        _colors = colors;
        _lines = new ConsoleView(_written, format);
    }

    /// <inheritdoc/>
    public void OnItem(MonitorItem item)
    {
        _lines.OnItem(item);
        if (_written.GetStringBuilder().Length > 0)
        {
            TakeWritten();
        }
    }

    /// <inheritdoc/>
    public void OnIdle(long nowMs)
    {
        _lines.OnIdle(nowMs);
        TakeWritten();
        if (nowMs - _drawnMs >= DrawMs)
        {
            _drawnMs = nowMs;
            Draw();
        }
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        _screen.Dispose();
        _written.Dispose();
    }

    private void Draw()
    {
        (int width, int height) = _screen.Size;
        List<string> picture = [.. Rendering.ToLines(BoardTable.Draw(_board, _port), width, _colors)];
        int room = Math.Max(0, height - picture.Count);
        foreach (string line in _last.Skip(Math.Max(0, _last.Count - room)))
        {
            picture.Add(Rendering.Clip(line, width));
        }

        _screen.Draw(picture);
    }

    private void TakeWritten()
    {
        foreach (string line in _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_last.Count == MaxLines)
            {
                _last.Dequeue();
            }

            _last.Enqueue(line);
        }

        _written.GetStringBuilder().Clear();
    }
}
