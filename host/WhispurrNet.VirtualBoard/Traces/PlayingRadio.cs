using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace WhispurrNet.Virtual.Traces;

/// <summary>A radio that does what a trace says.</summary>
[SuppressMessage("Design", "CA1852", Justification = "A proxy is derived from it.")]
internal class PlayingRadio : DispatchProxy
{
    // Board time within which threads of the board may come in another order than they did.
    private const long OrderMicros = 20_000;

    // Board time after which a call that should have come is missing.
    private const long PatienceMicros = 2_000_000;

    private readonly object _lock = new();
    private readonly HashSet<int> _done = [];
    private BoardContext? _board;
    private IBluetoothEvents? _events;
    private ClockTimer? _timer;
    private BluetoothMode _stack;
    private long _startMicros;
    private int _next;

    public BoardClock Clock { get; set; } = null!;

    public ulong Address { get; set; }

    public IReadOnlyList<(int Line, TraceRecord Record)> Records { get; set; } = [];

    public TraceDeviation? Deviation { get; private set; }

    public bool IsOver => Volatile.Read(ref _next) >= Records.Count;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        MethodInfo method = targetMethod!;
        object?[] arguments = args ?? [];
        switch (method.Name)
        {
            case nameof(IBoardRadio.PowerOn):
                lock (_lock)
                {
                    _board = (BoardContext)arguments[0]!;
                    _startMicros = Clock.NowMicros;
                    Advance();
                }

                return null;
            case nameof(IBoardRadio.PowerOff):
                lock (_lock)
                {
                    _board = null;
                    _timer?.Cancel();
                }

                return null;
            case nameof(IBluetoothRadio.Listen):
                _events = (IBluetoothEvents)arguments[0]!;
                return null;
            case "get_Address":
                return Address;
            case "get_Stack":
                return _stack;
            case "get_Leaks":
                return new RadioLeaks(0, 0);
            default:
                return method.DeclaringType == typeof(IBluetoothRadio)
                    ? Answer(method, arguments)
                    : Default(method.ReturnType);
        }
    }

    private static object? Default(Type type) =>
        type == typeof(byte[]) ? Array.Empty<byte>()
        : type.IsValueType && type != typeof(void) ? Activator.CreateInstance(type)
        : null;

    private object? Answer(MethodInfo method, object?[] arguments)
    {
        BoardContext? board = _board;
        board?.Pass();
        TraceRecord? record = Take(method, TraceRecord.Encode(method, arguments));
        if (record is null)
        {
            return Default(method.ReturnType);
        }

        if (method.Name == nameof(IBluetoothRadio.SetMode))
        {
            double frozenMs = record.Result!.Value.GetDouble();
            if (frozenMs > 0)
            {
                _stack = BluetoothMode.NotRunning;
                board?.Freeze(frozenMs);
                _stack = record.Thrown is null ? (BluetoothMode)arguments[0]! : BluetoothMode.NotRunning;
            }
        }

        switch (record.Thrown)
        {
            case null:
                return method.ReturnType == typeof(void) || method.Name == nameof(IBluetoothRadio.SetMode)
                    ? null
                    : record.Result?.Deserialize(method.ReturnType);
            case nameof(NullReferenceException):
                throw new NullReferenceException();
            default:
                throw new InvalidOperationException(record.Thrown);
        }
    }

    private TraceRecord? Take(MethodInfo method, JsonElement[] arguments)
    {
        lock (_lock)
        {
            if (Deviation is not null || _board is null)
            {
                return null;
            }

            for (int i = _next; i < Records.Count; i++)
            {
                (int _, TraceRecord record) = Records[i];
                if (record.AtMicros > Records[_next].Record.AtMicros + OrderMicros)
                {
                    break;
                }

                if (!_done.Contains(i) && record.Is(method.Name, arguments))
                {
                    _done.Add(i);
                    Advance();
                    return record;
                }
            }

            var actual = new TraceRecord(0, method.Name, null, arguments, null, null);
            Deviate(actual.Describe());
            return null;
        }
    }

    // Skips what is done, delivers events whose time has come, and waits for the next thing.
    private void Advance()
    {
        _timer?.Cancel();
        while (_next < Records.Count && Deviation is null)
        {
            TraceRecord record = Records[_next].Record;
            long waitMicros = _startMicros + record.AtMicros - Clock.NowMicros;
            if (_done.Remove(_next))
            {
                _next++;
            }
            else if (record.Event is null)
            {
                int expected = _next;
                _timer = Clock.Schedule(waitMicros + PatienceMicros, () => Miss(expected));
                return;
            }
            else if (waitMicros > 0)
            {
                _timer = Clock.Schedule(waitMicros, () =>
                {
                    lock (_lock)
                    {
                        Advance();
                    }
                });
                return;
            }
            else
            {
                _next++;
                Deliver(record);
            }
        }
    }

    private void Miss(int expected)
    {
        lock (_lock)
        {
            if (_next == expected && _board is not null)
            {
                Deviate("nothing");
            }
        }
    }

    private void Deviate(string actual)
    {
        Deviation ??= _next < Records.Count
            ? new TraceDeviation(Records[_next].Line, Records[_next].Record.Describe(), actual)
            : new TraceDeviation(Records.Count + 2, "the end", actual);
    }

    private void Deliver(TraceRecord record)
    {
        MethodInfo method = typeof(IBluetoothEvents).GetMethod(record.Event!)
            ?? throw new FormatException($"The trace has an event '{record.Event}', which there is not.");
        object?[] arguments = record.Decode(method);
        if (_board is { } board && _events is { } events)
        {
            board.Events.Post(() => method.Invoke(events, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        }
    }
}
