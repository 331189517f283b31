using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Provision;

/// <summary>The lines a board prints, whether they come as they are or in packets; a caller waits for one.</summary>
internal sealed class BoardText : IMixedSink
{
    private const int MaxLine = 1024;

    private readonly Lock _lock = new();
    private readonly List<byte> _line = [];
    private readonly Queue<string> _lines = [];
    private readonly SemaphoreSlim _came = new(0);

    /// <inheritdoc/>
    public void OnText(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (byte value in bytes)
            {
                if (value == '\n' || _line.Count == MaxLine)
                {
                    _lines.Enqueue(Encoding.UTF8.GetString([.. _line]).TrimEnd('\r'));
                    _line.Clear();
                    _came.Release();
                }
                else
                {
                    _line.Add(value);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Command == Command.Message)
        {
            OnText(payload);
        }
    }

    /// <inheritdoc/>
    public void OnRefused(PacketRefusal reason)
    {
    }

    /// <summary>Forgets what was printed so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _lines.Clear();
            _line.Clear();
        }
    }

    /// <summary>Waits for the next line; null when none comes in time.</summary>
    public async Task<string?> NextAsync(TimeSpan limit, CancellationToken cancellation)
    {
        long end = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (true)
        {
            lock (_lock)
            {
                if (_lines.TryDequeue(out string? line))
                {
                    return line;
                }
            }

            long left = end - Environment.TickCount64;
            if (left <= 0 || !await _came.WaitAsync(TimeSpan.FromMilliseconds(left), cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }
    }
}
