using System.Collections.Concurrent;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Mesh;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// A gateway and a line of virtual boards that run device binaries: each hears its neighbours only, the first one dials
/// the gateway. What the boards print goes onto the gateway's map.
/// </summary>
internal sealed class BoardLineup : IAsyncDisposable
{
    // Far below the time after which a board takes a silent connection for dead, in board time.
    private static readonly TimeSpan KeepAliveBoardTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAliveMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly BoardClock _clock;
    private readonly Ether _ether;
    private readonly List<VirtualBoard> _virtual = [];
    private readonly List<PtyBoard> _ports = [];
    private readonly ConcurrentDictionary<(string Board, string Payload), byte> _heard = new();
    private readonly ConcurrentDictionary<(string Board, string FrameId), string> _kinds = new();
    private readonly ConcurrentDictionary<string, byte> _booted = new();
    private EtherHost? _etherHost;

    private BoardLineup(LineOptions options, BoardClock clock, GatewayServer gateway)
    {
        Options = options;
        _clock = clock;
        Gateway = gateway;
        Boards = LineBoard.Create(options.Boards);
        _ether = new Ether(clock, options.Seed ?? Random.Shared.Next()) { Loss = options.Loss };
    }

    /// <summary>Where boards of other processes join the radio; null if they cannot.</summary>
    public string? EtherAddress => _etherHost?.Address;

    /// <summary>The serial ports of the boards, in their order; none if they have none.</summary>
    public IReadOnlyList<string> Ports => [.. _ports.Select(p => p.PortName)];

    /// <summary>What the line was made from.</summary>
    public LineOptions Options { get; }

    /// <summary>The gateway.</summary>
    public GatewayServer Gateway { get; }

    /// <summary>The boards, the one with the gateway first.</summary>
    public IReadOnlyList<LineBoard> Boards { get; }

    /// <summary>Whether every board has started its node.</summary>
    public bool AllBooted => _booted.Count == Boards.Count;

    /// <summary>Board time in milliseconds.</summary>
    public long NowMs => _clock.NowMs;

    /// <summary>Starts the gateway, then all boards at once. Boards boot while this returns.</summary>
    /// <exception cref="SettingException">The port is taken, or the boards' program is missing.</exception>
    public static async Task<BoardLineup> StartAsync(LineOptions options, CancellationToken cancellation)
    {
        if (!File.Exists(options.Program))
        {
            throw new SettingException($"There is no device program '{options.Program}'.");
        }

        var clock = new BoardClock(options.Speed);
        GatewayServer gateway;
        try
        {
            gateway = await GatewayServer.StartAsync(
                options.Gateway with
                {
                    Time = new BoardTimeProvider(clock),
                    Traffic = new BoardTraffic(clock),
                    Speed = options.Speed,
                    KeepAlive = KeepAliveFor(options.Speed),
                    Intents = [LineBoard.Intent],
                },
                cancellation).ConfigureAwait(false);
        }
        catch (SettingException)
        {
            clock.Dispose();
            throw;
        }

        var lineup = new BoardLineup(options, clock, gateway);
        try
        {
            lineup.Build();
            lineup.Listen();
            return lineup;
        }
        catch (SettingException)
        {
            await lineup.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (AggregateException e) when (e.InnerException is BadImageFormatException or FileNotFoundException)
        {
            // Every board has failed in the same way.
            await lineup.DisposeAsync().ConfigureAwait(false);
            throw new SettingException(e.InnerException is FileNotFoundException { FileName: { } missing }
                ? $"The device program '{options.Program}' needs '{missing}', which is missing."
                : $"'{options.Program}' is not a device program.");
        }
    }

    /// <summary>Whether a board's application was given this payload.</summary>
    public bool HasHeard(string board, string payload) => _heard.ContainsKey((board, payload));

    /// <summary>As what kind of whisper a board has read a frame, or null when it has not said so.</summary>
    public string? KindReadBy(string board, string frameId) => _kinds.GetValueOrDefault((board, frameId));

    /// <summary>Whether a board holds the contact card of an identity.</summary>
    /// <exception cref="CommandFailure">The board's program cannot be asked, or does not answer.</exception>
    public bool HasContact(string board, string identity) => ((string[])Ask(board, "Contacts")!).Contains(identity);

    /// <summary>Lets a board send a direct whisper, as its application would.</summary>
    /// <returns>Whether it was queued, or why not.</returns>
    /// <exception cref="CommandFailure">The board's program cannot be asked, or does not answer.</exception>
    public SendResult WhisperTo(string board, string identity, byte[] payload) =>
        (SendResult)Ask(board, "WhisperTo", identity, payload)!;

    /// <summary>Tries everything a board holds on a frame, in the board's own program.</summary>
    /// <returns>The number of keys that opened it.</returns>
    /// <exception cref="CommandFailure">The board's program cannot be asked, or does not answer.</exception>
    public int CountKeysThatOpen(string board, byte[] frame) => (int)Ask(board, "CountKeysThatOpen", frame)!;

    /// <summary>Switches every board off and ends the gateway.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_ports.Select(port => port.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_virtual.Select(board => Task.Run(board.Dispose))).ConfigureAwait(false);
        await Gateway.DisposeAsync().ConfigureAwait(false);
        _etherHost?.Dispose();
        _ether.Dispose();
        _clock.Dispose();
    }

    private static TimeSpan KeepAliveFor(double speed)
    {
        if (double.IsPositiveInfinity(speed))
        {
            // Real time says nothing about board time then; the boards' own pings keep the connections.
            return Timeout.InfiniteTimeSpan;
        }

        TimeSpan real = KeepAliveBoardTime / speed;
        return real < KeepAliveMin ? KeepAliveMin : real;
    }

    private object? Ask(string board, string question, params object[] details)
    {
        VirtualBoard target = _virtual.Single(b => b.Name == board);
        try
        {
            Task<object?> answer = Task.Run(
                () => target.InvokeStatic("WhispurrNet.Board.BoardInspector", question, details));
            return answer.WaitAsync(AnswerTimeout).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is TypeLoadException or MissingMethodException)
        {
            throw new CommandFailure("The boards' program has no BoardInspector of WhispurrNet.Board to ask.");
        }
        catch (TimeoutException)
        {
            throw new CommandFailure($"{board} does not answer.");
        }
    }

    private void Listen()
    {
        try
        {
            _etherHost = Options.EtherListen is { } address ? new EtherHost(_ether, address) : null;
        }
        catch (Exception e) when (e is ArgumentException or System.Net.Sockets.SocketException)
        {
            throw new SettingException($"--ether-listen: {e.Message}");
        }
    }

    private void Build()
    {
        string foreignCode = GatewayOptionSet.CreateJoinCode();
        for (int i = 0; i < Boards.Count; i++)
        {
            LineBoard board = Boards[i];
            Gateway.Map.AddNode(board.Name, board.IsForeign ? NodeKind.Foreign : NodeKind.Board, order: i);
            string joinCode = board.IsForeign ? foreignCode : Options.Gateway.JoinCode!;
            var virtualBoard = new VirtualBoard(new VirtualBoardOptions
            {
                Name = board.Name,
                BluetoothAddress = 0x2462_AB00_0001UL + (uint)i,
                EntryAssembly = Options.Program,
                Clock = _clock,
                Ether = _ether,
                Seed = Options.Seed is { } seed ? unchecked((seed * 31) + i) : null,
                Files = new Dictionary<string, byte[]>
                {
                    [@"I:\whispurr.cfg"] = board.Settings(joinCode, Gateway.MeshUrl, Options.Size, Options.AreBoardsQuiet),
                },
            });
            virtualBoard.SerialLine += OnSerialLine;
            virtualBoard.ThreadDied += OnThreadDied;
            _virtual.Add(virtualBoard);
        }

        _ether.LinkLine([.. Boards.Select(b => b.Name)]);
        for (int i = 1; i < Boards.Count; i++)
        {
            Gateway.Map.AddReach(Boards[i - 1].Name, Boards[i].Name, bluetooth: true);
        }

        Gateway.Map.AddReach(RelayNode.Name, Boards[0].Name, bluetooth: false);
        if (Options.Serial is { } folders)
        {
            _ports.AddRange(SerialBoards.Create(_virtual, folders));
            Parallel.ForEach(_ports, port => port.PowerOn());
        }
        else
        {
            Parallel.ForEach(_virtual, board => board.Start());
        }
    }

    private void OnSerialLine(VirtualBoard board, SerialLineReport line)
    {
        if (BoardLine.Parse(line.Text) is { } report)
        {
            if (report is BootReport)
            {
                _booted.TryAdd(board.Name, 0);
            }

            if (report is WhisperReadReport read)
            {
                _kinds.TryAdd((board.Name, read.FrameId), read.Kind);
            }

            Gateway.Map.Report(board.Name, report);
        }
        else if (line.Text.StartsWith("heard ", StringComparison.Ordinal))
        {
            // The sample prints what it was given: "heard INTENT from IDENTITY: PAYLOAD".
            int at = line.Text.IndexOf(": ", StringComparison.Ordinal);
            if (at > 0)
            {
                _heard.TryAdd((board.Name, line.Text[(at + 2)..]), 0);
            }
        }
    }

    private void OnThreadDied(VirtualBoard board, ThreadDiedReport report)
    {
        string first = report.Exception.Split('\n')[0].Trim();
        Gateway.Map.Report(board.Name, new ErrorReport($"thread {report.Thread} ended: {first}"));
    }
}
