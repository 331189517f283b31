using System.Text;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>Stealth mode of the device binaries: a virtual board that dials a server on this machine.</summary>
internal sealed class BoardStealth : IStealthMesh
{
    private const string Inspector = "WhispurrNet.Board.BoardInspector";
    private const string Name = "stealth";
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(3);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenWhispers = TimeSpan.FromMinutes(1);

    private readonly BoardClock _clock = new(double.PositiveInfinity);
    private readonly ClockHold _hold;
    private readonly Ether _ether;
    private readonly StealthPeer _peer;
    private readonly WatchedGateway _gateway;
    private readonly VirtualBoard _board;

    /// <summary>Switches the board on and waits until it has dialled. One thread uses and disposes of it.</summary>
    /// <param name="program">The device executable.</param>
    /// <exception cref="CommandFailure">It does not dial.</exception>
    public BoardStealth(string program)
    {
        _hold = _clock.Hold();
        _ether = new Ether(_clock, Random.Shared.Next());
        string join = GatewayOptionSet.CreateJoinCode();
        _peer = new StealthPeer(join, () => _clock.NowMs);
        _gateway = new WatchedGateway(_peer);
        string settings = $"name={Name}\njoin={join}\nintents={SelfTestRun.OtherIntent}\nstealth=on\nevery=0\n"
            + $"gateway={_gateway.Url}\n";
        _board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = Name,
            BluetoothAddress = 0x2462_AB00_0009,
            EntryAssembly = program,
            Clock = _clock,
            Ether = _ether,
            Files = new Dictionary<string, byte[]> { [@"I:\whispurr.cfg"] = Encoding.UTF8.GetBytes(settings) },
        });
        _board.Start();
        if (!_hold.WaitUntil(() => _peer.Lengths.Count > 0, s_patience, s_step))
        {
            Dispose();
            throw new CommandFailure("A virtual board in stealth mode does not dial its gateway.");
        }
    }

    public IReadOnlyList<int> MessageLengths => _peer.Lengths;

    public string? UpgradeRequest => _gateway.Request;

    public SentWhisper Whisper(string text)
    {
        object? result = Ask("Whisper", SelfTestRun.Intent, Encoding.UTF8.GetBytes(text));
        var id = (ulong)Ask("LastSentId")!;
        var frame = new byte[FrameLayout.StealthFrameSize];
        return result is 0 && (bool)Ask("CopyFrame", id, frame)!
            ? new SentWhisper(id, frame)
            : throw new CommandFailure($"The board did not take it: result {result}.");
    }

    public bool IsHeard(string text) => _hold.WaitUntil(() => _peer.HasHeard(text), s_patience, s_step);

    public IReadOnlyList<long> MeasureDelaysMs(int count)
    {
        var delays = new List<long>();
        for (int i = 0; i < count; i++)
        {
            long start = _clock.NowMs;
            ulong id = Whisper("delay").FrameId;
            if (_hold.WaitUntil(() => _peer.ArrivalMs(id) is not null, s_patience, s_step))
            {
                delays.Add(_peer.ArrivalMs(id)!.Value - start);
            }

            _hold.Wait(s_betweenWhispers);
        }

        return delays;
    }

    public bool SendsCover(int count) => _hold.WaitUntil(() => _peer.CoverFrames >= count, s_patience, s_long);

    public void Dispose()
    {
        _hold.Dispose();
        _board.Dispose();
        _gateway.Dispose();
        _ether.Dispose();
        _clock.Dispose();
    }

    private object? Ask(string method, params object?[] arguments) => _board.InvokeStatic(Inspector, method, arguments);
}
