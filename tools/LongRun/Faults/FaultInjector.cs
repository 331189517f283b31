using WhispurrNet.LongRun.Fleet;
using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Faults;

/// <summary>
/// Draws faults, one after the other and also several at once, and takes each back after its time. All from one seed;
/// called on the run's thread only.
/// </summary>
internal sealed class FaultInjector(FaultyFleet fleet, int seed, double loss)
{
    private static readonly FaultKind[] s_kinds = Enum.GetValues<FaultKind>();

    private readonly Random _random = new(seed);
    private readonly HashSet<(FaultKind, string)> _active = [];
    private readonly int[] _counts = new int[s_kinds.Length];

    /// <summary>How often each kind happened.</summary>
    public int CountOf(FaultKind kind) => _counts[(int)kind];

    /// <summary>Board time to the next fault: exponential.</summary>
    public TimeSpan Pause(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());

    /// <summary>Lets something go wrong.</summary>
    /// <param name="schedule">Takes what is to be done after a time, on the same thread.</param>
    public void Strike(Action<TimeSpan, Action> schedule)
    {
        FaultKind kind = s_kinds[_random.Next(s_kinds.Length)];
        VirtualBoard board = fleet.Boards[_random.Next(fleet.Boards.Count)];
        string place = kind is FaultKind.GatewayGone or FaultKind.Loss ? string.Empty
            : kind is FaultKind.RadioRefuses or FaultKind.RadioSilent or FaultKind.RadioHangs ? "radio " + board.Name
            : board.Name;
        if (!_active.Add((place.StartsWith("radio", StringComparison.Ordinal) ? FaultKind.RadioRefuses : kind, place)))
        {
            return;
        }

        _counts[(int)kind]++;
        fleet.Note(fleet.Clock.NowMs, place, $"fault {kind} begins");
        (TimeSpan last, Action end) = Begin(kind, board);
        schedule(last, () =>
        {
            _active.Remove((place.StartsWith("radio", StringComparison.Ordinal) ? FaultKind.RadioRefuses : kind, place));
            fleet.Note(fleet.Clock.NowMs, place, $"fault {kind} ends");
            end();
        });
    }

    private (TimeSpan Last, Action End) Begin(FaultKind kind, VirtualBoard board)
    {
        switch (kind)
        {
            case FaultKind.RadioRefuses:
                return Radio(board, RadioFault.RefusesToStart);
            case FaultKind.RadioSilent:
                return Radio(board, RadioFault.DoesNotAdvertise);
            case FaultKind.RadioHangs:
                return Radio(board, RadioFault.NeverReady);
            case FaultKind.GatewayGone:
                fleet.EndGateway((Vanishing)_random.Next(3));
                return (Minutes(1, 60), fleet.StartGateway);
            case FaultKind.HeapFull:
                return FillHeap(board);
            case FaultKind.DriveFull:
                int capacity = board.Files.Capacity;
                board.Files.Capacity = 0;
                return (Minutes(1, 120), () => board.Files.Capacity = capacity);
            case FaultKind.ClockJump:
                JumpClock(board);
                return (Minutes(1, 60), () => JumpClock(board));
            case FaultKind.PowerCut:
                board.PowerOff();
                return (TimeSpan.FromSeconds(_random.Next(1, 1200)), () => SwitchOn(board));
            case FaultKind.Away:
                return Away(board);
            default:
                fleet.Ether.Loss = 0.3 * _random.NextDouble();
                fleet.Ether.ContactLoss = 0.5 * _random.NextDouble();
                return (Minutes(5, 60), () => (fleet.Ether.Loss, fleet.Ether.ContactLoss) = (loss, loss));
        }
    }

    private (TimeSpan Last, Action End) Radio(VirtualBoard board, RadioFault fault)
    {
        board.RadioFault = fault;
        return (Minutes(1, 30), () => board.RadioFault = RadioFault.None);
    }

    // What is left is between nothing and a tenth of the whole.
    private (TimeSpan Last, Action End) FillHeap(VirtualBoard board)
    {
        BoardHeap heap = board.Heap!;
        long limit = heap.LimitBytes;
        heap.Collect();
        heap.LimitBytes = Math.Min(limit, heap.UsedBytes + (long)(_random.NextDouble() * limit / 10));
        fleet.Journal.AddShortage(fleet.Clock.NowMs, board.Name, begins: true);
        return (Minutes(1, 30), () =>
        {
            heap.LimitBytes = limit;
            fleet.Journal.AddShortage(fleet.Clock.NowMs, board.Name, begins: false);
        });
    }

    private (TimeSpan Last, Action End) Away(VirtualBoard board)
    {
        (string A, string B)[] links = [.. fleet.Ether.Links.Where(l => l.A == board.Name || l.B == board.Name)];
        foreach ((string a, string b) in links)
        {
            fleet.Ether.Unlink(a, b);
        }

        return (Minutes(5, 60), () =>
        {
            foreach ((string a, string b) in links)
            {
                fleet.Ether.Link(a, b);
            }
        });
    }

    private void JumpClock(VirtualBoard board)
    {
        if (!board.IsOn)
        {
            return;
        }

        // The first time is right: a board cannot tell a wrong one from that. Then right, off by up to a day, off by
        // years, or not set at all.
        var right = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(fleet.Clock.NowMs);
        bool isSet = board.UtcNow.Year >= 2024;
        board.SetUtcNow((isSet ? _random.Next(4) : 0) switch
        {
            0 => right,
            1 => right.AddHours((_random.NextDouble() * 48) - 24),
            2 => right.AddYears(_random.Next(-1, 10)),
            _ => DateTime.UnixEpoch,
        });
    }

    private static void SwitchOn(VirtualBoard board)
    {
        if (!board.IsOn)
        {
            board.Start();
        }
    }

    private TimeSpan Minutes(int min, int max) => TimeSpan.FromMinutes(min + (_random.NextDouble() * (max - min)));
}
