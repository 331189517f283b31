namespace WhispurrNet.Virtual;

/// <summary>
/// One power cycle of one board, as its stand-ins see it: time, threads and waits, the gate that every thread passes,
/// and the hardware. A restart makes a new one, so nothing of the last cycle can reach into the next.
/// </summary>
public sealed class BoardContext
{
    private const int Off = 1;
    private const int Frozen = 2;
    private const int ThreadRequest = 4;

    private readonly object _lock = new();
    private readonly List<BoardThread> _threads = [];
    private readonly Dictionary<string, int> _named = [];
    private readonly List<IDisposable> _resources = [];
    private readonly WaitTable _waits;
    private readonly WaitPoint _thawed = new(signaled: true, autoReset: false);
    private readonly MonitorTable _monitors = new();
    private readonly IBoardHost _host;
    private readonly long _startMicros;
    private BoardThread? _freezer;
    private int _signal;
    private int _nextThreadId;
    private long _utcOffsetTicks;

    /// <summary>Makes the context of a board that is being switched on.</summary>
    public BoardContext(string name, BoardClock clock, IBoardHost host, BoardHardware hardware)
    {
        Name = name;
        Clock = clock;
        Hardware = hardware;
        _host = host;
        _waits = new WaitTable(clock);
        _startMicros = clock.NowMicros;
        Events = new BoardEventQueue(this, "events", BoardEventQueue.Capacity);
        Timers = new BoardEventQueue(this, "timers", int.MaxValue);
    }

    /// <summary>The board's name in reports.</summary>
    public string Name { get; }

    /// <summary>The exceptions that the board's mscorlib knows; set before any device code runs.</summary>
    public DeviceExceptions Exceptions { get; set; } = null!;

    /// <summary>The clock shared by all boards.</summary>
    public BoardClock Clock { get; }

    /// <summary>Radio, files and entropy.</summary>
    public BoardHardware Hardware { get; }

    /// <summary>Delivers hardware events to managed code.</summary>
    public BoardEventQueue Events { get; }

    /// <summary>Runs the callbacks of the device's Timer class, one after the other, as on the chip.</summary>
    public BoardEventQueue Timers { get; }

    /// <summary>Non-zero when some thread must do more at a gate than walk through.</summary>
    public int Signal => Volatile.Read(ref _signal);

    /// <summary>Whether the power went off.</summary>
    public bool IsOff => (Signal & Off) != 0;

    /// <summary>Board time since power on, in milliseconds.</summary>
    public long UptimeMs => (Clock.NowMicros - _startMicros) / 1000;

    /// <summary>The device's wall clock: 1970-01-01 plus uptime until somebody sets it.</summary>
    public DateTime UtcNow =>
        DateTime.UnixEpoch.AddTicks(((Clock.NowMicros - _startMicros) * 10) + Interlocked.Read(ref _utcOffsetTicks));

    /// <summary>Sets the device's wall clock.</summary>
    public void SetUtcNow(DateTime utc) => Interlocked.Add(ref _utcOffsetTicks, (utc - UtcNow).Ticks);

    /// <summary>
    /// The gate. Device code passes it at every method entry and loop, stand-ins around every wait: here a thread ends
    /// when the power is off, stands still while the Bluetooth stack restarts, and obeys Abort and Suspend.
    /// </summary>
    /// <exception cref="PowerOffException">The board is off.</exception>
    public void Pass()
    {
        int signal = Signal;
        if (signal == 0)
        {
            return;
        }

        ThrowIfOff();
        BoardThread? thread = BoardThread.Current;
        if ((signal & Frozen) != 0 && thread is not null && thread != _freezer)
        {
            WaitQuietly(_thawed);
        }

        if ((signal & ThreadRequest) != 0)
        {
            thread?.ServeRequests();
        }
    }

    /// <summary>
    /// Called first in every catch-all handler of device code: nothing is handled once the power is off.
    /// </summary>
    public void LeaveHandler() => ThrowIfOff();

    /// <summary>Makes a thread of this board; it is started by <see cref="BoardThread.Start"/>.</summary>
    public BoardThread CreateThread(string name, Action body)
    {
        lock (_lock)
        {
            int ordinal = _named.GetValueOrDefault(name) + 1;
            _named[name] = ordinal;
            var thread = new BoardThread(this, ++_nextThreadId, name, body) { Key = $"{name}#{ordinal}" };
            _threads.Add(thread);
            return thread;
        }
    }

    /// <summary>Makes and starts a thread of this board.</summary>
    public BoardThread StartThread(string name, Action body)
    {
        BoardThread thread = CreateThread(name, body);
        thread.Start();
        return thread;
    }

    /// <summary>Waits in board time.</summary>
    /// <param name="points">What to wait for; empty to wait for the time only.</param>
    /// <param name="all">Whether all are needed.</param>
    /// <param name="timeoutMs">Board milliseconds; negative for no limit.</param>
    /// <returns>The index of the signaled point, 0 if all were needed, 258 after the timeout.</returns>
    /// <exception cref="PowerOffException">The board is off.</exception>
    public int Wait(WaitPoint[] points, bool all, long timeoutMs)
    {
        Pass();
        int result = _waits.Wait(points, all, timeoutMs);
        Pass();
        return result;
    }

    /// <summary>Waits for board milliseconds; negative forever.</summary>
    public void Sleep(long milliseconds)
    {
        if (milliseconds == 0)
        {
            Thread.Yield();
            Pass();
            return;
        }

        Wait([], all: false, milliseconds);
    }

    /// <summary>Signals a point.</summary>
    public void Set(WaitPoint point) => _waits.Set(point);

    /// <summary>Clears a point.</summary>
    public void Reset(WaitPoint point) => _waits.Reset(point);

    /// <summary>
    /// Stops every managed thread of the board for a time, as a call into the Bluetooth stack does (facts 1.1).
    /// </summary>
    public void Freeze(double milliseconds)
    {
        Pass();
        lock (_lock)
        {
            _freezer = BoardThread.Current;
            _waits.Reset(_thawed);
            Interlocked.Or(ref _signal, Frozen);
        }

        try
        {
            _waits.Wait([], all: false, Math.Max(1, (long)milliseconds));
        }
        finally
        {
            lock (_lock)
            {
                Interlocked.And(ref _signal, ~Frozen);
                _freezer = null;
                _waits.Set(_thawed);
            }
        }

        Pass();
    }

    /// <summary>Takes a lock of device code without losing sight of the power switch.</summary>
    public void EnterMonitor(object target)
    {
        if (Monitor.TryEnter(target))
        {
            return;
        }

        // Whoever holds it may be asleep in board time.
        WaitPoint released = _monitors.Join(target);
        try
        {
            while (!Monitor.TryEnter(target))
            {
                Wait([released], all: false, timeoutMs: -1);
            }
        }
        finally
        {
            _monitors.Leave(target);
        }
    }

    /// <summary>Runs a call that waits for the real world, while board time goes on.</summary>
    /// <param name="call">The call.</param>
    /// <param name="brief">Whether the real world answers at once, so that a clock that jumps need not.</param>
    public T WaitOutside<T>(Func<T> call, bool brief = false)
    {
        Pass();
        BoardThread? thread = brief && double.IsPositiveInfinity(Clock.Speed) ? null : BoardThread.Current;
        thread?.SetIdle();
        try
        {
            return call();
        }
        finally
        {
            thread?.SetBusy();
            Pass();
        }
    }

    /// <summary>Gives a lock of device code back; no gate, because it runs while a thread unwinds.</summary>
    public void ExitMonitor(object target)
    {
        Monitor.Exit(target);
        if (_monitors.Find(target) is { } released)
        {
            _waits.Set(released);
        }
    }

    /// <summary>Text on the serial line.</summary>
    public void WriteSerial(string text)
    {
        Pass();
        _host.OnSerial(this, text);
    }

    /// <summary>Asks for a reboot and ends the calling thread.</summary>
    public void Reboot()
    {
        _host.OnReboot(this);
        _waits.Wait([], all: false, timeoutMs: -1);
        ThrowIfOff();
    }

    /// <summary>The power fails at this moment: no thread of the board does anything more.</summary>
    /// <exception cref="PowerOffException">Always.</exception>
    public void CutPower()
    {
        Interlocked.Or(ref _signal, Off);
        _host.OnPowerCut(this);
        ThrowIfOff();
    }

    /// <summary>
    /// Something to dispose when the power goes off, such as a socket that a thread may be blocked on.
    /// </summary>
    public void Track(IDisposable resource)
    {
        lock (_lock)
        {
            if (!IsOff)
            {
                _resources.Add(resource);
                return;
            }
        }

        resource.Dispose();
        ThrowIfOff();
    }

    /// <summary>Gives a tracked resource back.</summary>
    public void Untrack(IDisposable resource)
    {
        lock (_lock)
        {
            _resources.Remove(resource);
        }
    }

    /// <summary>Threads that were started and have not ended.</summary>
    public int LiveThreads
    {
        get
        {
            lock (_lock)
            {
                return _threads.Count(thread => thread.IsAlive);
            }
        }
    }

    /// <summary>Reports a thread that an exception ended.</summary>
    public void ReportDeath(BoardThread thread, Exception exception) => _host.OnThreadDied(this, thread, exception);

    /// <summary>Switches the board off and waits for its threads.</summary>
    /// <param name="realMs">How long to wait, in milliseconds of real time, per thread.</param>
    /// <returns>The names of threads that did not end in time; empty if all did.</returns>
    public IReadOnlyList<string> PowerOff(int realMs)
    {
        IDisposable[] resources;
        BoardThread[] threads;
        lock (_lock)
        {
            Interlocked.Or(ref _signal, Off);
            resources = [.. _resources];
            threads = [.. _threads];
        }

        _waits.PowerOff();
        foreach (IDisposable resource in resources)
        {
            resource.Dispose();
        }

        return [.. threads
            .Where(thread => thread != BoardThread.Current && !thread.WaitForEnd(realMs))
            .Select(thread => thread.Name)];
    }

    internal void RaiseThreadRequest() => Interlocked.Or(ref _signal, ThreadRequest);

    internal void WaitQuietly(WaitPoint point)
    {
        _waits.Wait([point], all: false, timeoutMs: -1);
        ThrowIfOff();
    }

    internal void Forget(BoardThread thread)
    {
        lock (_lock)
        {
            _threads.Remove(thread);
        }
    }

    private void ThrowIfOff()
    {
        if (IsOff)
        {
            throw new PowerOffException();
        }
    }
}
