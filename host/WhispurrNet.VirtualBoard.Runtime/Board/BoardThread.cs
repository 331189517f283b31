using System.Globalization;

namespace WhispurrNet.Virtual;

/// <summary>
/// One managed thread of a board: a host thread that obeys the board's power, freezing, Abort and Suspend.
/// </summary>
public sealed class BoardThread
{
    private const int StackBytes = 1 << 20;

    [ThreadStatic]
    private static BoardThread? s_current;

    private readonly BoardContext _board;
    private readonly Action _body;
    private readonly Thread _host;
    private readonly BusyMark _mark = new();
    private int _heapPower;
    private volatile bool _started;
    private volatile bool _ended;

    internal BoardThread(BoardContext board, int id, string name, Action body)
    {
        _board = board;
        _body = body;
        Id = id;
        Name = name;
        _host = new Thread(Run, StackBytes) { IsBackground = true, Name = $"{board.Name}: {name}" };
    }

    /// <summary>The board thread this code runs on, or null on a thread of the host.</summary>
    public static BoardThread? Current => s_current;

    /// <summary>Number on its board, counted from 1.</summary>
    public int Id { get; }

    /// <summary>Its name and which of that name it is, the same in every run.</summary>
    public required string Key { get; init; }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>An object the stand-ins attach (the device's own Thread).</summary>
    public object? Tag { get; set; }

    /// <summary>Signaled once the thread has ended.</summary>
    public WaitPoint Ended { get; } = new(signaled: false, autoReset: false);

    /// <summary>Called on the thread when it ends, for whatever reason.</summary>
    public Action? OnEnded { get; set; }

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool IsStarted => _started;

    /// <summary>Whether it was started and has not ended.</summary>
    public bool IsAlive => _started && !_ended;

    /// <summary>Set while a pending Suspend holds the thread at its next gate.</summary>
    public bool SuspendRequested { get; private set; }

    /// <summary>The exception that a pending Abort throws at every gate; null if none is pending.</summary>
    public Func<Exception>? AbortRequest { get; private set; }

    /// <summary>Heap that the frames of its calls take now, in bytes.</summary>
    internal int FrameBytes { get; set; }

    /// <summary>Heap charged for frames, in bytes; not less than <see cref="FrameBytes"/>.</summary>
    internal int FramesCharged { get; set; }

    private WaitPoint Resumed { get; } = new(signaled: true, autoReset: false);

    /// <summary>Starts the thread.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start()
    {
        if (_started)
        {
            throw new InvalidOperationException("The thread was started before.");
        }

        _started = true;
        _heapPower = _board.Hardware.Heap?.AddThread(this) ?? 0;
        SetBusy();
        _host.Start();
    }

    /// <summary>Board time stands still from now on: the thread has work.</summary>
    internal void SetBusy() => _board.Clock.SetBusy(_mark);

    /// <summary>Board time may go on: the thread waits.</summary>
    internal void SetIdle(bool drives = false) => _board.Clock.SetIdle(_mark, drives);

    /// <summary>
    /// Makes the thread throw what <paramref name="exception"/> returns, at its next gate and every later one.
    /// </summary>
    public void Abort(Func<Exception> exception)
    {
        AbortRequest = exception;
        _board.RaiseThreadRequest();
    }

    /// <summary>Holds the thread at its next gate until <see cref="Resume"/>.</summary>
    public void Suspend()
    {
        SuspendRequested = true;
        _board.Reset(Resumed);
        _board.RaiseThreadRequest();
        if (s_current == this)
        {
            _board.Pass();
        }
    }

    /// <summary>Lets a suspended thread go on.</summary>
    public void Resume()
    {
        SuspendRequested = false;
        _board.Set(Resumed);
    }

    /// <summary>Ends with the host thread; used after the power went off.</summary>
    /// <returns>False if it is still running after <paramref name="realMs"/> milliseconds of real time.</returns>
    internal bool WaitForEnd(int realMs) => !_started || _host.Join(realMs);

    internal void ServeRequests()
    {
        if (SuspendRequested)
        {
            _board.WaitQuietly(Resumed);
        }

        if (AbortRequest is { } abort)
        {
            throw abort();
        }
    }

    private void Run()
    {
        s_current = this;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            _board.Pass();
            _body();
        }
        catch (PowerOffException)
        {
            // The board is off: nothing is left to tell.
        }
        catch (Exception exception)
        {
            // On the chip an uncaught exception ends this thread and nothing else (facts 7).
            _board.ReportDeath(this, exception);
        }
        finally
        {
            _ended = true;
            _board.Set(Ended);
            _board.Forget(this);
            _board.Hardware.Heap?.RemoveThread(this, _heapPower);
            OnEnded?.Invoke();
            SetIdle();
            s_current = null;
        }
    }
}
