using System.Threading.Channels;
using WhispurrNet.DeviceImages;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>A device engine on a line in this process, and a program host that only notes what it was given.</summary>
internal sealed class BenchBoard : IDeviceHost, ISerialPort
{
    private readonly object _lock = new();
    private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();
    private readonly CancellationTokenSource _end = new();
    private Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();
    private byte[] _rest = [];
    private bool _isCut;

    public BenchBoard(DeviceDescription? description = null, DeviceFaults? faults = null)
    {
        Engine = new DeviceEngine(description ?? Small(), this, Drive, faults);
        _ = Task.Run(TickAsync);
    }

    public BoardFileSystem Drive { get; } = new();

    public DeviceEngine Engine { get; }

    /// <summary>Names of the assemblies that run; null while none do.</summary>
    public IReadOnlyList<string>? Running { get; private set; }

    /// <summary>What was started since it was made, hashes of the assemblies.</summary>
    public List<string> Started { get; } = [];

    public int Resets { get; private set; }

    public string Name => "bench";

    public int BaudRate { get; set; } = 921_600;

    /// <summary>A board with little flash, so that tests are quick.</summary>
    public static DeviceDescription Small(bool isEsp32 = true, bool hasCrc = false) => DeviceDescription.C3 with
    {
        HasCrc = hasCrc,
        HasWholePartitionBlocks = isEsp32,
        Sectors =
        [
            new(0x0001_0000, 1, 0x0001_0000, (uint)FlashUsage.Code),
            isEsp32
                ? new(0x0002_0000, 1, 0x0000_8000, (uint)FlashUsage.Deployment | FlashSector.MemoryMapped)
                : new(0x0002_0000, 8, 0x0000_1000, (uint)FlashUsage.Deployment),
            new(0x0003_0000, 1, 0x0000_2000, (uint)FlashUsage.Configuration),
        ],
    };

    public void PowerOn()
    {
        lock (_lock)
        {
            if (_isCut)
            {
                _isCut = false;
                _rest = [];
                _sent = Channel.CreateUnbounded<byte[]>();
            }

            Engine.PowerOn(_watch.ElapsedMilliseconds);
        }
    }

    public void PowerOff()
    {
        lock (_lock)
        {
            Engine.PowerOff();
        }
    }

    public void Print(string text)
    {
        lock (_lock)
        {
            Engine.Print(text, _watch.ElapsedMilliseconds);
        }
    }

    /// <summary>Everything sent so far and not read.</summary>
    public byte[] TakeSent()
    {
        var all = new List<byte>(_rest);
        _rest = [];
        while (_sent.Reader.TryRead(out byte[]? bytes))
        {
            all.AddRange(bytes);
        }

        return [.. all];
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length == 0)
        {
            try
            {
                _rest = await _sent.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException)
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest.AsMemory(0, count).CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Engine.Feed(data.Span, _watch.ElapsedMilliseconds);
        }

        return ValueTask.CompletedTask;
    }

    public void SetLines(bool? dataTerminalReady, bool? requestToSend)
    {
    }

    public void DiscardInput() => TakeSent();

    public void Dispose() => _end.Cancel();

    void IDeviceHost.Send(ReadOnlySpan<byte> bytes) => _sent.Writer.TryWrite(bytes.ToArray());

    void IDeviceHost.ChipReset() => Resets++;

    ProgramStart IDeviceHost.StartProgram(IReadOnlyList<ImagePart> parts, out string? refusal)
    {
        refusal = null;
        Running = [.. parts.Select(p => p.Assembly.Name)];
        Started.Add(string.Join(' ', parts.Select(p => p.Assembly.Sha256)));
        return ProgramStart.Running;
    }

    void IDeviceHost.StopProgram() => Running = null;

    // Whoever has the port open sees it go at once instead of waiting for answers.
    void IDeviceHost.PowerLost()
    {
        _isCut = true;
        _sent.Writer.TryComplete();
    }

    private async Task TickAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(2);
            lock (_lock)
            {
                Engine.Tick(_watch.ElapsedMilliseconds);
            }
        }
    }
}
