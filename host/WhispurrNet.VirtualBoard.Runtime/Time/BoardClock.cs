using System.Diagnostics;

namespace WhispurrNet.Virtual;

/// <summary>
/// The clock of everything that is simulated: board time runs <see cref="Speed"/> times as fast as real time and starts
/// at zero. One object is shared by all boards, the ether and the gateway, so that one speed holds for all of them.
/// Board time stands still while a board's thread has work to do, for <see cref="HoldLimitMs"/> at most, and never runs
/// past a timer that is due: a busy host makes everything slower and nothing late, and a timeout on a board means what
/// it means on a chip of its own. All members may be called from any thread.
/// </summary>
public sealed class BoardClock : IDisposable
{
    /// <summary>Slowest speed accepted.</summary>
    public const double MinSpeed = 0.1;

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

    private readonly object _lock = new();
    private readonly PriorityQueue<ClockTimer, (long Due, long Order)> _timers = new();
    private readonly Thread _thread;
    private readonly LinkedList<BusyMark> _busy = new();
    private readonly BusyMark _ownMark = new();
    private long _anchorTimestamp = Stopwatch.GetTimestamp();
    private long _anchorMicros;
    private long _heldMicros;
    private long _heldSince;
    private long _order;
    private bool _disposed;

    /// <summary>Starts the clock at board time zero.</summary>
    /// <param name="speed">Board seconds per real second, at least <see cref="MinSpeed"/>; 1 is real time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is below <see cref="MinSpeed"/> or not
    /// finite.</exception>
    public BoardClock(double speed = 1)
    {
        if (!double.IsFinite(speed) || speed < MinSpeed)
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, $"The speed must be at least {MinSpeed}.");
        }

        Speed = speed;
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
    /// Board time, in milliseconds, withheld so far because boards were at work or the host could not keep up.
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
    /// Runs <paramref name="callback"/> on the clock's thread once <paramref name="delayMicros"/> of board time have
    /// passed.
    /// </summary>
    /// <param name="delayMicros">Delay in microseconds of board time; zero or less means as soon as possible.</param>
    /// <param name="callback">Must be short and must not wait: every other timer waits for it.</param>
    /// <returns>A handle whose <see cref="ClockTimer.Cancel"/> takes the callback back.</returns>
    public ClockTimer Schedule(long delayMicros, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(callback);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _timers.Enqueue(timer, (ReadMicros() + Math.Max(0, delayMicros), _order++));
            Monitor.Pulse(_lock);
        }

        return timer;
    }

    /// <summary>
    /// Runs <paramref name="callback"/> on the clock's thread after <paramref name="delayMs"/> milliseconds of board
    /// time.
    /// </summary>
    public ClockTimer ScheduleMs(double delayMs, Action callback) =>
        Schedule((long)Math.Round(delayMs * 1000), callback);

    /// <summary>A task that completes after <paramref name="boardTime"/>.</summary>
    public Task Delay(TimeSpan boardTime, CancellationToken cancellation = default)
    {
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
        lock (_lock)
        {
            Tick();
            Hold(mark);
        }
    }

    /// <summary>A thread waits, or has ended.</summary>
    internal void SetIdle(BusyMark mark)
    {
        lock (_lock)
        {
            if (mark.Node.List is null)
            {
                return;
            }

            Tick();
            _busy.Remove(mark.Node);
            if (RunsFrom() <= _anchorTimestamp)
            {
                Monitor.Pulse(_lock);
            }
        }
    }

    private void Hold(BusyMark mark)
    {
        mark.Since = Stopwatch.GetTimestamp();
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
    private long RunsFrom() => _busy.Last is { } last
        ? Math.Max(_anchorTimestamp, Math.Min(last.Value.Since + s_holdTicks, _heldSince + s_holdTotalTicks))
        : _anchorTimestamp;

    // Board microseconds since the anchor. Never past the next timer: whatever is due happens at the time it is due.
    private long AdvanceMicros(long timestamp)
    {
        long runsFrom = RunsFrom();
        if (timestamp <= runsFrom)
        {
            return 0;
        }

        double realMicros = Math.Min(
            Stopwatch.GetElapsedTime(runsFrom, timestamp).TotalMicroseconds, StallLimitMs * 1000.0);
        long advance = (long)(realMicros * Speed);
        return _timers.TryPeek(out _, out (long Due, long Order) next)
            ? Math.Clamp(next.Due - _anchorMicros, 0, advance)
            : advance;
    }

    private long ReadMicros() => _anchorMicros + AdvanceMicros(Stopwatch.GetTimestamp());

    private void Tick()
    {
        long timestamp = Stopwatch.GetTimestamp();
        long advance = AdvanceMicros(timestamp);
        _anchorMicros += advance;
        double realMicros = Stopwatch.GetElapsedTime(_anchorTimestamp, timestamp).TotalMicroseconds;
        _heldMicros += (long)(realMicros * Speed) - advance;
        _anchorTimestamp = timestamp;
    }

    private void Run()
    {
        while (true)
        {
            ClockTimer? due = null;
            long pauseMicros;
            lock (_lock)
            {
                Tick();
                if (_disposed)
                {
                    return;
                }

                pauseMicros = PauseMicros(ref due);
                if (due is not null)
                {
                    // Without another look at the time: taken out, the timer no longer keeps time from running on.
                    Hold(_ownMark);
                }
                else if (pauseMicros > FineWaitMicros)
                {
                    // Monitor.Wait is late by up to a millisecond, so the end of the wait is left to the fine pause.
                    Monitor.Wait(_lock, (int)Math.Min(TickMs, (pauseMicros - 1_000) / 1000));
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

    // How long, in real time, nothing is due; takes the timer that is.
    private long PauseMicros(ref ClockTimer? due)
    {
        if (!_timers.TryPeek(out ClockTimer? first, out (long Due, long Order) key))
        {
            return long.MaxValue;
        }

        long pauseMicros = (long)((key.Due - _anchorMicros) / Speed);
        if (pauseMicros <= 0 || first.IsCanceled)
        {
            due = _timers.Dequeue();
            return 0;
        }

        long heldTicks = RunsFrom() - _anchorTimestamp;
        return heldTicks <= 0 ? pauseMicros : pauseMicros + (long)(heldTicks * 1e6 / Stopwatch.Frequency);
    }
}
