using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes;

namespace WhispurrNet.Simulation.World;

/// <summary>The load: who sends what when. An origin that is told to wait tries again for some minutes.</summary>
internal sealed class TrafficPlan
{
    private const int RetryMs = 10_000;
    private const int RetriesMost = 30;
    private const int FloodEveryMs = 500;

    private readonly Medium _medium;
    private readonly SimulationOptions _options;
    private readonly SimRandom _random;
    private int _open;
    private int _floods;

    public TrafficPlan(Medium medium, SimulationOptions options)
    {
        _medium = medium;
        _options = options;
        _random = SimRandom.For(options.Seed, 5);
    }

    /// <summary>Times that an origin was told to wait.</summary>
    public int Congested { get; private set; }

    /// <summary>Whispers that were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Of these, direct ones.</summary>
    public int DirectAccepted { get; private set; }

    /// <summary>Pairs of an accepted whisper and an addressee.</summary>
    public long PairsAccepted { get; private set; }

    /// <summary>Whether no whisper waits to be accepted.</summary>
    public bool IsOver => _open == 0;

    /// <summary>When the first whisper is due.</summary>
    public long FirstMs => _options.WarmUpSeconds * 1000L;

    /// <summary>When the last whisper is due.</summary>
    public long LastMs { get; private set; }

    /// <summary>Bytes and contacts at the moment when each whisper was accepted, and at the end.</summary>
    public List<(long Bytes, long Contacts)> Marks { get; } = [];

    /// <summary>Lets everything be sent in its time.</summary>
    /// <returns>When the last whisper is due, milliseconds.</returns>
    public long Begin()
    {
        long atMs = FirstMs;
        for (int i = 0; i < _options.Whispers; i++)
        {
            Plan(KindOf(i), atMs);

            // Between none and twice the mean, so that bursts come about.
            long meanMs = (long)(60_000 / _options.Rate);
            if (i + 1 < _options.Whispers)
            {
                atMs += _random.Between(0, 2 * meanMs);
            }
        }

        LastMs = atMs;
        for (int i = 0; i < _options.Emergencies; i++)
        {
            Plan(WhisperKind.Emergency, FirstMs + ((LastMs - FirstMs) * i / _options.Emergencies));
        }

        if (_options.Flooders > 0)
        {
            _medium.Time.At(FirstMs, Flood);
        }

        return atMs;
    }

    private void Plan(WhisperKind kind, long atMs)
    {
        int number = _medium.Ledger.Whispers.Count;
        SimulatedWhisper whisper = new(number, kind, (int)_random.NextBelow((uint)_options.Nodes));
        _medium.Ledger.Whispers.Add(whisper);
        Marks.Add((0, 0));
        _open++;
        _medium.Time.At(atMs, () => Send(whisper, 0));
    }

    private WhisperKind KindOf(int number)
    {
        return _options.Traffic switch
        {
            TrafficKind.Broadcast => WhisperKind.Broadcast,
            TrafficKind.Direct => WhisperKind.Direct,
            _ => (number % 5) switch
            {
                3 => WhisperKind.Direct,
                4 => WhisperKind.Emergency,
                _ => WhisperKind.Broadcast,
            },
        };
    }

    private void Send(SimulatedWhisper planned, int tries)
    {
        // Who is off sends nothing: somebody else does.
        SimulatedWhisper whisper = planned;
        if (!_medium.Boards[planned.Origin].IsPowered)
        {
            whisper = new SimulatedWhisper(planned.Number, planned.Kind, (int)_random.NextBelow((uint)_options.Nodes));
            _medium.Ledger.Whispers[planned.Number] = whisper;
        }

        if (whisper.Kind == WhisperKind.Direct && _options.Strategy != StrategyNames.Whispurr)
        {
            // Peers know no contacts: somebody is drawn.
            int drawn = (int)_random.NextBelow((uint)_options.Nodes - 1);
            whisper.Recipient = drawn < whisper.Origin ? drawn : drawn + 1;
        }

        Board origin = _medium.Boards[whisper.Origin];
        SendOutcome outcome = origin.IsPowered ? origin.Node.Send(whisper, _medium.NowMs) : SendOutcome.NoRecipient;
        if (outcome == SendOutcome.Accepted)
        {
            ulong frame = origin.Node is IReportsDrops node ? node.LastSentId : 0;
            _medium.Ledger.Accepted(whisper, frame);
            Accepted++;
            DirectAccepted += whisper.Kind == WhisperKind.Direct ? 1 : 0;
            PairsAccepted += _medium.Ledger.AddresseesOf(whisper);
            Marks[whisper.Number] = (_medium.Tally.Bytes, _medium.Tally.Connected);
            _open--;
            origin.Pump();
            return;
        }

        if (outcome == SendOutcome.Congested)
        {
            Congested++;
            _medium.Note(TraceEvent.Congested, origin.Number, (ulong)whisper.Number);
        }

        if (tries < RetriesMost)
        {
            _medium.Time.After(RetryMs, () => Send(whisper, tries + 1));
        }
        else
        {
            _open--;
        }
    }

    private void Flood()
    {
        int period = Math.Max(1, _options.Nodes / _options.Flooders);
        for (int i = 1; i < _options.Nodes; i += period)
        {
            if (_medium.Boards[i].IsPowered)
            {
                SimulatedWhisper whisper = new(FaultPlan.FirstFlood + _floods++, WhisperKind.Broadcast, i);
                _medium.Boards[i].Node.Send(whisper, _medium.NowMs);
                _medium.Boards[i].Pump();
            }
        }

        _medium.Time.After(FloodEveryMs, Flood);
    }
}
