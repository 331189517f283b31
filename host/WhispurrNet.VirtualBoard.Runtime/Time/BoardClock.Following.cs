namespace WhispurrNet.Virtual;

/// <content>
/// A clock that follows one of another process: its time is what the leader said last. It asks before anything happens
/// here that the leader did not cause, and says when nothing is left to do, so both always show the same time to
/// whoever is at work.
/// </content>
public sealed partial class BoardClock
{
    private readonly BusyMark _followMark = new();
    private readonly object _waking = new();
    private readonly IClockLeader? _leader;
    private bool _asleep;

    /// <summary>Makes a clock that follows.</summary>
    /// <param name="leader">Whom.</param>
    /// <param name="speed">The leader's speed.</param>
    /// <param name="nowMicros">The leader's time, which stands still until <see cref="IClockLeader.Sleep"/>.</param>
    internal BoardClock(IClockLeader leader, double speed, long nowMicros)
    {
        _leader = leader;
        _anchorMicros = nowMicros;
        _jumps = true;
        _holds = 1;
        Speed = speed;
        Traffic = new SocketTraffic(this);
        _thread = new Thread(Run) { IsBackground = true, Name = "board clock", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>The leader's time has come to this; what it brings happens before anything else that is due.</summary>
    internal void Follow(long nowMicros, Action happens)
    {
        lock (_lock)
        {
            _asleep = false;
            _anchorMicros = Math.Max(_anchorMicros, nowMicros);
            Hold(_followMark);
        }

        happens();
        SetIdle(_followMark);
        lock (_lock)
        {
            Monitor.Pulse(_lock);
        }
    }

    // Under the lock, and awake.
    private void Awake(Action act)
    {
        while (true)
        {
            lock (_lock)
            {
                if (!_asleep || _disposed)
                {
                    act();
                    return;
                }
            }

            lock (_waking)
            {
                if (Volatile.Read(ref _asleep))
                {
                    long nowMicros = _leader!.Wake();
                    lock (_lock)
                    {
                        _anchorMicros = Math.Max(_anchorMicros, nowMicros);
                        _asleep = false;
                        Monitor.Pulse(_lock);
                    }
                }
            }
        }
    }

    private void Sleep(long nextDueMicros)
    {
        if (_leader is not null && !_asleep)
        {
            _asleep = true;
            _leader.Sleep(nextDueMicros);
        }
    }
}
