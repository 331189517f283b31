using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>What a peer knows of one of its links.</summary>
internal sealed class PeerLink(int number)
{
    /// <summary>Bytes of a write or notification at MTU 23.</summary>
    public const int UnitSize = FragmentWriter.UnitSizeMin;

    // A record's first fragment has its number, its flags and the record's length before the bytes; the others no length.
    private const int FirstRoom = UnitSize - 4;
    private const int FurtherRoom = UnitSize - 2;

    // At most 16 fragments are under way without an acknowledgement, and a frame takes 16: never more than two frames.
    private const int UnderWayMax = 2;

    private readonly (int Slot, uint Arrival, uint End, bool Eager)[] _underWay =
        new (int Slot, uint Arrival, uint End, bool Eager)[UnderWayMax];

    private (short Slot, uint Arrival)[]? _named;
    private FragmentReader? _reader;
    private FragmentWriter? _writer;
    private uint _fragments;
    private uint _acknowledged;

    /// <summary>By which the medium knows it.</summary>
    public int Number { get; } = number;

    /// <summary>Where it is in its life.</summary>
    public LinkState State { get; set; }

    /// <summary>How it carries records.</summary>
    public LinkKind Kind { get; private set; }

    /// <summary>True on the side that connected.</summary>
    public bool Initiator { get; private set; }

    /// <summary>The other side's address, 0 as long as it is not known.</summary>
    public ulong Neighbour { get; set; }

    /// <summary>For whom frames go over it; -1 as long as that is not known.</summary>
    public int Target { get; set; }

    /// <summary>When it was opened.</summary>
    public long OpenedMs { get; private set; }

    /// <summary>When something came over it last.</summary>
    public long ReceivedMs { get; set; }

    /// <summary>When something was sent over it last.</summary>
    public long SentMs { get; set; }

    /// <summary>Both nonces, for what is to differ from link to link.</summary>
    public ulong Salt { get; set; }

    /// <summary>Records sealed so far.</summary>
    public uint RecordsSent { get; set; }

    /// <summary>Records whose seal was right so far.</summary>
    public uint RecordsReceived { get; set; }

    /// <summary>RESUME or RESUMED was sent.</summary>
    public bool IsOpeningSent { get; set; }

    /// <summary>RESUME or RESUMED came.</summary>
    public bool IsOpeningReceived { get; set; }

    /// <summary>HELLO was sent.</summary>
    public bool IsHelloSent { get; set; }

    /// <summary>HELLO came.</summary>
    public bool IsHelloReceived { get; set; }

    /// <summary>The byte of HELLO that is the strategy's.</summary>
    public byte HelloWord { get; set; }

    /// <summary>DONE was sent.</summary>
    public bool IsDoneSent { get; set; }

    /// <summary>DONE came.</summary>
    public bool IsDoneReceived { get; set; }

    /// <summary>A ping is to be sent.</summary>
    public bool IsPingDue { get; set; }

    /// <summary>A ping is to be answered.</summary>
    public bool IsPongDue { get; set; }

    /// <summary>The ping's token.</summary>
    public uint Token { get; set; }

    /// <summary>Frames are pushed over this stream; gossipsub's.</summary>
    public bool IsMesh { get; set; }

    /// <summary>The strategy has said all that it had to say of what this node has.</summary>
    public bool HasTold { get; set; }

    /// <summary>It has begun to say that; pull's.</summary>
    public bool IsTelling { get; set; }

    /// <summary>The other side has said all of that.</summary>
    public bool HasHeard { get; set; }

    /// <summary>The other side has begun to say that.</summary>
    public bool IsHearing { get; set; }

    /// <summary>When this may be said again on a stream, or more of it.</summary>
    public long TellAtMs { get; set; }

    /// <summary>How far a list has got that takes several records.</summary>
    public int Cursor { get; set; }

    /// <summary>Ids in that list so far.</summary>
    public int ListedCount { get; set; }

    /// <summary>Bits that are due in answer to a list.</summary>
    public ulong WantBits { get; set; }

    /// <summary>How many; 0 when no answer is due.</summary>
    public int WantCount { get; set; }

    /// <summary>Frames named that wait for the other side's answer.</summary>
    public int NamedCount { get; private set; }

    /// <summary>Fragments out; a contact's only.</summary>
    public FragmentWriter Writer => _writer!;

    /// <summary>Fragments in; a contact's only.</summary>
    public FragmentReader Reader => _reader!;

    /// <summary>Both hellos are through.</summary>
    public bool HasMet => IsHelloSent && IsHelloReceived;

    /// <summary>Frames that are sent and not known to have arrived.</summary>
    public int UnderWayCount { get; private set; }

    /// <summary>Takes it into use.</summary>
    public void Open(LinkKind kind, bool initiator, ulong neighbour, long nowMs)
    {
        State = LinkState.Open;
        Kind = kind;
        Initiator = initiator;
        Neighbour = neighbour;
        Target = -1;
        OpenedMs = ReceivedMs = SentMs = nowMs;
        RecordsSent = RecordsReceived = 0;
        IsOpeningSent = IsOpeningReceived = IsHelloSent = IsHelloReceived = IsDoneSent = IsDoneReceived = false;
        IsPingDue = IsPongDue = IsMesh = HasTold = IsTelling = HasHeard = IsHearing = false;
        TellAtMs = nowMs;
        Cursor = ListedCount = WantCount = NamedCount = UnderWayCount = 0;
        Salt = 0;
        _fragments = _acknowledged = 0;
        if (kind == LinkKind.Contact)
        {
            _reader ??= new FragmentReader(PeerRecord.SizeMax);
            _writer ??= new FragmentWriter(PeerRecord.SizeMax);
            _reader.Reset();
            _writer.Reset();
        }
    }

    /// <summary>A record of so many bytes goes out in fragments now.</summary>
    public void CountFragments(int bytes)
    {
        _fragments += 1 + (uint)((Math.Max(0, bytes - FirstRoom) + FurtherRoom - 1) / FurtherRoom);
    }

    /// <summary>A frame goes out in the fragments counted last.</summary>
    public void NoteUnderWay(int slot, uint arrival, bool eager)
    {
        _underWay[UnderWayCount++] = (slot, arrival, _fragments, eager);
    }

    /// <summary>Takes an acknowledgement.</summary>
    /// <returns>False when it is of what was never sent.</returns>
    public bool Acknowledge(uint expected)
    {
        if (!_writer!.Acknowledge(expected))
        {
            return false;
        }

        _acknowledged += (expected - _acknowledged) & 0xFF;
        return true;
    }

    /// <summary>Takes the oldest frame under way off the list if it has arrived, or if all are asked for.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryTakeUnderWay(bool all, out (int Slot, uint Arrival, uint End, bool Eager) frame)
    {
        frame = _underWay[0];
        if (UnderWayCount == 0 || (!all && (int)(_acknowledged - frame.End) < 0))
        {
            return false;
        }

        UnderWayCount--;
        _underWay[0] = _underWay[1];
        return true;
    }

    /// <summary>A frame was named.</summary>
    public void NoteNamed(int slot, uint arrival)
    {
        _named ??= new (short Slot, uint Arrival)[PeerRecord.IdsMax];
        _named[NamedCount++] = ((short)slot, arrival);
    }

    /// <summary>A frame that was named.</summary>
    public (int Slot, uint Arrival) NamedAt(int index) => _named![index];

    /// <summary>The list is answered, or never will be.</summary>
    public void ForgetNamed() => NamedCount = 0;
}
