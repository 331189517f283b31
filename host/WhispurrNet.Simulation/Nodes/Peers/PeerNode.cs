using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// A node of another gossip, under the same conditions: as many frames and ids as a board keeps, the same frames, links and
/// radio. Its <see cref="PeerStrategy"/> decides who gets what.
/// </summary>
/// <remarks>
/// Nothing is encrypted, and no whisper is direct: a direct one is a broadcast that only its recipient's application gets,
/// and nobody is told that it came. Emergencies are frames like any other. An origin has no budget: it is refused only when
/// the store holds nothing but its own frames that nobody has yet.
/// </remarks>
internal sealed partial class PeerNode : IMeshNode, IReportsDrops
{
    private const int NumbersInWord = 64;
    private const int NumbersInPage = 16 * NumbersInWord;

    private readonly PeerState _state;
    private readonly PeerScheduler _scheduler;
    private readonly ulong _address;
    private readonly int _number;
    private readonly uint _lifetimeMs;
    private readonly Queue<int> _delivered = new(0);

    // A bit for each number that the application had, or sent, in pages: floods are numbered far above the others.
    private readonly Dictionary<int, ulong[]> _known = [];
    private long _refused;

    /// <summary>A node that has just been switched on.</summary>
    /// <param name="state">Its tables, empty.</param>
    /// <param name="address">Its Bluetooth address, 48 bits.</param>
    /// <param name="number">Its number in the world, -1 for a relay without an application.</param>
    /// <param name="lifetimeMs">Lifetime of its frames, milliseconds.</param>
    /// <param name="nowMs">Now.</param>
    public PeerNode(PeerState state, ulong address, int number, long lifetimeMs, long nowMs)
    {
        _state = state;
        _address = address;
        _number = number;
        _lifetimeMs = checked((uint)lifetimeMs);
        _scheduler = new PeerScheduler(state, nowMs);
    }

    /// <inheritdoc/>
    public int MaxUnit => PeerRecord.SizeMax;

    /// <inheritdoc/>
    public long RadioDeadlineMs => _scheduler.DeadlineMs;

    /// <inheritdoc/>
    public ulong ContactAddress => _scheduler.ContactAddress;

    /// <inheritdoc/>
    public long Drops => _refused + _state.Store.Evicted;

    /// <inheritdoc/>
    public (int Held, int Most) Frames => (_state.Store.Count, _state.Store.Capacity);

    /// <inheritdoc/>
    public (int Held, int Most) Neighbours => (_state.Neighbours.Count, _state.Neighbours.Capacity);

    /// <inheritdoc/>
    public ulong LastSentId { get; private set; }

    /// <summary>Is told the id of each frame stored, and whether it began here.</summary>
    public Action<ulong, bool>? FrameStored { get; set; }

    /// <summary>What a test looks into.</summary>
    internal PeerState State => _state;

    /// <inheritdoc/>
    public bool Holds(ulong frameId) => frameId != 0 && _state.Store.Find(frameId) != PeerStore.None;

    /// <inheritdoc/>
    public RadioAction NextAction(long nowMs) => _scheduler.Next(nowMs);

    /// <inheritdoc/>
    public void ScanBegan(long nowMs)
    {
        _state.Store.Sweep(nowMs);
        _scheduler.ScanBegan(nowMs);
    }

    /// <inheritdoc/>
    public void ScanEnded(long nowMs) => _scheduler.ScanEnded(nowMs);

    /// <inheritdoc/>
    public bool RenewsAdvertisement(long nowMs) => false;

    /// <summary>Random bytes: only boards advertise what they have seen.</summary>
    public void WriteAdvertisement(byte[] advertisement, long nowMs)
    {
        for (int i = 0; i < advertisement.Length; i++)
        {
            advertisement[i] = (byte)_state.Random.NextUInt64();
        }
    }

    /// <inheritdoc/>
    public void AdvertisementSeen(ulong address, byte[] advertisement, long nowMs)
    {
        _scheduler.AdvertisementSeen(address, nowMs);
    }

    /// <inheritdoc/>
    public void ContactEnded(ulong address, ContactResult result, long nowMs)
    {
        _scheduler.ContactEnded(address, result, nowMs);
    }

    /// <inheritdoc/>
    public void InboundEnded(bool stuck, long nowMs) => _scheduler.InboundEnded(stuck, nowMs);

    /// <inheritdoc/>
    public SendOutcome Send(SimulatedWhisper whisper, long nowMs)
    {
        if (whisper.Kind == WhisperKind.Direct && whisper.Recipient < 0)
        {
            return SendOutcome.NoRecipient;
        }

        PeerFrame frame = new()
        {
            Number = whisper.Number,
            Origin = whisper.Origin,
            Recipient = whisper.Kind == WhisperKind.Direct ? whisper.Recipient : -1,
            Hops = _state.Strategy.Hops,
            LifetimeMs = _lifetimeMs,
        };
        if (!Store(frame, -1, nowMs))
        {
            return SendOutcome.Congested;
        }

        LastSentId = frame.Id;
        IsNewNumber(frame.Number);
        return SendOutcome.Accepted;
    }

    /// <inheritdoc/>
    public int PollDelivered(long nowMs) => _delivered.TryDequeue(out int number) ? number : -1;

    /// <summary>Takes a frame that came over a link.</summary>
    private void Receive(PeerFrame frame, int from, long nowMs)
    {
        if (frame.LifetimeMs <= PeerFrame.HopMs)
        {
            return;
        }

        frame.LifetimeMs -= PeerFrame.HopMs;
        ulong id = frame.Id;
        if (_state.Seen.Has(id))
        {
            int slot = _state.Store.Find(id);
            if (slot != PeerStore.None)
            {
                ref StoredFrame held = ref _state.Store[slot];
                held.Copies = (byte)Math.Min(held.Copies + 1, byte.MaxValue);
                _state.Strategy.CopyArrived(_state, slot, from, frame.Hops, nowMs);
            }

            return;
        }

        if (!Store(frame, from, nowMs))
        {
            _refused++;
            return;
        }

        bool isForThis = _number >= 0 && frame.Origin != _number
            && (frame.Recipient < 0 || frame.Recipient == _number);
        if (isForThis && IsNewNumber(frame.Number))
        {
            _delivered.Enqueue(frame.Number);
        }
    }

    private bool Store(in PeerFrame frame, int from, long nowMs)
    {
        int slot = _state.Store.Add(frame, from < 0, nowMs);
        if (slot == PeerStore.None)
        {
            return false;
        }

        _state.Store[slot].IsTaken = from >= 0;
        ulong id = frame.Id;
        if (!_state.Seen.Has(id))
        {
            _state.Seen.Add(id, _state.Store[slot].DeadlineMs);
        }

        if (_state.Strategy.FrameArrived(_state, slot, from, nowMs))
        {
            _state.UrgentVersion++;
        }

        _readyMs = _state.Store[slot].ReadyMs > nowMs ? Math.Min(_readyMs, _state.Store[slot].ReadyMs) : _readyMs;
        FrameStored?.Invoke(id, from < 0);
        return true;
    }

    /// <summary>Whether a number is heard of for the first time since the node started.</summary>
    private bool IsNewNumber(int number)
    {
        if (!_known.TryGetValue(number / NumbersInPage, out ulong[]? words))
        {
            words = new ulong[NumbersInPage / NumbersInWord];
            _known.Add(number / NumbersInPage, words);
        }

        ref ulong word = ref words[number % NumbersInPage / NumbersInWord];
        ulong bit = 1UL << (number % NumbersInWord);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
