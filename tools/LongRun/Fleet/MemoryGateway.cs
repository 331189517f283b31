using System.Text;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Mesh;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Virtual;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>
/// The gateway's relay and desk on a network inside the process. When it goes, it goes like a program that was killed:
/// what it held is gone too, and the next one starts empty.
/// </summary>
internal sealed class MemoryGateway(BoardClock clock, string joinCode, string intent) : IBoardNetwork, IDisposable
{
    /// <summary>Where boards dial.</summary>
    public const string Url = "ws://10.0.0.1:8765/mesh";

    private const int ConnectionRefused = 10061;
    private const int DeskLatencyMs = 1;

    private readonly Lock _lock = new();
    private readonly ClockTimeProvider _time = new(clock);
    private readonly HashSet<MemoryConnection> _connections = [];
    private RelayNode? _relay;
    private DeskNode? _desk;

    /// <summary>The desk was given a whisper: its frame id.</summary>
    public event Action<string>? Heard;

    /// <summary>Whether it runs.</summary>
    public bool IsUp
    {
        get
        {
            lock (_lock)
            {
                return _relay is not null;
            }
        }
    }

    /// <summary>Starts it.</summary>
    public void Start()
    {
        var options = new GatewayOptions { JoinCode = joinCode, Intents = [intent], Time = _time };
        var map = new MeshMap(_time);
        var relay = new RelayNode(options, map);
        var desk = new DeskNode(options, map);
        Action<WhisperMessage>? report = desk.Pump.WhisperArrived;
        desk.Pump.WhisperArrived = whisper =>
        {
            Heard?.Invoke(CoreReporter.Id(whisper.FrameId));
            report?.Invoke(whisper);
        };
        Join(desk.Pump, relay.Pump);
        lock (_lock)
        {
            _relay = relay;
            _desk = desk;
        }
    }

    /// <summary>Ends it at once.</summary>
    /// <param name="how">What its boards see of that.</param>
    public void Vanish(Vanishing how)
    {
        RelayNode? relay;
        DeskNode? desk;
        MemoryConnection[] connections;
        lock (_lock)
        {
            (relay, desk, _relay, _desk) = (_relay, _desk, null, null);
            connections = [.. _connections];
            _connections.Clear();
        }

        foreach (MemoryConnection connection in connections)
        {
            connection.Vanish(how);
        }

        desk?.Dispose();
        relay?.Dispose();
    }

    /// <summary>Whispers from the desk to everybody who listens to the intent.</summary>
    /// <returns>The frame's id; null when the gateway is away or the whisper was refused.</returns>
    public string? Whisper(string text)
    {
        DeskNode? desk;
        lock (_lock)
        {
            desk = _desk;
        }

        return desk?.Resonate(intent, Encoding.UTF8.GetBytes(text)).FrameId;
    }

    public IBoardConnection Connect(BoardContext board, byte[] address, int port)
    {
        lock (_lock)
        {
            if (_relay is null)
            {
                throw new BoardSocketException(ConnectionRefused, "Nobody listens there.");
            }

            return Serve(board, _relay.Pump);
        }
    }

    public void Dispose() => Vanish(Vanishing.Closed);

    private MemoryConnection Serve(BoardContext board, NodePump pump)
    {
        Peer? peer = null;
        WebSocketServerSide? web = null;
        var connection = new MemoryConnection(board, (_, bytes) => web!.Receive(bytes));
        var outlet = new Outlet(unit => web!.Send(unit), () => connection.Vanish(Vanishing.Closed));
        web = new WebSocketServerSide(
            connection.Deliver,
            unit =>
            {
                peer ??= new Peer(pump.OpenStream(initiator: false, outlet, board.Name));
                if (peer.Link is { } link)
                {
                    pump.Receive(link, unit, unit.Length);
                }
            },
            () => End(connection, pump, peer));
        connection.Abandoned = () => End(connection, pump, peer);
        _connections.Add(connection);
        return connection;
    }

    private void End(MemoryConnection connection, NodePump pump, Peer? peer)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }

        connection.Vanish(Vanishing.Closed);
        if (peer?.Link is { } link)
        {
            pump.Close(link);
        }
    }

    // Each side's units go to the other a moment later, so that neither pump is called while it is held.
    private void Join(NodePump first, NodePump second)
    {
        PumpLink? atFirst = null;
        PumpLink? atSecond = null;
        atSecond = second.OpenStream(
            initiator: false, new Outlet(unit => Later(() => first.Receive(atFirst!, unit, unit.Length)), () => { }), "desk");
        atFirst = first.OpenStream(
            initiator: true, new Outlet(unit => Later(() => second.Receive(atSecond!, unit, unit.Length)), () => { }), "relay");
    }

    private void Later(Action action) => clock.ScheduleMs(DeskLatencyMs, action);

    /// <summary>Takes every unit at once.</summary>
    private sealed class Outlet(Action<byte[]> take, Action close) : ILinkOutlet
    {
        public bool HasRoom => true;

        public void Enqueue(byte[] unit) => take(unit);

        public void Close() => close();
    }

    private sealed record Peer(PumpLink? Link);
}
