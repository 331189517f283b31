using System.Diagnostics;
using System.Reflection;
using System.Threading.Channels;
using WhispurrNet.DeviceImages;
using WhispurrNet.Serial;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Virtual.Serial.Line;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <summary>
/// A virtual board with its USB cable: a pty that speaks the wire protocol and prints what the program prints, and
/// behind it a <see cref="VirtualBoard"/>, which this switches on and off and gives other programs.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed class PtyBoard : IDeviceHost, IAsyncDisposable
{
    private const int ReadBytes = 4_096;
    private const int PollMs = 100;
    private const int TicksToEnd = 3;
    private const int RetryMs = 5;
    private const int Retries = 40;

    private readonly object _lock = new();
    private readonly PtyBoardOptions _options;
    private readonly VirtualBoard _board;
    private readonly PseudoTerminal _terminal = PseudoTerminal.Open();
    private readonly DeviceEngine _engine;
    private readonly Channel<byte[]> _out = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Task[] _pumps;
    private int _ownStarts;
    private bool _isProgramUp;
    private int _idleTicks;

    /// <summary>Makes the port; the board stays as it is until <see cref="PowerOn"/>.</summary>
    /// <param name="board">The board, switched off; stays the caller's.</param>
    /// <param name="options">What it says and how it misbehaves.</param>
    /// <exception cref="SerialPortException">The system has no pty left.</exception>
    /// <exception cref="PlatformNotSupportedException">It has no ptys.</exception>
    public PtyBoard(VirtualBoard board, PtyBoardOptions? options = null)
    {
        _options = options ?? new();
        _board = board;
        _engine = new(_options.Description, this, board.Files, _options.Faults, _options.IsResident);
        board.SerialText += OnText;
        board.ThreadDied += OnThreadDied;
        board.PowerChanged += OnPowerChanged;
        _pumps = [Task.Run(ReadAsync), Task.Run(WriteAsync), Task.Run(TickAsync)];
    }

    /// <summary>The board cannot run what was deployed; the sentence says why.</summary>
    public event Action<PtyBoard, string>? Refused;

    /// <summary>The port to open, such as <c>/dev/pts/5</c>.</summary>
    public string PortName => _terminal.Name;

    /// <summary>How it misbehaves.</summary>
    public DeviceFaults Faults => _options.Faults;

    /// <summary>Whether it has power.</summary>
    public bool IsOn
    {
        get
        {
            lock (_lock)
            {
                return _engine.IsOn;
            }
        }
    }

    /// <summary>See <see cref="DeviceEngine.PulledAway"/>.</summary>
    public int PulledAway
    {
        get
        {
            lock (_lock)
            {
                return _engine.PulledAway;
            }
        }
    }

    /// <summary>Gives it power.</summary>
    public void PowerOn()
    {
        lock (_lock)
        {
            _engine.PowerOn(_watch.ElapsedMilliseconds);
        }
    }

    /// <summary>Takes its power; the port stays, as that of a USB chip with its own supply.</summary>
    public void PowerOff()
    {
        lock (_lock)
        {
            _engine.PowerOff();
        }
    }

    /// <summary>See <see cref="DeviceEngine.Burn"/>.</summary>
    public void Burn(ReadOnlySpan<byte> image)
    {
        lock (_lock)
        {
            _engine.Burn(image);
        }
    }

    /// <summary>Unplugs it and switches the board off.</summary>
    public async ValueTask DisposeAsync()
    {
        PowerOff();
        _board.SerialText -= OnText;
        _board.ThreadDied -= OnThreadDied;
        _board.PowerChanged -= OnPowerChanged;
        _out.Writer.TryComplete();
        await _end.CancelAsync().ConfigureAwait(false);
        _terminal.Dispose();
        await Task.WhenAll(_pumps).ConfigureAwait(false);
        _end.Dispose();
    }

    IReadOnlyList<LoadedAssembly> IDeviceHost.ResidentAssemblies
    {
        get
        {
            // The executable, and the libraries that lie beside it.
            string program = _board.EntryAssembly;
            return
            [
                .. Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*.dll").Order(StringComparer.Ordinal)
                    .Append(program).Distinct().Select(Describe),
            ];
        }
    }

    void IDeviceHost.Send(ReadOnlySpan<byte> bytes) => Send(bytes, _options.Description.BaudRate);

    void IDeviceHost.ChipReset() => Send(RomLog.Text, RomLog.BaudRate);

    ProgramStart IDeviceHost.StartProgram(IReadOnlyList<ImagePart> parts, out string? refusal)
    {
        refusal = null;
        try
        {
            if (parts.Count > 0)
            {
                if (_options.Programs.Find(parts, out refusal) is not { } program)
                {
                    Refused?.Invoke(this, refusal!);
                    return ProgramStart.Refused;
                }

                _board.Load(program);
            }

            _ownStarts++;
            _board.Start();
            _isProgramUp = true;
            return ProgramStart.Running;
        }
        catch (Exception e) when (e is BadImageFormatException or FileNotFoundException or InvalidDataException)
        {
            _ownStarts--;
            refusal = e.Message;
            Refused?.Invoke(this, refusal);
            return ProgramStart.Refused;
        }
    }

    void IDeviceHost.StopProgram()
    {
        _isProgramUp = false;
        _board.PowerOff();
    }

    void IDeviceHost.PowerLost()
    {
        // Nothing to do: the program is stopped, and the port stays.
    }

    private static LoadedAssembly Describe(string file)
    {
        AssemblyName name = AssemblyName.GetAssemblyName(file);
        Version version = name.Version ?? new Version(0, 0, 0, 0);
        return new(
            name.Name ?? string.Empty,
            new((ushort)version.Major, (ushort)version.Minor, (ushort)version.Build, (ushort)version.Revision));
    }

    private void Send(ReadOnlySpan<byte> bytes, int baudRate) => _out.Writer.TryWrite(
        _options.MindsBaudRate ? UartLine.Resample(bytes, baudRate, LineBaudRate()) : bytes.ToArray());

    private int LineBaudRate()
    {
        try
        {
            return _terminal.BaudRate;
        }
        catch (Exception e) when (e is SerialPortException or ObjectDisposedException)
        {
            return _options.Description.BaudRate;
        }
    }

    private void OnText(VirtualBoard board, string text)
    {
        lock (_lock)
        {
            _engine.Print(text, _watch.ElapsedMilliseconds);
        }
    }

    private void OnThreadDied(VirtualBoard board, ThreadDiedReport death)
    {
        lock (_lock)
        {
            _engine.Print(ExceptionText.Of(death.Exception), _watch.ElapsedMilliseconds);
        }
    }

    private void OnPowerChanged(VirtualBoard board, PowerReport report)
    {
        lock (_lock)
        {
            if (report.IsOn && _ownStarts > 0)
            {
                _ownStarts--;
            }
            else if (report.IsOn)
            {
                _isProgramUp = true;
                _engine.ProgramRestarted(_watch.ElapsedMilliseconds);
            }
        }
    }

    // What it printed last is still on its way to here when its threads have ended.
    private void NoteEnd(long nowMs)
    {
        bool isIdle = _isProgramUp && _board.IsOn && _board.LiveThreads == 0;
        _idleTicks = isIdle ? _idleTicks + 1 : 0;
        if (_idleTicks == TicksToEnd)
        {
            _isProgramUp = false;
            _engine.ProgramEnded(nowMs);
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[ReadBytes];
        try
        {
            while (await _terminal.ReadAsync(buffer, _end.Token).ConfigureAwait(false) is var count and > 0)
            {
                lock (_lock)
                {
                    ReadOnlySpan<byte> bytes = buffer.AsSpan(0, count);
                    _engine.Feed(
                        _options.MindsBaudRate
                            ? UartLine.Resample(bytes, LineBaudRate(), _options.Description.BaudRate)
                            : bytes,
                        _watch.ElapsedMilliseconds);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SerialPortException or ObjectDisposedException)
        {
            // Unplugged.
        }
    }

    private async Task WriteAsync()
    {
        bool someoneReads = true;
        try
        {
            await foreach (byte[] bytes in _out.Reader.ReadAllAsync(_end.Token).ConfigureAwait(false))
            {
                // A UART does not ask whether anybody listens; a reader that is only slow is waited for.
                int at = _terminal.WriteNow(bytes);
                for (int i = 0; at < bytes.Length && someoneReads && i < Retries; i++)
                {
                    await Task.Delay(RetryMs, _end.Token).ConfigureAwait(false);
                    at += _terminal.WriteNow(bytes.AsSpan(at));
                }

                someoneReads = at == bytes.Length;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SerialPortException or ObjectDisposedException)
        {
            // Unplugged.
        }
    }

    private async Task TickAsync()
    {
        try
        {
            while (true)
            {
                int waitMs;
                lock (_lock)
                {
                    long now = _watch.ElapsedMilliseconds;
                    _engine.Tick(now);
                    NoteEnd(now);

                    waitMs = (int)Math.Clamp((_engine.Deadline ?? long.MaxValue) - now, 1, PollMs);
                }

                await Task.Delay(waitMs, _end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Unplugged.
        }
    }
}
