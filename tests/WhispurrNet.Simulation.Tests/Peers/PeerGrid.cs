using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes.Peers;

namespace WhispurrNet.Simulation.Tests.Peers;

/// <summary>
/// Peers in a square, each in range of eight, with radios that take turns as the schedule says: enough to see a strategy at
/// work, not to measure it.
/// </summary>
internal sealed class PeerGrid
{
    private const int StepMs = 100;
    private const int ChangeMs = 700;

    private readonly PeerBench _bench;
    private readonly SimRandom _random = new(77);
    private readonly int _side;
    private readonly long[] _busyUntilMs;
    private readonly bool[] _serves;
    private readonly bool[] _scans;

    public PeerGrid(string strategy, int side)
    {
        _side = side;
        _bench = new PeerBench(strategy, side * side);
        _busyUntilMs = new long[side * side];
        _serves = new bool[side * side];
        _scans = new bool[side * side];
    }

    /// <summary>Bytes of all contacts.</summary>
    public long Bytes { get; private set; }

    /// <summary>Frames of all contacts.</summary>
    public long Frames { get; private set; }

    /// <summary>What came: when, to whom, which.</summary>
    public List<(long AtMs, int Node, int Number)> Deliveries { get; } = [];

    public PeerBench Bench => _bench;

    public void Run(long untilMs)
    {
        for (; _bench.NowMs < untilMs; _bench.NowMs += StepMs)
        {
            int first = (int)_random.NextBelow((uint)_busyUntilMs.Length);
            for (int i = 0; i < _busyUntilMs.Length; i++)
            {
                int node = (first + i) % _busyUntilMs.Length;
                if (_busyUntilMs[node] <= _bench.NowMs)
                {
                    Step(node);
                }
            }
        }
    }

    private void Step(int number)
    {
        PeerNode node = _bench.Nodes[number];
        if (_scans[number])
        {
            _scans[number] = false;
            EndScan(number);
        }

        Deliveries.AddRange(_bench.Delivered(number).Select(n => (_bench.NowMs, number, n)));
        switch (node.NextAction(_bench.NowMs))
        {
            case RadioAction.Scan:
                _serves[number] = false;
                _scans[number] = true;
                node.ScanBegan(_bench.NowMs);
                _busyUntilMs[number] = _bench.NowMs + RadioTimings.ScanMs + ChangeMs;
                break;
            case RadioAction.Contact:
                Dial(number, (int)(node.ContactAddress - PeerBench.AddressOf(0)));
                break;
            default:
                _serves[number] = true;
                break;
        }
    }

    private void EndScan(int number)
    {
        for (int other = 0; other < _serves.Length; other++)
        {
            if (IsInRange(number, other) && IsFree(other))
            {
                _bench.Nodes[number].AdvertisementSeen(
                    PeerBench.AddressOf(other), new byte[Digest.Size], _bench.NowMs);
            }
        }

        _bench.Nodes[number].ScanEnded(_bench.NowMs);
    }

    private void Dial(int client, int server)
    {
        long nowMs = _bench.NowMs;
        if (!IsFree(server))
        {
            _bench.NowMs += 2000;
            _bench.Nodes[client].ContactEnded(PeerBench.AddressOf(server), ContactResult.Failed, _bench.NowMs);
        }
        else
        {
            // Connecting, services and characteristics.
            _bench.NowMs += ChangeMs + 900;
            Meeting meeting = _bench.Contact(client, server);
            Bytes += meeting.Bytes.Sum();
            Frames += meeting.Frames.Sum();
            _busyUntilMs[server] = _bench.NowMs;
        }

        _busyUntilMs[client] = _bench.NowMs + ChangeMs;
        _bench.NowMs = nowMs;
    }

    private bool IsFree(int number) => _serves[number] && _busyUntilMs[number] <= _bench.NowMs;

    private bool IsInRange(int a, int b)
    {
        return a != b && Math.Abs((a % _side) - (b % _side)) <= 1 && Math.Abs((a / _side) - (b / _side)) <= 1;
    }
}
