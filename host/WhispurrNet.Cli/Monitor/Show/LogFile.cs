using System.Text;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Monitor.Show;

/// <summary>A file to which everything is appended as plain text, whatever filters show.</summary>
internal sealed class LogFile : IMonitorView, IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;
    private readonly LineFormat _format;

    private LogFile(string path, StreamWriter writer, DateTimeOffset start)
    {
        _path = path;
        _writer = writer;
        _format = new LineFormat(start, withTime: true, LineFormat.DateAndTime, styles: null);
    }

    /// <summary>Opens it, and makes it if need be.</summary>
    /// <exception cref="SettingException">It cannot be written.</exception>
    public static LogFile Open(string path, DateTimeOffset start)
    {
        try
        {
            var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            return new LogFile(path, new StreamWriter(file, new UTF8Encoding(false), 64 << 10), start);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException($"--log cannot write {path}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void OnItem(MonitorItem item) => Guard(() => _format.Write(_writer, item));

    /// <inheritdoc/>
    public void OnIdle(long nowMs) => Guard(_writer.Flush);

    /// <summary>Writes what is left.</summary>
    public void Dispose() => Guard(_writer.Dispose);

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new CommandFailure($"{_path} cannot be written any more: {e.Message}");
        }
    }
}
