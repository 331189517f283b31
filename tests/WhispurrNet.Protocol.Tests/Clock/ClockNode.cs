using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Clock;

/// <summary>A node of the clock simulation: its clock, its oscillator, whom it can meet, and whether it lies.</summary>
internal sealed class ClockNode
{
    private readonly PeerClock _clock;
    private readonly Dictionary<ClockNode, int> _peers = [];
    private readonly long _startMs;
    private readonly double _rate;

    /// <param name="peers">Places for peers.</param>
    /// <param name="startMs">When it is switched on, true milliseconds.</param>
    /// <param name="ppm">How much its oscillator is too fast.</param>
    public ClockNode(int peers, long startMs, double ppm)
    {
        _startMs = startMs;
        _rate = 1 + (ppm / 1e6);
        _clock = new PeerClock(peers, Statistics, 0);
    }

    public NodeStatistics Statistics { get; } = new();

    public ClockSource Source => _clock.Source;

    public List<ClockNode> Neighbours { get; } = [];

    /// <summary>What it says of the time, from the true time in seconds; null: what its clock says.</summary>
    public Func<double, uint>? Lie { get; init; }

    public bool IsHonest => Lie == null;

    /// <summary>Times that its clock was set or given up.</summary>
    public int Steps { get; private set; }

    public bool IsOn(long trueMs)
    {
        return trueMs >= _startMs;
    }

    /// <summary>Sets the clock as an application does that knows.</summary>
    public void Set(long trueMs)
    {
        _clock.Set((uint)((ClockSimulation.Epoch + trueMs) / 1000), LocalMs(trueMs));
    }

    /// <summary>Seconds that its clock is off; null without one.</summary>
    public double? ErrorSeconds(long trueMs)
    {
        uint seconds = _clock.UnixSeconds(LocalMs(trueMs));
        return seconds == 0 ? null : seconds + 0.5 - ((ClockSimulation.Epoch + trueMs) / 1000.0);
    }

    /// <summary>Hears another; a link that was never resumed proves nothing.</summary>
    public void Hear(ClockNode other, long saidMs, long heardMs)
    {
        bool proven = !_peers.TryAdd(other, _peers.Count);
        if (_clock.Heard(_peers[other], proven, other.Say(saidMs), LocalMs(heardMs)))
        {
            Steps++;
        }
    }

    private uint Say(long trueMs)
    {
        return Lie?.Invoke((ClockSimulation.Epoch + trueMs) / 1000.0) ?? _clock.UnixSecondsToTell(LocalMs(trueMs));
    }

    private long LocalMs(long trueMs)
    {
        return (long)((trueMs - _startMs) * _rate);
    }
}
