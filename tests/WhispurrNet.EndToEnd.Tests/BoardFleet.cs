using System.Text;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Virtual;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>
/// Virtual boards on one ether, all running the sample's binaries, and what they say on their serial ports.
/// </summary>
internal sealed class BoardFleet : IDisposable
{
    private const string Inspector = "WhispurrNet.Board.BoardInspector";
    private const ulong FirstAddress = 0xA0_00_00_00_00_01;

    private readonly object _lock = new();
    private readonly Dictionary<string, VirtualBoard> _boards = [];
    private readonly List<string> _nodes = [];
    private readonly List<(string Board, string Line)> _lines = [];
    private readonly List<string> _deaths = [];
    private readonly SemaphoreSlim _changed = new(0);

    /// <param name="speed">Board time to real time.</param>
    /// <param name="seed">Of the ether's latencies.</param>
    public BoardFleet(double speed, int seed = 1)
    {
        Clock = new BoardClock(speed);
        Ether = new Ether(Clock, seed);
    }

    public BoardClock Clock { get; }

    public Ether Ether { get; }

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

    public VirtualBoard this[string name] => _boards[name];

    /// <summary>The join code of a new network.</summary>
    public static string NewJoinCode()
    {
        var secret = new byte[16];
        Random.Shared.NextBytes(secret);
        return NetworkKey.CreateJoinCode(secret);
    }

    /// <summary>Adds a board, switched off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Further lines of its settings file.</param>
    public void Add(string name, params string[] settings) =>
        AddFirmware(name, "EmotionSample.exe", ["every=0", .. settings]);

    /// <summary>Adds a board with other firmware than most, switched off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="program">The device executable.</param>
    /// <param name="settings">Further lines of its settings file.</param>
    public void AddFirmware(string name, string program, params string[] settings)
    {
        string text = string.Join('\n', [$"name={name}", "trace=on", .. settings]);
        Make(name, program, null, new() { [@"I:\whispurr.cfg"] = Encoding.UTF8.GetBytes(text) });
        _nodes.Add(name);
    }

    /// <summary>Adds a board that is no node of the mesh, switched off.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="program">A method of the test programs, as <c>Namespace.Type.Method</c>.</param>
    public void AddProgram(string name, string program) => Make(name, "WhispurrNet.BoardPrograms.exe", program, []);

    /// <summary>Switches all boards on and waits until each node has said that it runs.</summary>
    public async Task StartAsync()
    {
        foreach (VirtualBoard board in _boards.Values)
        {
            board.Start();
        }

        foreach (string name in _nodes)
        {
            await LineAsync(name, "wn boot ", seconds: 60);
        }
    }

    /// <summary>Waits for a line.</summary>
    /// <param name="board">Whose.</param>
    /// <param name="start">How it begins.</param>
    /// <param name="seconds">For how long at most, in board time.</param>
    public Task LineAsync(string board, string start, int seconds) =>
        LineAsync(board, line => line.StartsWith(start, StringComparison.Ordinal), $"a line '{start}'", seconds);

    /// <summary>Waits until the application of a board got a whisper.</summary>
    /// <param name="board">Whose.</param>
    /// <param name="what">The intent, <c>broadcast</c>, <c>direct</c> or <c>emergency</c>.</param>
    /// <param name="text">The payload.</param>
    /// <param name="seconds">For how long at most, in board time.</param>
    public Task HeardAsync(string board, string what, string text, int seconds) => LineAsync(
        board,
        line => line.StartsWith($"heard {what} from ", StringComparison.Ordinal)
            && line.EndsWith(": " + text, StringComparison.Ordinal),
        $"{what} '{text}'",
        seconds);

    /// <summary>What a board has said so far.</summary>
    public IReadOnlyList<string> Lines(string board)
    {
        lock (_lock)
        {
            return [.. _lines.Where(line => line.Board == board).Select(line => line.Line)];
        }
    }

    /// <summary>Everything said so far.</summary>
    public string Transcript()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines.Select(line => $"{line.Board} {line.Line}").Concat(_deaths));
        }
    }

    /// <summary>Sends a whisper from a board and gives its frame, as the board holds it.</summary>
    public byte[] Whisper(string board, string intent, string text)
    {
        Assert.Equal(0, _boards[board].InvokeStatic(Inspector, "Whisper", intent, Encoding.UTF8.GetBytes(text)));
        return LastSent(board);
    }

    /// <summary>Sends a broadcast from a board and gives its frame, as the board holds it.</summary>
    public byte[] Broadcast(string board, string text)
    {
        Assert.Equal(0, _boards[board].InvokeStatic(Inspector, "Broadcast", Encoding.UTF8.GetBytes(text)));
        return LastSent(board);
    }

    /// <summary>Sends a direct whisper from a board and gives its frame, as the board holds it.</summary>
    public byte[] WhisperTo(string board, string identity, string text)
    {
        Assert.Equal(0, TryWhisperTo(board, identity, text));
        return LastSent(board);
    }

    /// <summary>Sends a direct whisper from a board, if it can.</summary>
    /// <returns>The number of the result; 0 is queued.</returns>
    public int TryWhisperTo(string board, string identity, string text = "hello") =>
        (int)_boards[board].InvokeStatic(Inspector, "WhisperTo", identity, Encoding.UTF8.GetBytes(text))!;

    /// <summary>The identity of a board at this moment.</summary>
    public string Identity(string board) => (string)_boards[board].InvokeStatic(Inspector, "Identity")!;

    /// <summary>The identities that a board can write to.</summary>
    public string[] Contacts(string board) => (string[])_boards[board].InvokeStatic(Inspector, "Contacts")!;

    /// <summary>Waits until a board holds the contact card of an identity.</summary>
    /// <param name="board">Whose.</param>
    /// <param name="identity">Of whom.</param>
    /// <param name="seconds">For how long at most, in board time.</param>
    public Task ContactAsync(string board, string identity, int seconds) =>
        LineAsync(board, line => line == $"wn contact {identity}", $"contact card of {identity}", seconds);

    /// <summary>How many keys of a board open a frame.</summary>
    public int KeysThatOpen(string board, byte[] frame) =>
        (int)_boards[board].InvokeStatic(Inspector, "CountKeysThatOpen", frame)!;

    /// <summary>A counter of two boards.</summary>
    public int[] Statistics(string first, string second, string counter) =>
        [Counter(first, counter), Counter(second, counter)];

    /// <summary>Bytes of a frame on these boards.</summary>
    public int FrameSize { get; init; } = 256;

    /// <summary>No thread has died, no board has complained, and the host understands every line.</summary>
    public void AssertHealthy(params string[] boards)
    {
        Assert.Empty(Deaths);
        foreach (string board in boards)
        {
            string[] reports = [.. Lines(board).Where(line => line.StartsWith("wn ", StringComparison.Ordinal))];
            Assert.DoesNotContain(reports, line => line.StartsWith("wn error", StringComparison.Ordinal));
            Assert.All(reports, line => Assert.NotNull(BoardLine.Parse(line)));
        }
    }

    public void Dispose()
    {
        foreach (VirtualBoard board in _boards.Values)
        {
            board.Dispose();
        }

        Ether.Dispose();
        Clock.Dispose();
    }

    private async Task LineAsync(string board, Func<string, bool> matches, string what, int seconds)
    {
        long endMs = Clock.NowMs + (seconds * 1000L);
        while (!Lines(board).Any(matches))
        {
            Assert.True(Clock.NowMs < endMs, $"{board}: no {what} in {seconds} s:\n{Transcript()}");
            await _changed.WaitAsync(50, TestContext.Current.CancellationToken);
        }
    }

    private int Counter(string board, string counter)
    {
        var line = (string)_boards[board].InvokeStatic(Inspector, "Statistics")!;
        string pair = line.Split(' ').Single(pair => pair.StartsWith(counter + "=", StringComparison.Ordinal));
        return int.Parse(pair.Split('=')[1]);
    }

    private void Make(string name, string program, string? entry, Dictionary<string, byte[]> files)
    {
        var board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = FirstAddress + (ulong)_boards.Count,
            EntryAssembly = Path.Combine(AppContext.BaseDirectory, "firmware", program),
            EntryMethod = entry,
            Clock = Clock,
            Ether = Ether,
            Files = files,
        });
        board.SerialLine += (_, report) => Note(_lines, (name, report.Text));
        board.ThreadDied += (_, report) => Note(_deaths, $"{name}: {report.Thread}: {report.Exception}");
        _boards.Add(name, board);
    }

    private byte[] LastSent(string board)
    {
        var frame = new byte[FrameSize];
        object id = _boards[board].InvokeStatic(Inspector, "LastSentId")!;
        Assert.True((bool)_boards[board].InvokeStatic(Inspector, "CopyFrame", id, frame)!);
        return frame;
    }

    private void Note<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }

        _changed.Release();
    }
}
