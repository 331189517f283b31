using System.Text;
using WhispurrNet.Gateway.Live;
using WhispurrNet.LongRun.Faults;
using WhispurrNet.LongRun.Ledger;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>
/// A line of virtual boards that run the sample's binaries, with a gateway at either end, on a clock that runs as fast
/// as it can, and everything that goes wrong with them.
/// </summary>
internal sealed class FaultyFleet : IDisposable
{
    /// <summary>What every board listens to, and what the sample sends.</summary>
    public const string Intent = "emotion_data";

    /// <summary>
    /// Boards of the small size: an ESP32-C3 with the heap that the sample takes with a gateway and all its lines on,
    /// since it does not fit into what that chip has (firmware/MEMORY.md).
    /// </summary>
    public static readonly BoardProfile SmallProfile = BoardProfile.C3 with { HeapBytes = 80 * 1024 };

    private const string Relay = "relay";
    private const string Desk = "desk";
    private const string Settings = @"I:\whispurr.cfg";
    private const ulong FirstAddress = 0xA0_00_00_00_00_01;

    private readonly RunOptions _options;
    private readonly List<VirtualBoard> _boards = [];
    private readonly MeshJournal _journal;
    private readonly Lock _lock = new();
    private readonly List<string> _deaths = [];
    private readonly List<string> _libraryDeaths = [];
    private readonly Dictionary<string, int> _errors = [];
    private readonly TextWriter? _log;
    private int _reboots;

    /// <summary>Builds everything, switched off.</summary>
    public FaultyFleet(RunOptions options)
    {
        _options = options;
        _log = options.Log is null ? null : TextWriter.Synchronized(new StreamWriter(options.Log));
        Clock = new BoardClock(double.PositiveInfinity);
        Ether = new Ether(Clock, options.Seed) { Loss = options.Loss, ContactLoss = options.Loss };
        byte[] secret = new byte[16];
        new Random(options.Seed).NextBytes(secret);
        string joinCode = NetworkKey.CreateJoinCode(secret);
        Gateway = new MemoryGateway(Clock, joinCode, Intent);
        string[] names = [.. Enumerable.Range(1, options.Boards).Select(i => $"b{i}")];
        _journal = new MeshJournal(Ledger, names, Relay, Desk);
        Gateway.Heard += id => _journal.AddDeskHeard(Clock.NowMs, id);
        for (int i = 0; i < names.Length; i++)
        {
            Add(names[i], i, joinCode);
        }

        Ether.LinkLine(names);
    }

    public BoardClock Clock { get; }

    public Ether Ether { get; }

    public MemoryGateway Gateway { get; }

    public WhisperLedger Ledger { get; } = new();

    public MeshJournal Journal => _journal;

    public IReadOnlyList<VirtualBoard> Boards => _boards;

    /// <summary>The most that any board of the small size ever had in use, bytes.</summary>
    public long HeapPeakBytes => _boards.Where((_, index) => IsSmall(index)).Max(board => board.Heap!.PeakBytes);

    /// <summary>Times a board rebooted itself.</summary>
    public int Reboots => Volatile.Read(ref _reboots);

    /// <summary>Threads that an exception ended.</summary>
    public IReadOnlyList<string> Deaths
    {
        get
        {
            lock (_lock)
            {
                return [.. _deaths];
            }
        }
    }

    /// <summary>
    /// Threads of libraries that ended for want of memory: the call of a handler takes heap too, and if there is none the
    /// exception is the library's.
    /// </summary>
    public int LibraryDeaths
    {
        get
        {
            lock (_lock)
            {
                return _libraryDeaths.Count;
            }
        }
    }

    /// <summary>Every sentence that boards complained with, and how often.</summary>
    public IReadOnlyDictionary<string, int> Errors
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, int>(_errors);
            }
        }
    }

    /// <summary>Switches everything on.</summary>
    public void Start()
    {
        StartGateway();
        foreach (VirtualBoard board in _boards)
        {
            board.Start();
        }
    }

    /// <summary>Starts the gateway.</summary>
    public void StartGateway()
    {
        Gateway.Start();
        _journal.AddPower(Clock.NowMs, Relay, on: true);
    }

    /// <summary>Ends the gateway.</summary>
    public void EndGateway(Vanishing how)
    {
        Gateway.Vanish(how);
        _journal.AddPower(Clock.NowMs, Relay, on: false);
    }

    /// <summary>Whispers from the desk, if there is one.</summary>
    public void WhisperFromDesk(string text)
    {
        if (Gateway.Whisper(text) is { } id)
        {
            _journal.AddDeskSent(Clock.NowMs, id);
        }
    }

    public void Dispose()
    {
        Parallel.ForEach(_boards, board => board.Dispose());
        Gateway.Dispose();
        Ether.Dispose();
        Clock.Dispose();
        _log?.Dispose();
    }

    private void Add(string name, int index, string joinCode)
    {
        bool atTheEnd = index == 0 || index == _options.Boards - 1;
        string text = string.Join('\n', [
            $"name={name}",
            "trace=on",
            $"every={_options.EverySeconds}",
            $"join={joinCode}",
            $"intents={Intent}",
            IsSmall(index) ? "size=small" : "size=full",
            .. atTheEnd ? [$"gateway={MemoryGateway.Url}"] : Array.Empty<string>(),
        ]);
        var board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = FirstAddress + (ulong)index,
            EntryAssembly = _options.Program,
            Clock = Clock,
            Ether = Ether,
            Network = Gateway,
            Profile = IsSmall(index) ? SmallProfile : BoardProfile.S3Octal,
            Seed = unchecked((_options.Seed * 31) + index),
            Files = new Dictionary<string, byte[]> { [Settings] = Encoding.UTF8.GetBytes(text) },
        });
        board.SerialLine += OnLine;
        board.ThreadDied += OnThreadDied;
        board.PowerChanged += OnPower;
        _boards.Add(board);
    }

    /// <summary>Writes a line into the log, if there is one.</summary>
    public void Note(long ms, string who, string what) =>
        _log?.WriteLine($"{TimeSpan.FromMilliseconds(ms)} {who} {what}");

    private static bool IsSmall(int index) => index % 2 == 0;

    private void OnLine(VirtualBoard board, SerialLineReport line)
    {
        Note(line.BoardMs, board.Name, line.Text);
        if (BoardLine.Parse(line.Text) is not { } report)
        {
            return;
        }

        if (report is ErrorReport error)
        {
            lock (_lock)
            {
                _errors[error.Message] = _errors.GetValueOrDefault(error.Message) + 1;
            }
        }
        else if (report is not StatisticsReport)
        {
            _journal.Add(line.BoardMs, board.Name, report);
        }
    }

    private void OnThreadDied(VirtualBoard board, ThreadDiedReport report)
    {
        lock (_lock)
        {
            bool isLibrarys = report.Thread is "events" or "watcher" or "timers" or "websocket receiver" or "websocket sender"
                && report.Exception.StartsWith("System.OutOfMemoryException", StringComparison.Ordinal);
            (isLibrarys ? _libraryDeaths : _deaths)
                .Add($"{board.Name} at {report.BoardMs} ms: {report.Thread}: {report.Exception}");
        }
    }

    private void OnPower(VirtualBoard board, PowerReport report)
    {
        Note(report.BoardMs, board.Name, report.Reason);
        _journal.AddPower(report.BoardMs, board.Name, report.IsOn);
        if (report is { IsOn: true, Reason: "rebooted" })
        {
            Interlocked.Increment(ref _reboots);
        }
    }
}
