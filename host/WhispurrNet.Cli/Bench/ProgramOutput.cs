using System.Text;
using System.Threading.Channels;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Bench;

/// <summary>The lines that a board's program prints, whether as they are or in packets.</summary>
internal sealed class ProgramOutput : IMixedSink
{
    private const int LineMax = 1024;

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _line = new();

    /// <summary>The next line.</summary>
    /// <param name="silence">How long to wait for it.</param>
    /// <param name="ended">Completes when nothing more can come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null when none came.</returns>
    public async Task<string?> ReadLineAsync(TimeSpan silence, Task ended, CancellationToken cancellation)
    {
        Task<bool> waiting = _lines.Reader.WaitToReadAsync(cancellation).AsTask();
        await Task.WhenAny(waiting, ended, Task.Delay(silence, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return _lines.Reader.TryRead(out string? line) ? line : null;
    }

    /// <summary>Drops the lines that nobody read.</summary>
    public void Forget()
    {
        while (_lines.Reader.TryRead(out _))
        {
        }
    }

    /// <inheritdoc/>
    public void OnText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == '\n' || _line.Length == LineMax)
            {
                _lines.Writer.TryWrite(_line.ToString());
                _line.Clear();
            }
            else
            {
                _line.Append((char)value);
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
}
