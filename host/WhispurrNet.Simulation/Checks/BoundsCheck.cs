using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Checks;

/// <summary>Every bound holds at all times, and nothing outlives its life.</summary>
internal sealed class BoundsCheck
{
    private const int EveryMs = 60_000;

    /// <summary>A hop rounds the lifetime down, so nothing may be late; but expiry is looked at when something happens.</summary>
    private const int SlackMs = 8_000;

    private readonly Medium _medium;
    private readonly SimulationOptions _options;

    public BoundsCheck(Medium medium, SimulationOptions options)
    {
        _medium = medium;
        _options = options;
    }

    /// <summary>Looks once a minute until a time.</summary>
    public void Begin(long endMs)
    {
        if (_options.Checks)
        {
            _medium.Time.After(EveryMs, () =>
            {
                Check();
                if (_medium.NowMs + EveryMs < endMs)
                {
                    Begin(endMs);
                }
            });
        }
    }

    /// <summary>Looks at everybody now.</summary>
    public void Check()
    {
        if (!_options.Checks)
        {
            return;
        }

        ulong[] over = [.. Over()];
        foreach (Board board in _medium.Boards)
        {
            if (!board.IsPowered || board.Node is not IReportsDrops node)
            {
                continue;
            }

            CheckBound(board, "frames", node.Frames);
            CheckBound(board, "neighbours", node.Neighbours);
            foreach (ulong frame in over)
            {
                if (node.Holds(frame))
                {
                    _medium.Ledger.Violate($"node {board.Number} holds a frame whose lifetime is over");
                }
            }
        }
    }

    /// <summary>Frames whose time ended within the last minutes: what is older has been looked at.</summary>
    private IEnumerable<ulong> Over()
    {
        long slackMs = SlackMs + ((long)_options.LifetimeSeconds * _options.ClockError / 1000 * 2);
        foreach ((ulong frame, SimulatedWhisper whisper) in _medium.Ledger.Frames)
        {
            long sinceMs = _medium.NowMs - (whisper.SentMs + (_options.LifetimeSeconds * 1000L) + slackMs);
            if (sinceMs > 0 && sinceMs < 2 * EveryMs)
            {
                yield return frame;
            }
        }
    }

    private void CheckBound(Board board, string what, (int Held, int Most) bound)
    {
        if (bound.Held < 0 || bound.Held > bound.Most)
        {
            _medium.Ledger.Violate($"node {board.Number} has {bound.Held} {what}, of {bound.Most} at most");
        }
    }
}
