namespace WhispurrNet.Virtual;

/// <summary>
/// Keeps board time from passing while a host does something to the boards; see <see cref="BoardClock.Hold"/>. It
/// belongs to the thread that made it: a call into a board by that thread (<c>VirtualBoard.InvokeStatic</c>) lets time
/// pass until the board's method returns, and not a microsecond longer.
/// </summary>
public sealed class ClockHold : IDisposable
{
    [ThreadStatic]
    private static ClockHold? s_current;

    private const int PollMs = 200;

    private readonly BoardClock _clock;
    private bool _disposed;

    internal ClockHold(BoardClock clock)
    {
        if (s_current is not null)
        {
            throw new InvalidOperationException("This thread holds a clock already.");
        }

        _clock = clock;
        s_current = this;
        clock.AddHold();
    }

    /// <summary>The hold of the calling thread, if any.</summary>
    internal static ClockHold? Current => s_current;

    /// <summary>Lets exactly so much board time pass; it stands still again when this returns.</summary>
    /// <exception cref="ObjectDisposedException">The clock was disposed.</exception>
    public void Wait(TimeSpan boardTime)
    {
        using var passed = new ManualResetEventSlim();
        _clock.Schedule((long)boardTime.TotalMicroseconds, () =>
        {
            _clock.AddHold();
            passed.Set();
        });
        _clock.RemoveHold();
        while (!passed.Wait(PollMs))
        {
            ObjectDisposedException.ThrowIf(_clock.IsDisposed, _clock);
        }
    }

    /// <summary>
    /// Lets board time pass in steps until a condition holds, for <paramref name="limit"/> at most; it stands still
    /// while the condition is looked at.
    /// </summary>
    /// <returns>Whether the condition holds.</returns>
    public bool WaitUntil(Func<bool> condition, TimeSpan limit, TimeSpan step)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        for (TimeSpan waited = TimeSpan.Zero; !condition(); waited += step)
        {
            if (waited >= limit)
            {
                return false;
            }

            Wait(step);
        }

        return true;
    }

    /// <summary>Lets board time go on.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            s_current = null;
            _clock.RemoveHold();
        }
    }

    /// <summary>Lets time pass from now on; <see cref="Resume"/> takes that back, on any thread.</summary>
    internal void Suspend() => _clock.RemoveHold();

    /// <summary>Stops time again.</summary>
    internal void Resume() => _clock.AddHold();
}
