using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Checks;

namespace WhispurrNet.Simulation.World;

/// <summary>
/// Everything that goes wrong in a world, and when: coming and going, a split, one-way links, walking. It also writes down
/// who was in range of whom when, which the checkers read.
/// </summary>
internal sealed class FaultPlan
{
    /// <summary>Whispers of flooders have numbers from here on: nobody waits for them.</summary>
    public const int FirstFlood = 1 << 30;

    private const int UpMinMs = 240_000;
    private const int UpMaxMs = 720_000;
    private const int DownMinMs = 60_000;
    private const int DownMaxMs = 240_000;

    private const int StepMs = 5_000;

    private readonly Medium _medium;
    private readonly SimRandom _random;
    private readonly SimulationOptions _options;
    private readonly Places _places;
    private readonly Action<Board> _powerOn;
    private readonly (int X, int Y)[] _goals;
    private HashSet<long> _inRange = [];
    private bool _isOver;

    public FaultPlan(Medium medium, SimulationOptions options, Places places, Action<Board> powerOn)
    {
        _medium = medium;
        _options = options;
        _places = places;
        _powerOn = powerOn;
        _random = SimRandom.For(options.Seed, 2);
        _goals = new (int, int)[options.Nodes];
    }

    /// <summary>Who was in range when.</summary>
    public RangeLog Log { get; } = new();

    /// <summary>Puts everybody in range who is, and lets things go wrong until a time.</summary>
    public void Begin(List<(int A, int B)> pairs, long untilMs)
    {
        foreach ((int a, int b) in pairs)
        {
            Join(a, b);
        }

        uint oneWay = Share(_options.OneWay);
        foreach ((int a, int b) in pairs)
        {
            if (_random.Chance(oneWay))
            {
                _medium.Air.Deafen(a, b);
                Log.Part(0, a, b);
            }
        }

        _medium.Air.Loss = Share(_options.Loss);
        _medium.Air.ContactLoss = Share(_options.Loss);
        _medium.Air.Corruption = Share(_options.Corruption);
        for (int i = 0; i < _options.Nodes; i++)
        {
            _medium.Boards[i].IsLeft = _places.X(i) < _places.Side / 2;
        }

        BeginChurn(untilMs);
        BeginSplit(untilMs);
        if (_options.Topology == TopologyKind.Mobile)
        {
            for (int i = 0; i < _options.Nodes; i++)
            {
                _goals[i] = NewGoal();
            }

            _medium.Time.After(StepMs, Walk);
        }
    }

    /// <summary>All faults end: what is left must arrive.</summary>
    public void Heal()
    {
        _isOver = true;
        _medium.Air.Loss = 0;
        _medium.Air.ContactLoss = 0;
        _medium.Air.Corruption = 0;
        _medium.Air.UndeafenAll();
        Log.JoinAll(_medium.NowMs);
        if (_medium.Air.IsSplit)
        {
            Split(false);
        }

        for (int i = 0; i < _options.Nodes; i++)
        {
            Return(_medium.Boards[i]);
        }
    }

    /// <summary>A share of one, in a million.</summary>
    public static uint Share(double share) => (uint)Math.Round(share * SimRandom.Million);

    private void Join(int a, int b)
    {
        _inRange.Add(Key(a, b));
        _medium.Air.Join(a, b);
        Log.Join(_medium.NowMs, a, b);
    }

    private void BeginChurn(long untilMs)
    {
        uint share = Share(_options.Churn);
        for (int i = 0; i < _options.Nodes && share > 0; i++)
        {
            if (_random.Chance(share))
            {
                ComeAndGo(_medium.Boards[i], _random.Chance(SimRandom.Million / 2), untilMs);
            }
        }
    }

    /// <summary>Away and without power in turn, until the faults are over.</summary>
    private void ComeAndGo(Board board, bool power, long untilMs)
    {
        _medium.Time.After(_random.Between(UpMinMs, UpMaxMs), () =>
        {
            if (_isOver || _medium.NowMs >= untilMs)
            {
                return;
            }

            Leave(board, power);
            _medium.Time.After(_random.Between(DownMinMs, DownMaxMs), () =>
            {
                Return(board);
                ComeAndGo(board, !power, untilMs);
            });
        });
    }

    /// <summary>A board goes: out of range, or out of power.</summary>
    public void Leave(Board board, bool power)
    {
        _medium.Note(TraceEvent.Down, board.Number, power ? 1u : 0u);
        Log.Leave(_medium.NowMs, board.Number, power);
        if (power)
        {
            board.PowerOff();
        }
        else
        {
            board.IsAway = true;
            board.Radio.Contact?.Break();
        }
    }

    /// <summary>A board comes back, if it was gone.</summary>
    public void Return(Board board)
    {
        if (board.IsThere)
        {
            return;
        }

        _medium.Note(TraceEvent.Up, board.Number, 0);
        Log.Return(_medium.NowMs, board.Number);
        board.IsAway = false;
        if (!board.IsPowered)
        {
            _powerOn(board);
        }
    }

    private void BeginSplit(long untilMs)
    {
        if (_options.PartitionSeconds > 0)
        {
            long atMs = Math.Max(0, (untilMs - (_options.PartitionSeconds * 1000L)) / 2);
            _medium.Time.At(atMs, () => Split(true));
            _medium.Time.At(atMs + (_options.PartitionSeconds * 1000L), () => Split(false));
        }
    }

    private void Split(bool isSplit)
    {
        if (_medium.Air.IsSplit != isSplit)
        {
            _medium.Air.IsSplit = isSplit;
            _medium.Note(TraceEvent.Range, -1, isSplit ? 1u : 0u);
            Log.Split(_medium.NowMs, isSplit);
        }
    }

    /// <summary>Everybody walks to a goal of his own, 1.5 m a second if the range is 30 m, and then to the next.</summary>
    private void Walk()
    {
        long range = (long)Math.Sqrt(_places.RangeSquare);
        long step = range * StepMs / 20_000;
        for (int i = 0; i < _options.Nodes; i++)
        {
            long x = _goals[i].X - _places.X(i);
            long y = _goals[i].Y - _places.Y(i);
            long distance = (long)Math.Sqrt((x * x) + (y * y));
            if (distance <= step)
            {
                _places.Put(i, _goals[i].X, _goals[i].Y);
                _goals[i] = NewGoal();
            }
            else
            {
                _places.Put(i, (int)(_places.X(i) + (x * step / distance)), (int)(_places.Y(i) + (y * step / distance)));
            }
        }

        HashSet<long> inRange = [];
        foreach ((long square, int a, int b) in _places.Near((int)range + 1))
        {
            if (square <= _places.RangeSquare)
            {
                inRange.Add(Key(a, b));
                if (!_inRange.Contains(Key(a, b)))
                {
                    _medium.Air.Join(a, b);
                    Log.Join(_medium.NowMs, a, b);
                }
            }
        }

        foreach (long pair in _inRange.Where(p => !inRange.Contains(p)).Order())
        {
            _medium.Air.Part((int)(pair >> 32), (int)(pair & 0xFFFFFFFF));
            Log.Part(_medium.NowMs, (int)(pair >> 32), (int)(pair & 0xFFFFFFFF));
        }

        _inRange = inRange;
        _medium.Time.After(StepMs, Walk);
    }

    private (int X, int Y) NewGoal()
    {
        return ((int)_random.NextBelow((uint)_places.Side), (int)_random.NextBelow((uint)_places.Side));
    }

    private static long Key(int a, int b) => ((long)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);
}
