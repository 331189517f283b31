using System.Diagnostics;

namespace WhispurrNet.Virtual;

/// <summary>
/// The clock of everything that is simulated: board time runs <see cref="Speed"/> times as fast as real time and starts
/// at zero. One object is shared by all boards, the ether and the gateway, so that one speed holds for all of them.
/// Board time stands still while a board's thread has work to do, for <see cref="HoldLimitMs"/> at most, and never runs
/// past a timer that is due: a busy host makes everything slower and nothing late, and a timeout on a board means what
/// it means on a chip of its own. All members may be called from any thread.
/// <para>
/// At speed <see cref="double.PositiveInfinity"/> board time does not run, it jumps: to the next timer, as soon as no
/// thread of a board is at work, no bytes that a board sent are on their way (<see cref="InFlightMs"/>), and nobody
/// holds the clock (<see cref="Hold"/>). Between two timers no board time passes at all.
/// </para>
/// </summary>
public sealed partial class BoardClock : IDisposable
{
    /// <summary>Slowest speed accepted.</summary>
    public const double MinSpeed = 0.1;

    /// <summary>
    /// Real time, in milliseconds, for which bytes that a board sent over a socket keep a jumping clock from jumping,
    /// unless something arrives on that socket before: the other end does not keep board time.
    /// </summary>
    public const int InFlightMs = 500;

    /// <summary>
    /// Real time, in milliseconds, for which a thread that does not wait holds board time; then it counts as a busy
    /// loop.
    /// </summary>
    public const int HoldLimitMs = 500;

    private const int TickMs = 10;
    private const long FineWaitMicros = 2_000;
    private const long PollMicros = 200;
    private const int StallLimitMs = 50;

    // Threads that keep waking each other without ever letting time pass do not stop it for good either.
    private const int HoldTotalMs = 2_000;
    private static readonly long s_holdTicks = Stopwatch.Frequency * HoldLimitMs / 1000;
    private static readonly long s_holdTotalTicks = Stopwatch.Frequency * HoldTotalMs / 1000;
    private static readonly long s_inFlightTicks = Stopwatch.Frequency * InFlightMs / 1000;

    private readonly object _lock = new();
    private readonly PriorityQueue<ClockTimer, (long Due, long Order)> _timers = new();
    private readonly Thread _thread;
    private readonly LinkedList<BusyMark> _busy = new();
    private readonly bool _jumps;
    private readonly BusyMark _ownMark = new();
    private long _anchorTimestamp = Stopwatch.GetTimestamp();
    private long _anchorMicros;
    private long _heldMicros;
    private long _heldSince;
    private long _order;
    private bool _waitsForIdle;
    private bool _disposed;

    /// <summary>Starts the clock at board time zero.</summary>
    /// <param name="speed">Board seconds per real second, at least <see cref="MinSpeed"/>; 1 is real time,
    /// <see cref="double.PositiveInfinity"/> as fast as the host can.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is below <see cref="MinSpeed"/>.</exception>
    public BoardClock(double speed = 1)
    {
        if (double.IsNaN(speed) || speed < MinSpeed)
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, $"The speed must be at least {MinSpeed}.");
        }

        Speed = speed;
        Traffic = new SocketTraffic(this);
        _jumps = double.IsPositiveInfinity(speed);
        _thread = new Thread(Run) { IsBackground = true, Name = "board clock", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Board seconds per real second.</summary>
    public double Speed { get; }

    /// <summary>Board time in microseconds since the clock was made; never goes back.</summary>
    public long NowMicros
    {
        get
        {
            lock (_lock)
            {
                return ReadMicros();
            }
        }
    }

    /// <summary>Board time in milliseconds since the clock was made; never goes back.</summary>
    public long NowMs => NowMicros / 1000;

    /// <summary>
    /// Board time, in milliseconds, withheld so far because boards were at work or the host could not keep up; means
    /// nothing on a clock that jumps.
    /// </summary>
    public long HeldMs
    {
        get
        {
            lock (_lock)
            {
                return _heldMicros / 1000;
            }
        }
    }

    /// <summary>
    /// Runs <paramref name="callback"/> once <paramref name="delayMicros"/> of board time have passed, on the clock's
    /// thread or one that has nothing else to do; never two callbacks at once.
    /// </summary>
    /// <param name="delayMicros">Delay in microseconds of board time; zero or less means as soon as possible.</param>
    /// <param name="callback">Must be short and must not wait: every other timer waits for it.</param>
    /// <returns>A handle whose <see cref="ClockTimer.Cancel"/> takes the callback back.</returns>
    public ClockTimer Schedule(long delayMicros, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(callback);
        Awake(() =>
        {
            if (_disposed)
            {
                // Boards and radios may still be at work when the desk is cleared: nothing happens any more.
                return;
            }

            _timers.Enqueue(timer, (ReadMicros() + Math.Max(0, delayMicros), _order++));
            if (!_jumps || _busy.Count == 0)
            {
                Monitor.Pulse(_lock);
            }
        });
        return timer;
    }

    /// <summary>
    /// Runs <paramref name="callback"/> on the clock's thread after <paramref name="delayMs"/> milliseconds of board
    /// time.
    /// </summary>
    public ClockTimer ScheduleMs(double delayMs, Action callback) =>
        Schedule((long)Math.Round(delayMs * 1000), callback);

    /// <summary>A task that completes after <paramref name="boardTime"/>.</summary>
    /// <exception cref="ObjectDisposedException">The clock is disposed.</exception>
    public Task Delay(TimeSpan boardTime, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ClockTimer timer = Schedule((long)boardTime.TotalMicroseconds, () => done.TrySetResult());
        if (cancellation.CanBeCanceled)
        {
            CancellationTokenRegistration registration = cancellation.Register(() =>
            {
                timer.Cancel();
                done.TrySetCanceled(cancellation);
            });
            done.Task.ContinueWith(_ => registration.Dispose(), TaskScheduler.Default);
        }

        return done.Task;
    }

    /// <summary>
    /// Stops board time until the hold is disposed: what a host does meanwhile, such as switching boards on and off or
    /// changing who hears whom, happens at one moment of board time. <see cref="ClockHold.Wait"/> lets time pass.
    /// </summary>
    /// <exception cref="InvalidOperationException">The calling thread holds a clock already.</exception>
    public ClockHold Hold() => new(this);

    internal bool IsDisposed => Volatile.Read(ref _disposed);

    /// <summary>Stops the clock; callbacks that are still due are dropped.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timers.Clear();
            Monitor.Pulse(_lock);
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    /// <summary>A thread has work to do from now on.</summary>
    internal void SetBusy(BusyMark mark)
    {
        if (_leader is not null)
        {
            Awake(() => Hold(mark));
            return;
        }

        lock (_lock)
        {
            if (!_jumps || _busy.Count > 0)
            {
                Tick();
            }

            Hold(mark);
        }
    }

    /// <summary>A thread waits, or has ended.</summary>
    /// <param name="mark">The thread's mark.</param>
    /// <param name="drives">Whether the thread calls <see cref="Drive"/> next.</param>
    internal void SetIdle(BusyMark mark, bool drives = false)
    {
        lock (_lock)
        {
            if (mark.Node.List is null)
            {
                return;
            }

            if (!_jumps)
            {
                Tick();
            }

            mark.Node.List!.Remove(mark.Node);
            if (!drives || !_jumps)
            {
                Wake();
            }
        }
    }

    private void Wake()
    {
        if (_jumps ? _waitsForIdle && _busy.Count == 0 && _inFlight.Count == 0 && _holds == 0 : IsRunning())
        {
            Monitor.Pulse(_lock);
        }
    }

    private bool IsRunning() => RunsFrom() <= _anchorTimestamp;

    private void Hold(BusyMark mark)
    {
        mark.Since = Stopwatch.GetTimestamp();
        if (_jumps && _busy.Count == 0)
        {
            _anchorTimestamp = mark.Since;
        }

        if (_busy.Last is null || _busy.Last.Value.Since + s_holdTicks <= mark.Since)
        {
            _heldSince = mark.Since;
        }

        if (mark.Node.List is not null)
        {
            _busy.Remove(mark.Node);
        }

        _busy.AddLast(mark.Node);
    }

    // The list is in order of time, so its last mark holds the longest.
    private long RunsFrom() => _holds > 0
        ? long.MaxValue
        : _busy.Last is { } last
            ? Math.Max(_anchorTimestamp, Math.Min(last.Value.Since + s_holdTicks, _heldSince + s_holdTotalTicks))
            : _anchorTimestamp;

    // How fast time runs once nothing withholds it. Busy loops on a jumping clock see time pass as it really does.
    private double Rate => !_jumps ? Speed : _busy.Count > 0 ? 1 : double.PositiveInfinity;

    // Board microseconds since the anchor. Never past the next timer: whatever is due happens at the time it is due.
    private long AdvanceMicros(long timestamp)
    {
        long runsFrom = RunsFrom();
        double rate = Rate;
        if (timestamp <= runsFrom || double.IsPositiveInfinity(rate) || _leader is not null)
        {
            return 0;
        }

        double realMicros = Math.Min(
            Stopwatch.GetElapsedTime(runsFrom, timestamp).TotalMicroseconds, StallLimitMs * 1000.0);
        long advance = (long)(realMicros * rate);
        return _timers.TryPeek(out _, out (long Due, long Order) next)
            ? Math.Clamp(next.Due - _anchorMicros, 0, advance)
            : advance;
    }

    private long ReadMicros() =>
        _jumps && _busy.Count == 0 ? _anchorMicros : _anchorMicros + AdvanceMicros(Stopwatch.GetTimestamp());

    private void Tick()
    {
        long timestamp = Stopwatch.GetTimestamp();
        long advance = AdvanceMicros(timestamp);
        _anchorMicros += advance;
        double realMicros = Stopwatch.GetElapsedTime(_anchorTimestamp, timestamp).TotalMicroseconds;
        _heldMicros += _jumps ? 0 : (long)(realMicros * Speed) - advance;
        _anchorTimestamp = timestamp;
    }

    private void Run()
    {
        while (true)
        {
            ClockTimer? due;
            long pauseMicros = 0;
            lock (_lock)
            {
                if (_disposed)
                {
                    return;
                }

                if (!_jumps || _busy.Count > 0)
                {
                    Tick();
                }

                due = _jumps && (_busy.Count == 0 || _driven) ? TakeNext(ref pauseMicros) : TakeDue(ref pauseMicros);
                if (due is not null)
                {
                    // Without another look at the time: taken out, the timer no longer keeps time from running on.
                    Hold(_ownMark);
                }
                else if (pauseMicros > FineWaitMicros)
                {
                    // Monitor.Wait is late by up to a millisecond, so the end of the wait is left to the fine pause.
                    _waitsForIdle = true;
                    Monitor.Wait(_lock, (int)Math.Min(TickMs, (pauseMicros - 1_000) / 1000));
                    _waitsForIdle = false;
                    continue;
                }
            }

            if (due is null)
            {
                FinePause.Wait(Math.Min(pauseMicros, PollMicros));
                continue;
            }

            due.Run();
            SetIdle(_ownMark);
        }
    }

    // Running: takes the timer that is due, or says how long, in real time, none is.
    private ClockTimer? TakeDue(ref long pauseMicros)
    {
        pauseMicros = long.MaxValue;
        if (_holds > 0 || !_timers.TryPeek(out ClockTimer? first, out (long Due, long Order) key))
        {
            return null;
        }

        pauseMicros = (long)((key.Due - _anchorMicros) / Rate);
        if (pauseMicros <= 0 || first.IsCanceled)
        {
            return _timers.Dequeue();
        }

        long heldTicks = RunsFrom() - _anchorTimestamp;
        pauseMicros += heldTicks <= 0 ? 0 : (long)(heldTicks * 1e6 / Stopwatch.Frequency);
        return null;
    }
}
