using System.Net.Sockets;
using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>How the far end of a connection goes away.</summary>
internal enum Vanishing
{
    /// <summary>It closes the connection without a close frame.</summary>
    Closed,

    /// <summary>It resets the connection.</summary>
    Reset,

    /// <summary>It falls silent: nothing arrives any more, and what is sent is lost.</summary>
    Silent,
}

/// <summary>
/// A board's end of a TCP connection inside the process. The far end takes bytes at once, on the board's own thread,
/// and what it answers is there to read at the same moment of board time.
/// </summary>
internal sealed class MemoryConnection(BoardContext board, Action<MemoryConnection, byte[]> received)
    : IBoardConnection
{
    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _inbound = new();
    private readonly WaitPoint _readable = new(signaled: false, autoReset: true);
    private int _offset;
    private Vanishing? _vanished;
    private bool _disposed;

    /// <summary>Called once when the board gives the connection up.</summary>
    public Action? Abandoned { get; set; }

    public int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_inbound.TryPeek(out byte[]? first))
                {
                    int taken = Math.Min(count, first.Length - _offset);
                    Array.Copy(first, _offset, buffer, offset, taken);
                    _offset += taken;
                    if (_offset == first.Length)
                    {
                        _inbound.Dequeue();
                        _offset = 0;
                    }

                    return taken;
                }

                ThrowIfBroken();
                if (_vanished == Vanishing.Closed)
                {
                    return 0;
                }
            }

            board.Wait([_readable], all: false, timeoutMs: -1);
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            ThrowIfBroken();
            if (_vanished is not null)
            {
                return;
            }
        }

        received(this, buffer[offset..(offset + count)]);
    }

    /// <summary>Bytes from the far end.</summary>
    public void Deliver(byte[] bytes)
    {
        lock (_lock)
        {
            if (_vanished is not null || _disposed || bytes.Length == 0)
            {
                return;
            }

            _inbound.Enqueue(bytes);
        }

        board.Set(_readable);
    }

    /// <summary>The far end goes away.</summary>
    public void Vanish(Vanishing how)
    {
        lock (_lock)
        {
            _vanished ??= how;
        }

        board.Set(_readable);
    }

    public void Dispose()
    {
        Action? abandoned;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            // Nobody tells the far end of a power cut; it finds out by the silence.
            abandoned = _vanished is null && !board.IsOff ? Abandoned : null;
        }

        board.Set(_readable);
        abandoned?.Invoke();
    }

    private void ThrowIfBroken()
    {
        if (_disposed)
        {
            throw new BoardSocketException((int)SocketError.NotSocket, "The socket is closed.");
        }

        if (_vanished == Vanishing.Reset)
        {
            throw new BoardSocketException((int)SocketError.ConnectionReset, "The connection was reset.");
        }
    }
}
