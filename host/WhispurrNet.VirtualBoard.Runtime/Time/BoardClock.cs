using System.Diagnostics;

namespace WhispurrNet.Virtual;

/// <summary>
/// The clock of everything that is simulated: board time runs <see cref="Speed"/> times as fast as real time and starts at zero.
/// One object is shared by all boards, the ether and the gateway, so that one speed holds for all of them.
/// When the host cannot keep up (the clock's own thread was not run for <see cref="StallLimitMs"/> of real time), board time
/// waits instead of leaping ahead of the boards: their timeouts mean what they mean on a chip of their own.
/// All members may be called from any thread.
/// </summary>
public sealed class BoardClock : IDisposable
{
    /// <summary>Slowest speed accepted.</summary>
    public const double MinSpeed = 0.1;

    /// <summary>Real time, in milliseconds, that the clock's thread may miss before board time is held back.</summary>
    public const int StallLimitMs = 50;

    private const int TickMs = 10;
    private const long FineWaitMicros = 2_000;
    private const long PollMicros = 200;

    private readonly object _lock = new();
    private readonly PriorityQueue<ClockTimer, (long Due, long Order)> _timers = new();
    private readonly Thread _thread;
    private long _anchorTimestamp = Stopwatch.GetTimestamp();
    private long _anchorMicros;
    private long _stalledMicros;
    private long _order;
    private bool _disposed;

    /// <summary>Starts the clock at board time zero.</summary>
    /// <param name="speed">Board seconds per real second, at least <see cref="MinSpeed"/>; 1 is real time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is below <see cref="MinSpeed"/> or not finite.</exception>
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

    /// <summary>Board time, in milliseconds, withheld so far because the host could not keep up.</summary>
    public long StalledMs
    {
        get
        {
            lock (_lock)
            {
                return _stalledMicros / 1000;
            }
        }
    }

    /// <summary>Runs <paramref name="callback"/> on the clock's thread once <paramref name="delayMicros"/> of board time have passed.</summary>
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

    /// <summary>Runs <paramref name="callback"/> on the clock's thread after <paramref name="delayMs"/> milliseconds of board time.</summary>
    public ClockTimer ScheduleMs(double delayMs, Action callback) => Schedule((long)(delayMs * 1000), callback);

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

    private long ReadMicros()
    {
        double realMicros = Stopwatch.GetElapsedTime(_anchorTimestamp).TotalMicroseconds;
        return _anchorMicros + (long)(Math.Min(realMicros, StallLimitMs * 1000.0) * Speed);
    }

    private void Tick()
    {
        long timestamp = Stopwatch.GetTimestamp();
        double realMicros = Stopwatch.GetElapsedTime(_anchorTimestamp, timestamp).TotalMicroseconds;
        double counted = Math.Min(realMicros, StallLimitMs * 1000.0);
        _anchorMicros += (long)(counted * Speed);
        _stalledMicros += (long)((realMicros - counted) * Speed);
        _anchorTimestamp = timestamp;
    }

    private void Run()
    {
        while (true)
        {
            ClockTimer? due = null;
            long pauseMicros = 0;
            lock (_lock)
            {
                Tick();
                if (_disposed)
                {
                    return;
                }

                if (_timers.TryPeek(out ClockTimer? first, out (long Due, long Order) key))
                {
                    pauseMicros = (long)((key.Due - _anchorMicros) / Speed);
                    if (pauseMicros <= 0 || first.IsCanceled)
                    {
                        due = _timers.Dequeue();
                    }
                }
                else
                {
                    pauseMicros = long.MaxValue;
                }

                if (due is null && pauseMicros > FineWaitMicros)
                {
                    // Monitor.Wait is late by up to a millisecond, so the end of the wait is left to the fine pause.
                    Monitor.Wait(_lock, (int)Math.Min(TickMs, (pauseMicros - 1_000) / 1000));
                    continue;
                }
            }

            if (due is not null)
            {
                due.Run();
            }
            else
            {
                FinePause.Wait(Math.Min(pauseMicros, PollMicros));
            }
        }
    }
}
