using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using WhispurrNet.Virtual.Remote;

namespace WhispurrNet.Virtual;

/// <summary>
/// Puts boards of this process on the ether of another (<see cref="EtherHost"/>). Their clock follows that one's: time
/// passes for both or for neither, at whatever speed. If the connection ends, the boards' time ends with it.
/// </summary>
public sealed class EtherClient : IEther, IClockLeader, IDisposable
{
    private readonly object _sending = new();
    private readonly EtherWire _wire;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<object?>> _calls = new();
    private readonly ConcurrentDictionary<int, RemoteRadio> _radios = new();
    private readonly BlockingCollection<object?[]> _pushes = [];
    private readonly SemaphoreSlim _granted = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _grantMicros;
    private long _handled;
    private int _lastCall;
    private int _lastRadio;

    private EtherClient(EtherWire wire, double speed, long nowMicros)
    {
        _wire = wire;
        Clock = new BoardClock(this, speed, nowMicros);
        new Thread(Read) { IsBackground = true, Name = "ether client" }.Start();
        new Thread(HandlePushes) { IsBackground = true, Name = "ether events" }.Start();

        // It was made with a hold, since the other process counts this one as at work.
        Clock.RemoveHold();
    }

    /// <inheritdoc/>
    public BoardClock Clock { get; }

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Connects.</summary>
    /// <param name="address">As <see cref="EtherHost.Address"/> gives it.</param>
    /// <exception cref="ArgumentException">It is no address.</exception>
    /// <exception cref="IOException">Nobody answers there, or no ether of this version.</exception>
    public static EtherClient Connect(string address)
    {
        EndPoint endpoint = EtherHost.Parse(address);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(endpoint);
            if (socket.AddressFamily != AddressFamily.Unix)
            {
                socket.NoDelay = true;
            }
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"There is no ether at '{address}'.", exception);
        }

        var wire = new EtherWire(socket);
        (WireKind kind, object?[] values) = wire.Receive();
        if (kind != WireKind.Hello || values is not [EtherWire.Version, double speed, long nowMicros])
        {
            wire.Dispose();
            throw new IOException($"The ether at '{address}' is of another version.");
        }

        return new EtherClient(wire, speed, nowMicros);
    }

    /// <summary>Lets a board of this process and one of the other hear each other.</summary>
    /// <exception cref="ArgumentException">This process has no such board.</exception>
    public void Link(string own, string other)
    {
        RemoteRadio radio = _radios.Values.FirstOrDefault(radio => radio.Name == own)
            ?? throw new ArgumentException($"There is no board '{own}' here.", nameof(own));
        Call(WireMethod.Link, radio.Id, other);
    }

    /// <summary>Ends the connection; the other process sees the boards fall silent.</summary>
    public void Dispose()
    {
        _wire.Dispose();
        _ended.Task.Wait();
        Clock.Dispose();
    }

    IBoardRadio IEther.Open(string name, ulong address)
    {
        int id = Interlocked.Increment(ref _lastRadio);
        Call(WireMethod.Open, id, name, address);
        return _radios[id] = new RemoteRadio(this, id, name, address);
    }

    void IClockLeader.Sleep(long nextDueMicros) => Send(WireKind.Sleep, Interlocked.Read(ref _handled), nextDueMicros);

    long IClockLeader.Wake()
    {
        Send(WireKind.Wake);
        _granted.Wait();
        return Interlocked.Read(ref _grantMicros);
    }

    /// <summary>Calls a method over there and waits for its result.</summary>
    internal object? Call(WireMethod method, int radio, params ReadOnlySpan<object?> arguments)
    {
        int call = Interlocked.Increment(ref _lastCall);
        var done = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[call] = done;
        if (_ended.Task.IsCompleted || !Send(WireKind.Call, [call, (byte)method, radio, .. arguments]))
        {
            done.TrySetException(new InvalidOperationException("The connection to the ether has ended."));
        }

        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>A radio is gone.</summary>
    internal void Forget(int radio) => _radios.TryRemove(radio, out _);

    private static Exception Failure(string text)
    {
        string[] parts = text.Split('|', 2);
        return parts[0] switch
        {
            nameof(NullReferenceException) => new NullReferenceException(parts[1]),
            nameof(ArgumentException) => new ArgumentException(parts[1]),
            _ => new InvalidOperationException(parts[1]),
        };
    }

    private bool Send(WireKind kind, params ReadOnlySpan<object?> values)
    {
        lock (_sending)
        {
            try
            {
                _wire.Send(kind, values);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    // Never takes a lock of the boards: a thread that holds one may be waiting for what comes next.
    private void Read()
    {
        try
        {
            while (true)
            {
                (WireKind kind, object?[] values) = _wire.Receive();
                switch (kind)
                {
                    case WireKind.Push:
                        _pushes.Add(values);
                        break;
                    case WireKind.Grant:
                        Interlocked.Exchange(ref _grantMicros, (long)values[0]!);
                        _granted.Release();
                        break;
                    case WireKind.Result when _calls.TryRemove((int)values[0]!, out var done):
                        Complete(done, values);
                        break;
                    default:
                        throw new IOException("A message of no known kind.");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidCastException or IndexOutOfRangeException)
        {
            End();
        }
    }

    private static void Complete(TaskCompletionSource<object?> done, object?[] values)
    {
        if (values[2] is string failure)
        {
            done.SetException(Failure(failure));
        }
        else
        {
            done.SetResult(values[1]);
        }
    }

    private void End()
    {
        _ended.TrySetResult();
        _pushes.CompleteAdding();
        _granted.Release(int.MaxValue / 2);
        foreach (TaskCompletionSource<object?> done in _calls.Values)
        {
            done.TrySetException(new InvalidOperationException("The connection to the ether has ended."));
        }
    }

    private void HandlePushes()
    {
        foreach (object?[] push in _pushes.GetConsumingEnumerable())
        {
            var kind = (WireEvent)(byte)push[1]!;
            Clock.Follow((long)push[0]!, () =>
            {
                Interlocked.Increment(ref _handled);
                if (kind != WireEvent.Time && _radios.TryGetValue((int)push[2]!, out RemoteRadio? radio))
                {
                    radio.Post(events => RemoteEvents.Deliver(kind, push, 3, events));
                }
            });
        }
    }
}
