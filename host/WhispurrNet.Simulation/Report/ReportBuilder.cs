using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Simulation.Checks;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.Radio;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Report;

/// <summary>Makes figures of a world that has run.</summary>
internal sealed class ReportBuilder
{
    private const int CurvePoints = 200;

    private readonly SimulationOptions _options;
    private readonly SimulatedWorld _world;
    private readonly Medium _medium;
    private readonly DeliveryLedger _ledger;
    private readonly SimulatedWhisper[] _sent;
    private readonly PathOracle? _oracle;
    private readonly Dictionary<int, int> _connected = [];
    private long _pairsConnected;
    private long _lostReported;
    private long _lostSilently;

    public ReportBuilder(SimulationOptions options, SimulatedWorld world)
    {
        _options = options;
        _world = world;
        _medium = world.Medium;
        _ledger = _medium.Ledger;
        _sent = [.. _ledger.Whispers.Where(w => w.SentMs >= 0)];
        if (!world.Faults.Log.IsStatic)
        {
            bool[] isLeft = [.. _medium.Boards.Take(options.Nodes).Select(b => b.IsLeft)];
            _oracle = new PathOracle(world.Faults.Log, isLeft, world.EndMs);
        }
    }

    /// <summary>The report.</summary>
    public SimulationReport Build(double wallSeconds, long bytesPerNode, long events)
    {
        foreach (SimulatedWhisper whisper in _sent)
        {
            Judge(whisper);
        }

        (int Number, int Node, DeliveryLedger.Delivery Delivery)[] all = [.. _ledger.All];
        long[] latencies = [.. all.Select(LatencyOf).Order()];
        long pairs = _world.Traffic.PairsAccepted;
        double[] energy = [.. _medium.Boards.Take(_options.Nodes).Select(EnergyOf).Order()];
        Tally tally = _medium.Tally;
        long warmBytes = _world.Traffic.Marks.FirstOrDefault(m => m.Bytes > 0).Bytes;
        (double emergencyDelivery, long emergencyP95) = Emergencies(all);
        double minutes = Math.Max(1, _world.Traffic.LastMs - _world.Traffic.FirstMs) / 60_000.0;
        int inTime = all.Count(d => d.Delivery.AtMs <= _world.Traffic.LastMs);
        return new SimulationReport
        {
            Options = _options,
            Trace = _world.Trace,
            Delivery = Share(all.Count(d => IsConnected(d.Number, d.Node)), _pairsConnected),
            DeliveryOfAll = Share(all.Length, pairs),
            Pairs = pairs,
            PairsConnected = _pairsConnected,
            PairsDelivered = all.Length,
            AckDelivery = Share(_ledger.Acks, _world.Traffic.DirectAccepted),
            FalseAcks = _ledger.FalseAcks,
            P50LatencyMs = Percentile(latencies, 50),
            P95LatencyMs = Percentile(latencies, 95),
            MeanHops = all.Length == 0 ? 0 : all.Average(d => d.Delivery.Hops),
            BytesPerDelivery = Ratio(tally.Bytes, all.Length),
            BytesPerDeliverySinceFirst = Ratio(tally.Bytes - warmBytes, all.Length),
            ContactsPerDelivery = Ratio(tally.Connected, all.Length),
            OfferedLoad = _options.Rate,
            Goodput = inTime / minutes / Math.Max(1, _options.Nodes - 1),
            Accepted = _world.Traffic.Accepted,
            Congested = _world.Traffic.Congested,
            EmergencyP95Ms = emergencyP95,
            EmergencyDelivery = emergencyDelivery,
            Converged = all.Count(d => IsConnected(d.Number, d.Node)) == _pairsConnected,
            Violations = _ledger.Violations,
            LostReported = _lostReported,
            LostSilently = _lostSilently,
            Bytes = new ByteCounts(
                tally.ContactBytes, tally.StreamBytes, tally.FramesTaken * 256, tally.DiscoveryBytes, AdvertisementBytes()),
            Contacts = new ContactCounts(tally.Connected, tally.Finished, tally.Failed, tally.Fruitless),
            EnergyMahPerDay = energy.Average(),
            EnergyMahPerDayMax = energy.Max(),
            EnergyByNode = energy,
            LatencyCurve = Curve(latencies, pairs, 1000),
            DeliveryOverTime = Curve([.. all.Select(d => d.Delivery.AtMs).Order()], pairs, 1000),
            Hops = HopsOf(all),
            Whispers = [.. _sent.Select(LineOf)],
            SimulatedSeconds = _world.EndMs / 1000.0,
            Events = events,
            WallSeconds = wallSeconds,
            BytesPerNode = bytesPerNode,
        };
    }

    private long LifetimeMs => _options.LifetimeSeconds * 1000L;

    /// <summary>To whom there was a way, and whether what is missing is anybody's fault.</summary>
    private void Judge(SimulatedWhisper whisper)
    {
        long lifeMs = LifetimeMs * (whisper.Kind == WhisperKind.Direct ? 3 : 1);
        long endMs = Math.Min(whisper.SentMs + lifeMs, _world.EndMs);
        long[]? reach = _oracle?.Reach(whisper.Origin, whisper.SentMs, endMs);
        bool[] connected = new bool[_options.Nodes];
        int[]? holders = null;
        for (int node = 0; node < _options.Nodes; node++)
        {
            if (!_ledger.IsFor(whisper, node))
            {
                continue;
            }

            bool arrived = _ledger.Find(whisper.Number, node) != null;
            connected[node] = arrived || reach == null || reach[node] != long.MaxValue;
            if (!arrived && _options.Checks && _options.Strategy == StrategyNames.Whispurr)
            {
                holders ??= LossCheck.Holders(
                    _medium.Contacts, whisper, _ledger.EpochOf(whisper), Math.Min(endMs, LastFairMs(whisper)), _medium.Boards.Length);
                JudgeLoss(whisper, node, holders);
            }
        }

        int count = connected.Count(c => c);
        _pairsConnected += count;
        _connected[whisper.Number] = count;
    }

    /// <summary>Each hop may round a unit of the lifetime off; so many hops nobody makes.</summary>
    private long LastFairMs(SimulatedWhisper whisper)
    {
        // The origin's own jitter takes up to a sixteenth, a hop up to two units of 4 s.
        return whisper.SentMs + (LifetimeMs * 15 / 16) - (_options.Nodes < 100 ? 100_000 : 400_000);
    }

    private void JudgeLoss(SimulatedWhisper whisper, int node, int[] holders)
    {
        if (holders[node] < 0)
        {
            return;
        }

        bool isReported = Enumerable.Range(0, holders.Length).Any(h => holders[h] >= 0
            && (_medium.Boards[h].Epoch != holders[h] || (_medium.Boards[h].Node is not IReportsDrops n || n.Drops > 0)));
        if (isReported)
        {
            _lostReported++;
        }
        else
        {
            _lostSilently++;
            _ledger.Violate($"whisper {whisper.Number} was lost on its way to node {node}, and nobody said so");
        }
    }

    private bool IsConnected(int number, int node)
    {
        return _connected.ContainsKey(number) && node >= 0;
    }

    private (double Share, long P95) Emergencies((int Number, int Node, DeliveryLedger.Delivery Delivery)[] all)
    {
        int[] numbers = [.. _sent.Where(w => w.Kind == WhisperKind.Emergency).Select(w => w.Number)];
        long[] latencies = [.. all.Where(d => numbers.Contains(d.Number)).Select(LatencyOf).Order()];
        return (Share(latencies.Length, _sent.Where(w => w.Kind == WhisperKind.Emergency).Sum(_ledger.AddresseesOf)), Percentile(latencies, 95));
    }

    private long LatencyOf((int Number, int Node, DeliveryLedger.Delivery Delivery) d)
    {
        return d.Delivery.AtMs - _ledger.Whispers[d.Number].SentMs;
    }

    private WhisperLine LineOf(SimulatedWhisper whisper)
    {
        DeliveryLedger.Delivery[] got = [.. Enumerable.Range(0, _options.Nodes)
            .Select(n => _ledger.Find(whisper.Number, n)).OfType<DeliveryLedger.Delivery>()];
        (long Bytes, long Contacts) from = _world.Traffic.Marks[whisper.Number];
        (long Bytes, long Contacts) to = _world.Traffic.Marks.Where(m => m.Bytes > from.Bytes)
            .DefaultIfEmpty((_medium.Tally.Bytes, _medium.Tally.Connected)).Min();
        return new WhisperLine(
            whisper.Number, whisper.Kind.ToString().ToLowerInvariant(), whisper.Origin, whisper.SentMs, got.Length,
            _connected[whisper.Number], got.Length == 0 ? -1 : got.Max(d => d.AtMs) - whisper.SentMs, whisper.Acknowledged,
            Ratio(to.Bytes - from.Bytes, got.Length), Ratio(to.Contacts - from.Contacts, got.Length));
    }

    private long AdvertisementBytes()
    {
        return _medium.Boards.Take(_options.Nodes).Sum(b => b.Radio.RoleMs[(int)RadioAction.Serve])
            / RadioModel.Default.AdvertisingIntervalMs * RadioModel.AdvertisementBytes;
    }

    private double EnergyOf(Board board)
    {
        board.Radio.Enter(RadioAction.Rest);
        return EnergyModel.MahPerDay(board.Radio.RoleMs);
    }

    private static long[] HopsOf((int Number, int Node, DeliveryLedger.Delivery Delivery)[] all)
    {
        long[] hops = new long[all.Length == 0 ? 1 : all.Max(d => d.Delivery.Hops) + 1];
        foreach ((_, _, DeliveryLedger.Delivery delivery) in all)
        {
            hops[delivery.Hops]++;
        }

        return hops;
    }

    private static CurvePoint[] Curve(long[] sorted, long all, double unit)
    {
        int step = Math.Max(1, sorted.Length / CurvePoints);
        return [.. sorted.Select((ms, i) => (ms, i)).Where(p => p.i % step == step - 1 || p.i == sorted.Length - 1)
            .Select(p => new CurvePoint(p.ms / unit, Share(p.i + 1, all)))];
    }

    private static long Percentile(long[] sorted, int percent)
    {
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    private static double Share(long part, long whole) => whole == 0 ? 1 : (double)part / whole;

    private static double Ratio(long amount, long count) => count == 0 ? 0 : (double)amount / count;
}
