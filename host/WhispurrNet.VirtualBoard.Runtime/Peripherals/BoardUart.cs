namespace WhispurrNet.Virtual;

/// <summary>
/// One UART of a board: the device's serial library has the one end, the host the other. What is there before a program
/// opens it, and what finds the receive buffer full, is lost as on the chip; all members may be called from any thread.
/// </summary>
public sealed class BoardUart
{
    /// <summary>
    /// Bytes that the chip's driver hands over at a time: at most so many are in the hardware when it reports them.
    /// </summary>
    public const int ChunkBytes = 120;

    private readonly object _lock = new();
    private byte[] _ring = [];
    private int _head;
    private int _count;
    private int _wanted;
    private Action? _arrived;
    private WaitPoint? _readable;
    private BoardContext? _board;

    /// <summary>The program wrote: called in order on its thread, when the bytes have left the UART.</summary>
    public event Action<ReadOnlyMemory<byte>>? Sent;

    /// <summary>Bits a second that the program opened it with; 0 while it is closed.</summary>
    public int BaudRate { get; private set; }

    /// <summary>Bytes that arrived while nobody had the port open.</summary>
    public long Unheard { get; private set; }

    /// <summary>Bytes lost because the receive buffer was full; all that was in it goes, too.</summary>
    public long Overrun { get; private set; }

    /// <summary>Bytes the program can read.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Bytes come in over the wire.</summary>
    public void Deliver(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, ChunkBytes);
            DeliverChunk(bytes[..count]);
            bytes = bytes[count..];
        }
    }

    /// <summary>A program opens the port.</summary>
    /// <param name="board">Its board.</param>
    /// <param name="baudRate">Bits a second.</param>
    /// <param name="bufferBytes">Size of the receive buffer.</param>
    /// <param name="arrived">Called on the board's event thread when there is something to read.</param>
    public void Open(BoardContext board, int baudRate, int bufferBytes, Action arrived)
    {
        lock (_lock)
        {
            _board = board;
            _ring = new byte[bufferBytes];
            _head = 0;
            _count = 0;
            _wanted = 0;
            _arrived = arrived;
            _readable = new WaitPoint(signaled: false, autoReset: false);
            BaudRate = baudRate;
        }
    }

    /// <summary>It closes it, or the power goes.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _board = null;
            _arrived = null;
            _count = 0;
            BaudRate = 0;
        }
    }

    /// <summary>Reads so many bytes, for which it waits: the driver gives no part of what was asked for.</summary>
    /// <returns>False if they did not come in time.</returns>
    public bool Read(BoardContext board, Span<byte> target, int timeoutMs)
    {
        WaitPoint readable;
        lock (_lock)
        {
            if (Take(target))
            {
                return true;
            }

            _wanted = target.Length;
            readable = _readable!;
            board.Reset(readable);
        }

        bool came = board.Wait([readable], all: false, timeoutMs) == 0;
        lock (_lock)
        {
            _wanted = 0;
            return came && Take(target);
        }
    }

    /// <summary>Sends bytes; takes as long as they are on the wire, ten bits each.</summary>
    public void Write(BoardContext board, byte[] bytes)
    {
        int rate = BaudRate;
        if (rate > 0)
        {
            board.Sleep(Math.Max(1, bytes.Length * 10_000L / rate));
        }

        Sent?.Invoke(bytes);
    }

    private void DeliverChunk(ReadOnlySpan<byte> bytes)
    {
        BoardContext? board;
        Action? arrived;
        WaitPoint? wake = null;
        lock (_lock)
        {
            board = _board;
            arrived = _arrived;
            if (board is null)
            {
                Unheard += bytes.Length;
                return;
            }

            if (_count + bytes.Length > _ring.Length)
            {
                // The driver empties the whole buffer.
                Overrun += _count + bytes.Length;
                _count = 0;
                return;
            }

            foreach (byte value in bytes)
            {
                _ring[(_head + _count++) % _ring.Length] = value;
            }

            if (_wanted > 0)
            {
                wake = _count >= _wanted ? _readable : null;
                arrived = null;
            }
        }

        if (wake is not null)
        {
            board.Set(wake);
        }
        else if (arrived is not null)
        {
            board.Events.Post(arrived);
        }
    }

    private bool Take(Span<byte> target)
    {
        if (_count < target.Length)
        {
            return false;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = _ring[_head];
            _head = (_head + 1) % _ring.Length;
        }

        _count -= target.Length;
        return true;
    }
}
