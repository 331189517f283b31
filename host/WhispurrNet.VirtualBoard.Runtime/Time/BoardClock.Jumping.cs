using System.Diagnostics;

namespace WhispurrNet.Virtual;

/// <content>What makes board time jump, and what keeps it from jumping.</content>
public sealed partial class BoardClock
{
    private readonly LinkedList<BusyMark> _inFlight = new();
    private int _holds;
    private bool _driven;

    /// <summary>What boards and servers of this process send each other over sockets.</summary>
    public SocketTraffic Traffic { get; }

    /// <summary>
    /// Runs something that may wait on the thread pool; a clock that jumps stands still meanwhile. For callbacks of
    /// <see cref="Schedule"/>, which must not wait.
    /// </summary>
    public void RunOnPool(Action callback)
    {
        if (_jumps)
        {
            AddHold();
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => RunHeld(callback), null);
    }

    private void RunHeld(Action callback)
    {
        try
        {
            callback();
        }
        finally
        {
            if (_jumps)
            {
                RemoveHold();
            }
        }
    }

    /// <summary>
    /// On a clock that jumps, the last thread that goes idle runs what is due next itself, until that gives somebody
    /// something to do: handing over to another thread and back costs more than most callbacks.
    /// </summary>
    /// <param name="isDone">Whether the calling thread has something to do again.</param>
    internal void Drive(Func<bool> isDone)
    {
        if (!_jumps)
        {
            return;
        }

        bool driving = false;
        while (true)
        {
            ClockTimer? due = null;
            lock (_lock)
            {
                if (driving)
                {
                    _driven = driving = false;
                    _busy.Remove(_ownMark.Node);
                }

                if (!_disposed && _busy.Count == 0)
                {
                    long pauseMicros = 0;
                    due = isDone() ? null : TakeNext(ref pauseMicros);
                }

                if (due is null)
                {
                    Wake();
                    return;
                }

                _driven = driving = true;
                Hold(_ownMark);
            }

            due.Run();
        }
    }

    /// <summary>Bytes left a board, and nobody says when the other end has seen them.</summary>
    internal void SetInFlight(BusyMark mark)
    {
        if (!_jumps)
        {
            return;
        }

        lock (_lock)
        {
            mark.Node.List?.Remove(mark.Node);
            mark.Since = Stopwatch.GetTimestamp();
            _inFlight.AddLast(mark.Node);
        }
    }

    /// <summary>Board time stands still, without limit.</summary>
    internal void AddHold()
    {
        Awake(() =>
        {
            Tick();
            _holds++;
        });
    }

    /// <summary>One reason less for board time to stand still.</summary>
    internal void RemoveHold()
    {
        lock (_lock)
        {
            Tick();
            _holds--;
            Wake();
        }
    }

    // Jumping: takes the next timer whenever it is due, unless something keeps time from passing.
    private ClockTimer? TakeNext(ref long pauseMicros)
    {
        pauseMicros = long.MaxValue;
        if (_holds > 0 || _busy.Count > 0)
        {
            return null;
        }

        while (_inFlight.First is { } first)
        {
            long leftTicks = first.Value.Since + s_inFlightTicks - Stopwatch.GetTimestamp();
            if (leftTicks > 0)
            {
                pauseMicros = Math.Max(1, (long)(leftTicks * 1e6 / Stopwatch.Frequency));
                return null;
            }

            _inFlight.RemoveFirst();
        }

        while (_timers.TryPeek(out ClockTimer? timer, out (long Due, long Order) key))
        {
            if (!timer.IsCanceled && _leader is not null && key.Due > _anchorMicros)
            {
                Sleep(key.Due);
                return null;
            }

            _timers.Dequeue();
            if (!timer.IsCanceled)
            {
                _anchorMicros = Math.Max(_anchorMicros, key.Due);
                return timer;
            }
        }

        Sleep(long.MaxValue);
        return null;
    }
}
