using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Checks;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Nodes.Peers;
using WhispurrNet.Simulation.Streams;

namespace WhispurrNet.Simulation.World;

/// <summary>
/// One world: boards, gateways, load and faults, in virtual time, on one thread. Every concern draws from a random stream of
/// its own, so that a change in one does not shift the others.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    private const int SwitchOnMs = 20_000;
    private const int ProgressSteps = 200;

    private readonly SimulationOptions _options;
    private readonly TraceHash _trace = new();
    private readonly EventQueue _time = new();
    private readonly Medium _medium;
    private readonly FaultPlan _faults;
    private readonly TrafficPlan _traffic;
    private readonly BoundsCheck _bounds;
    private readonly NetworkKey _network;
    private readonly SimRandom _traits;
    private readonly NodeTraits[] _traitsOf;
    private readonly List<(int A, int B)> _pairs;

    public SimulatedWorld(SimulationOptions options)
    {
        _options = options;
        _medium = new Medium(_time, _trace, SimRandom.For(options.Seed, 1), options.Nodes + options.Gateways);
        _medium.Ledger.Boards = options.Nodes;
        _traits = SimRandom.For(options.Seed, 4);
        _traitsOf = new NodeTraits[_medium.Boards.Length];
        _pairs = Topology.Pairs(options, SimRandom.For(options.Seed, 3), out Places places);
        _network = NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(SHA256.HashData(BitConverter.GetBytes(options.Seed))[..16]));
        for (int i = 0; i < _medium.Boards.Length; i++)
        {
            _medium.Boards[i] = new Board(_medium, i, i < options.Nodes);
        }

        _faults = new FaultPlan(_medium, options, places, b => b.PowerOn(Create));
        _traffic = new TrafficPlan(_medium, options);
        _bounds = new BoundsCheck(_medium, options);
        AttachStreams();
    }

    /// <summary>What was done, and how it went.</summary>
    public Medium Medium => _medium;

    public FaultPlan Faults => _faults;

    public TrafficPlan Traffic => _traffic;

    public BoundsCheck Bounds => _bounds;

    /// <summary>The hash of everything that happened.</summary>
    public string Trace { get; private set; } = "";

    /// <summary>When the run ended, milliseconds.</summary>
    public long EndMs { get; private set; }

    /// <summary>Runs until everything that can arrive has, or nothing more can.</summary>
    public void Run(Action<double>? progress, CancellationToken cancellation)
    {
        for (int i = 0; i < _medium.Boards.Length; i++)
        {
            NodeTraits traits = TraitsOf(i);
            _traitsOf[i] = traits;
            if (traits.IsLiar)
            {
                _medium.Ledger.Exclude(i);
            }
        }

        foreach (Board board in _medium.Boards)
        {
            // Boards are not switched on together.
            _time.At(_traits.Between(0, board.HasRadio ? SwitchOnMs : 0), () => board.PowerOn(Create));
        }

        long lastMs = _traffic.Begin();
        long endMs = _options.DurationSeconds > 0
            ? _options.DurationSeconds * 1000L
            : lastMs + LifeMs;
        _faults.Begin(_pairs, _options.HealAfterLast ? lastMs : endMs);
        _bounds.Begin(endMs);
        if (_options.HealAfterLast)
        {
            _time.At(lastMs, _faults.Heal);
        }

        long stepMs = Math.Max(1_000, endMs / ProgressSteps);
        for (long atMs = 0; atMs < endMs && !(_options.StopWhenDone && IsDone(lastMs)); atMs = _time.NowMs)
        {
            cancellation.ThrowIfCancellationRequested();
            _time.RunUntil(Math.Min(atMs + stepMs, endMs));
            progress?.Invoke((double)_time.NowMs / endMs);
        }

        EndMs = _time.NowMs;
        _bounds.Check();
        Trace = _trace.Finish();
    }

    /// <summary>A direct whisper that is not acknowledged is sent again, twice: its life is three of its frames'.</summary>
    private long LifeMs => _options.LifetimeSeconds * 1000L * (_options.Traffic == TrafficKind.Broadcast ? 1 : 3);

    /// <inheritdoc/>
    public void Dispose()
    {
        _trace.Dispose();
    }

    private bool IsDone(long lastMs)
    {
        return _time.NowMs > lastMs && _traffic.IsOver
            && _medium.Ledger.DeliveredCount == _traffic.PairsAccepted
            && _medium.Ledger.Acks == _traffic.DirectAccepted;
    }

    private void AttachStreams()
    {
        uint share = FaultPlan.Share(_options.WifiShare);
        for (int i = 0; i < _options.Nodes && _options.Gateways > 0; i++)
        {
            if (_traits.Chance(share))
            {
                int gateway = _options.Nodes + (int)_traits.NextBelow((uint)_options.Gateways);
                _ = new SimStream(_medium, _medium.Boards[i], _medium.Boards[gateway]);
            }
        }

        for (int i = 1; i < _options.Gateways; i++)
        {
            _ = new SimStream(_medium, _medium.Boards[_options.Nodes + i], _medium.Boards[_options.Nodes + i - 1]);
        }
    }

    private IMeshNode Create(Board board)
    {
        NodeTraits traits = _traitsOf[board.Number];
        if (_options.Strategy != StrategyNames.Whispurr)
        {
            return CreatePeer(board, traits);
        }

        byte[] seed = SHA256.HashData(Encoding.ASCII.GetBytes($"{_options.Seed} {board.Number} {board.Epoch}"));
        NetworkKey? network = board.HasRadio ? _network : null;
        return new WhispurrNode(_options, traits, network, seed, board, _medium.NowMs);
    }

    /// <summary>Peers keep no time of day, and none of them lies.</summary>
    private PeerNode CreatePeer(Board board, NodeTraits traits)
    {
        PeerNode node = PeerFactory.Create(
            _options.Strategy,
            traits.Limits,
            board.Address,
            _options.Seed ^ (board.Epoch << 16),
            _options.LifetimeSeconds * 1000L,
            _medium.NowMs,
            board.HasRadio ? board.Number : -1);
        node.FrameStored = ((INodeEvents)board).FrameStored;
        return node;
    }

    private NodeTraits TraitsOf(int number)
    {
        if (number >= _options.Nodes)
        {
            return new NodeTraits(NodeLimits.Desk());
        }

        NodeLimits limits = _options.Size == BoardSize.Small || (_options.Size == BoardSize.Both && number % 2 == 0)
            ? NodeLimits.Small()
            : NodeLimits.Full();
        bool liar = _traits.Chance(FaultPlan.Share(_options.Liars));
        int error = _options.ClockError;
        if (error == 0 && !liar)
        {
            return new NodeTraits(limits, IsFlooder: IsFlooder(number));
        }

        int skew = error == 0 ? 0 : (int)_traits.Between(-error, error);
        bool hasClock = liar || _traits.Chance(SimRandom.Million / 2);
        const long now = 1_800_000_000;
        const long lie = 40L * 24 * 3600;
        return new NodeTraits(
            limits, skew, hasClock ? now + skew + (liar ? lie : 0) : 0, liar, IsFlooder(number));
    }

    /// <summary>Spread over the numbers, and so over the square.</summary>
    private bool IsFlooder(int number)
    {
        return _options.Flooders > 0 && number % Math.Max(1, _options.Nodes / _options.Flooders) == 1;
    }
}
