using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Checks;

/// <summary>Who was to get what, and got it when, over how many links; and what was wrong about it.</summary>
internal sealed class DeliveryLedger
{
    private const int ViolationsListed = 50;

    private readonly Medium _medium;
    private readonly List<SimulatedWhisper> _whispers = [];
    private readonly Dictionary<ulong, int> _frames = [];
    private readonly Dictionary<long, Delivery> _deliveries = [];
    private readonly Dictionary<(int Node, int Epoch, int Number), bool> _again = [];
    private readonly Dictionary<UInt128, (int Node, int Epoch)> _identities = [];
    private readonly Dictionary<long, byte> _hops = [];
    private readonly Dictionary<int, int> _epochs = [];

    public DeliveryLedger(Medium medium)
    {
        _medium = medium;
    }

    /// <summary>Boards: gateways get nothing.</summary>
    public int Boards { get; set; }

    /// <summary>Everything that was accepted, and what was not yet.</summary>
    public List<SimulatedWhisper> Whispers => _whispers;

    /// <summary>Breaches of what must hold.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Pairs in which a whisper has arrived.</summary>
    public int DeliveredCount => _deliveries.Count;

    /// <summary>Direct whispers said to have arrived that had not.</summary>
    public int FalseAcks { get; private set; }

    /// <summary>Direct whispers whose senders know that they arrived.</summary>
    public int Acks { get; private set; }

    /// <summary>The frames that are followed, and what they carry.</summary>
    public IEnumerable<(ulong Frame, SimulatedWhisper Whisper)> Frames =>
        _frames.Select(f => (f.Key, _whispers[f.Value]));

    /// <summary>When a whisper came to a node; null when it did not.</summary>
    public Delivery? Find(int number, int node) => _deliveries.TryGetValue(Key(number, node), out Delivery d) ? d : null;

    /// <summary>Everything that arrived.</summary>
    public IEnumerable<(int Number, int Node, Delivery Delivery)> All =>
        _deliveries.Select(d => ((int)(d.Key >> 32), (int)(d.Key & 0xFFFFFFFF), d.Value));

    public void Violate(string what)
    {
        if (Violations.Count < ViolationsListed)
        {
            Violations.Add($"{_medium.NowMs} ms: {what}");
        }
    }

    /// <summary>Whether a node is to get a whisper.</summary>
    public bool IsFor(SimulatedWhisper whisper, int node)
    {
        return node < Boards && node != whisper.Origin
            && (whisper.Kind != WhisperKind.Direct || whisper.Recipient == node);
    }

    /// <summary>How many are to get a whisper.</summary>
    public int AddresseesOf(SimulatedWhisper whisper) => whisper.Kind == WhisperKind.Direct ? 1 : Boards - 1;

    /// <summary>A whisper was accepted; its frame, if it is known, is followed.</summary>
    public void Accepted(SimulatedWhisper whisper, ulong frameId)
    {
        whisper.SentMs = _medium.NowMs;
        _epochs[whisper.Number] = _medium.Boards[whisper.Origin].Epoch;
        _medium.Note(TraceEvent.Sent, whisper.Origin, (ulong)whisper.Number);
        if (frameId != 0)
        {
            _frames[frameId] = whisper.Number;
            _hops[Key(whisper.Number, whisper.Origin)] = 0;
        }
    }

    /// <summary>A frame was new to a node.</summary>
    public void FrameStored(Board at, ulong frameId, bool isMine, int sender)
    {
        if (isMine || sender < 0 || !_frames.TryGetValue(frameId, out int number))
        {
            return;
        }

        _hops.TryGetValue(Key(number, sender), out byte hops);
        _hops[Key(number, at.Number)] = (byte)Math.Min(hops + 1, byte.MaxValue);
    }

    /// <summary>An application was given a whisper.</summary>
    public void Delivered(Board at, int number)
    {
        _medium.Note(TraceEvent.Delivered, at.Number, (ulong)number);
        if (number >= FaultPlan.FirstFlood || IsForgottenOwn(at, number))
        {
            return;
        }

        if (number >= _whispers.Count || !IsFor(_whispers[number], at.Number))
        {
            Violate($"whisper {number} was given to node {at.Number}, whom it is not for");
            return;
        }

        if (!_again.TryAdd((at.Number, at.Epoch, number), true))
        {
            Violate($"whisper {number} was given to node {at.Number} twice within a boot");
        }

        _hops.TryGetValue(Key(number, at.Number), out byte hops);
        _deliveries.TryAdd(Key(number, at.Number), new Delivery(_medium.NowMs, hops));
    }

    /// <summary>Whoever has lost its memory takes what it sent before for another's.</summary>
    private bool IsForgottenOwn(Board at, int number)
    {
        return number < _whispers.Count && _whispers[number].Origin == at.Number
            && _whispers[number].Kind != WhisperKind.Direct
            && _epochs.TryGetValue(number, out int epoch) && epoch != at.Epoch;
    }

    /// <summary>A sender was told that its whisper arrived.</summary>
    public void Acknowledged(SimulatedWhisper whisper)
    {
        _medium.Note(TraceEvent.Acknowledged, whisper.Origin, (ulong)whisper.Number);
        if (whisper.Acknowledged)
        {
            return;
        }

        whisper.Acknowledged = true;
        Acks++;
        if (Find(whisper.Number, whisper.Recipient) == null)
        {
            FalseAcks++;
            Violate($"whisper {whisper.Number} was acknowledged and had not arrived");
        }
    }

    /// <summary>A node has taken an identity.</summary>
    public void IdentityTaken(Board board, byte[] id)
    {
        _identities[BitConverter.ToUInt128(id)] = (board.Number, board.Epoch);
    }

    /// <summary>The node that an identity belongs to; -1 when the node has lost its memory meanwhile.</summary>
    public int NodeOf(byte[] id)
    {
        return _identities.TryGetValue(BitConverter.ToUInt128(id), out (int Node, int Epoch) found)
            && _medium.Boards[found.Node].Epoch == found.Epoch
            && _medium.Boards[found.Node].IsPowered
            ? found.Node
            : -1;
    }

    /// <summary>How often a whisper's origin had lost its memory when it sent it.</summary>
    public int EpochOf(SimulatedWhisper whisper) => _epochs[whisper.Number];

    private static long Key(int number, int node) => ((long)number << 32) | (uint)node;

    /// <summary>One arrival.</summary>
    /// <param name="AtMs">When the application was given the whisper first.</param>
    /// <param name="Hops">Links that its frame had crossed.</param>
    internal readonly record struct Delivery(long AtMs, int Hops);
}
