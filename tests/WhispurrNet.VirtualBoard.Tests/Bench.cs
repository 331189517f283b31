using System.Collections.Concurrent;

namespace WhispurrNet.Virtual.Tests;

/// <summary>An ether with boards that run programs of WhispurrNet.BoardPrograms, and what they said.</summary>
internal sealed class Bench : IDisposable
{
    public const string Namespace = "WhispurrNet.BoardPrograms";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly List<VirtualBoard> _boards = [];
    private readonly ConcurrentQueue<(string Board, string Text)> _lines = new();
    private readonly ConcurrentQueue<(string Board, ThreadDiedReport Report)> _deaths = new();
    private readonly ConcurrentQueue<EtherEvent> _air = new();
    private readonly object _changed = new();

    public Bench(double speed = 20, Timings? timings = null)
    {
        Clock = new BoardClock(speed);
        Ether = new Ether(Clock, seed: 1, timings);
        Ether.Happened += happened =>
        {
            _air.Enqueue(happened);
            Changed();
        };
    }

    public BoardClock Clock { get; }

    public Ether Ether { get; }

    public static string ProgramPath => Path.Combine(AppContext.BaseDirectory, "programs", Namespace + ".exe");

    public IEnumerable<string> Lines(VirtualBoard board) =>
        _lines.Where(line => line.Board == board.Name).Select(line => line.Text);

    public IEnumerable<ThreadDiedReport> Deaths(VirtualBoard board) =>
        _deaths.Where(death => death.Board == board.Name).Select(death => death.Report);

    public IEnumerable<EtherEvent> Air => _air;

    /// <summary>
    /// Makes a board; <paramref name="entry"/> is <c>Type.Method</c> of the programs, or null for Main.
    /// </summary>
    public VirtualBoard Make(
        string name,
        string? entry,
        int? seed = null,
        IReadOnlyDictionary<string, byte[]>? files = null,
        BoardProfile? profile = null,
        BoardFileSystem? drive = null) =>
        Watch(new VirtualBoard(new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = NextAddress(),
            EntryAssembly = ProgramPath,
            EntryMethod = entry is null ? null : $"{Namespace}.{entry}",
            Clock = Clock,
            Ether = Ether,
            Seed = seed,
            Drive = drive,
            Files = files ?? new Dictionary<string, byte[]>(),
            Profile = profile,
        }));

    /// <summary>Makes a board that runs the sample firmware, or a changed copy, with a settings file.</summary>
    public VirtualBoard MakeFirmware(
        string name,
        byte[] settings,
        BoardProfile? profile = null,
        string? program = null,
        BoardFileSystem? drive = null,
        int freeHeapBytes = 54_472) => Watch(new VirtualBoard(new VirtualBoardOptions
    {
        Profile = profile,
        Name = name,
        BluetoothAddress = NextAddress(),
        EntryAssembly = program ?? Path.Combine(AppContext.BaseDirectory, "firmware", "EmotionSample.exe"),
        Clock = Clock,
        Ether = Ether,
        Drive = drive,
        FreeHeapBytes = freeHeapBytes,
        Files = drive is null
            ? new Dictionary<string, byte[]> { [@"I:\whispurr.cfg"] = settings }
            : [],
    }));

    /// <summary>Switches a board on.</summary>
    public VirtualBoard Start(VirtualBoard board)
    {
        board.Start();
        return board;
    }

    private ulong NextAddress() => 0xA0_00_00_00_00_00UL + (ulong)(_boards.Count + 1);

    private VirtualBoard Watch(VirtualBoard board)
    {
        board.SerialLine += (sender, line) =>
        {
            _lines.Enqueue((sender.Name, line.Text));
            Changed();
        };
        board.ThreadDied += (sender, death) =>
        {
            _deaths.Enqueue((sender.Name, death));
            Changed();
        };
        _boards.Add(board);
        return board;
    }

    /// <summary>Makes and starts a board.</summary>
    public VirtualBoard Run(
        string name, string? entry, int? seed = null, IReadOnlyDictionary<string, byte[]>? files = null)
    {
        VirtualBoard board = Make(name, entry, seed, files);
        board.Start();
        return board;
    }

    /// <summary>Makes and starts a board that is on the network as soon as it is on.</summary>
    public VirtualBoard RunOnline(string name, string? entry)
    {
        VirtualBoard board = Make(name, entry);
        board.Wifi.JoinMs = 0;
        return Start(board);
    }

    /// <summary>Waits until a line of the board begins with a text; returns what follows it.</summary>
    public string Expect(VirtualBoard board, string prefix)
    {
        bool Begins(string line) => line.StartsWith(prefix, StringComparison.Ordinal);
        Until(() => Lines(board).Any(Begins), $"a line '{prefix}'", board);
        return Lines(board).First(Begins)[prefix.Length..].Trim();
    }

    /// <summary>Waits for a condition; fails with all that was said.</summary>
    public void Until(Func<bool> condition, string what, VirtualBoard? board = null)
    {
        DateTime deadline = DateTime.UtcNow + s_patience;
        lock (_changed)
        {
            while (!condition())
            {
                TimeSpan left = deadline - DateTime.UtcNow;
                if (left <= TimeSpan.Zero)
                {
                    Assert.Fail($"No {what} from {board?.Name ?? "the boards"}.\n{Transcript()}");
                }

                Monitor.Wait(_changed, left < TimeSpan.FromMilliseconds(50) ? left : TimeSpan.FromMilliseconds(50));
            }
        }
    }

    /// <summary>Waits for an event of the ether.</summary>
    public EtherEvent ExpectAir(Func<EtherEvent, bool> condition, string what)
    {
        Until(() => _air.Any(condition), what);
        return _air.First(condition);
    }

    /// <summary>Waits until there were so many events of a kind.</summary>
    public void ExpectAir(Func<EtherEvent, bool> condition, int count, string what) =>
        Until(() => _air.Count(condition) == count, what);

    /// <summary>Lets board time pass.</summary>
    public Task Pass(int boardMs) =>
        Clock.Delay(TimeSpan.FromMilliseconds(boardMs), TestContext.Current.CancellationToken);

    public string Transcript() => string.Join('\n',
        [.. _lines.Select(line => $"{line.Board}: {line.Text}"),
        .. _deaths.Select(death => $"{death.Board} lost {death.Report.Thread}: {death.Report.Exception}"),
        .. _air.Select(Describe)]);

    private static string Describe(EtherEvent air) =>
        $"{air.BoardMs} {air.Kind} {air.From} -> {air.To} {air.Detail} {Convert.ToHexString(air.Data.Span)}";

    public void Dispose()
    {
        foreach (VirtualBoard board in _boards)
        {
            board.Dispose();
        }

        Ether.Dispose();
        Clock.Dispose();
    }

    private void Changed()
    {
        lock (_changed)
        {
            Monitor.PulseAll(_changed);
        }
    }
}
