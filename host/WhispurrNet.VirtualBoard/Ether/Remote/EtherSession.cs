using System.Net.Sockets;

namespace WhispurrNet.Virtual.Remote;

/// <summary>
/// One process that takes part in this one's ether: carries out its boards' calls, and keeps board time from passing
/// while anything is at work over there.
/// </summary>
internal sealed class EtherSession : IDisposable
{
    // Board time between two looks at a clock that runs on although the other process is at work: a busy loop there.
    private const int TickMs = 50;

    private readonly object _sending = new();
    private readonly Ether _ether;
    private readonly EtherWire _wire;
    private readonly BusyMark _busy = new();
    private readonly Dictionary<int, BluetoothRadio> _radios = [];
    private ClockTimer? _due;
    private long _pushed;
    private bool _asleep;
    private bool _ended;

    public EtherSession(Ether ether, Socket socket)
    {
        _ether = ether;
        _wire = new EtherWire(socket);
    }

    /// <summary>Serves the other process until one side ends it.</summary>
    public void Run()
    {
        try
        {
            lock (_sending)
            {
                Busy();
                _wire.Send(WireKind.Hello, EtherWire.Version, _ether.Clock.Speed, _ether.Clock.NowMicros);
            }

            while (true)
            {
                Handle(_wire.Receive());
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidCastException or IndexOutOfRangeException
            or ArgumentException or KeyNotFoundException)
        {
            // The other process is gone, or is none of ours: its boards fall silent.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Tells the other process what happens to one of its boards, and the time.</summary>
    public void Push(WireEvent kind, int radio, params ReadOnlySpan<object?> arguments)
    {
        lock (_sending)
        {
            if (_ended)
            {
                return;
            }

            Busy();
            _pushed++;
            try
            {
                _wire.Send(WireKind.Push, [_ether.Clock.NowMicros, (byte)kind, radio, .. arguments]);
            }
            catch (IOException)
            {
                // The reading side notices as well, and ends it.
                _asleep = true;
                _ether.Clock.SetIdle(_busy);
            }
        }
    }

    public void Dispose()
    {
        lock (_sending)
        {
            _ended = true;
            _due?.Cancel();
            _ether.Clock.SetIdle(_busy);
        }

        _wire.Dispose();
        foreach (BluetoothRadio radio in _radios.Values)
        {
            radio.PowerOff();
            radio.Remove();
        }
    }

    private void Handle((WireKind Kind, object?[] Values) message)
    {
        switch (message.Kind)
        {
            case WireKind.Call:
                Answer(message.Values);
                break;
            case WireKind.Sleep:
                Sleep((long)message.Values[0]!, (long)message.Values[1]!);
                break;
            case WireKind.Wake:
                lock (_sending)
                {
                    Busy();
                    _wire.Send(WireKind.Grant, _ether.Clock.NowMicros);
                }

                break;
            default:
                throw new IOException("A message of no known kind.");
        }
    }

    // Under the lock of sending, so that a push cannot slip between the other side's falling asleep and our hearing it.
    private void Sleep(long handled, long nextDueMicros)
    {
        lock (_sending)
        {
            if (handled != _pushed)
            {
                return;
            }

            _due?.Cancel();
            _due = nextDueMicros == long.MaxValue
                ? null
                : _ether.Clock.Schedule(nextDueMicros - _ether.Clock.NowMicros, () => Push(WireEvent.Time, 0));
            _asleep = true;
            _ether.Clock.SetIdle(_busy);
        }
    }

    private void Busy()
    {
        _ether.Clock.SetBusy(_busy);
        _due?.Cancel();
        _asleep = false;
        _due = _ether.Clock.ScheduleMs(TickMs, () =>
        {
            if (!_asleep)
            {
                Push(WireEvent.Time, 0);
            }
        });
    }

    private void Answer(object?[] values)
    {
        var call = (int)values[0]!;
        object? result = null;
        string? failure = null;
        try
        {
            result = Call((WireMethod)(byte)values[1]!, (int)values[2]!, values.AsSpan(3));
        }
        catch (Exception exception) when (exception is NullReferenceException or InvalidOperationException
            or ArgumentException)
        {
            failure = $"{exception.GetType().Name}|{exception.Message}";
        }

        lock (_sending)
        {
            _wire.Send(WireKind.Result, call, result, failure);
        }
    }

    private object? Call(WireMethod method, int id, ReadOnlySpan<object?> a)
    {
        if (method == WireMethod.Open)
        {
            _radios.Add(id, new BluetoothRadio(_ether, (string)a[0]!, (ulong)a[1]!));
            return null;
        }

        BluetoothRadio radio = _radios[id];
        switch (method)
        {
            case WireMethod.Link:
                _ether.Link(radio.Name, (string)a[0]!);
                return null;
            case WireMethod.PowerOn:
                radio.PowerOnRemote(new RemoteEvents(this, id));
                return null;
            case WireMethod.PowerOff:
                radio.PowerOff();
                return null;
            case WireMethod.Remove:
                _radios.Remove(id);
                radio.PowerOff();
                radio.Remove();
                return null;
            case WireMethod.BeginMode:
                return radio.BeginMode((BluetoothMode)(int)a[0]!);
            case WireMethod.EndMode:
                radio.EndMode((BluetoothMode)(int)a[0]!);
                return null;
            default:
                return RemoteCalls.Carry(method, radio, a);
        }
    }
}
