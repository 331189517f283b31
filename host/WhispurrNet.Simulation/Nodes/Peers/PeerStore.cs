namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>One frame held.</summary>
internal struct StoredFrame
{
    /// <summary>What it says; <see cref="PeerFrame.LifetimeMs"/> is of no use here.</summary>
    public PeerFrame Frame;

    /// <summary>When its lifetime ends.</summary>
    public long DeadlineMs;

    /// <summary>Before that it is not handed on.</summary>
    public long ReadyMs;

    /// <summary>Counts frames as they arrive. It tells a frame from the next one in the same slot, too.</summary>
    public uint Arrival;

    /// <summary>Copies heard, this one included; stays at 255.</summary>
    public byte Copies;

    /// <summary>Neighbours that are still to be found for it.</summary>
    public byte PushesLeft;

    /// <summary>Whether it began here.</summary>
    public bool IsMine;

    /// <summary>Whether a neighbour is known to have it.</summary>
    public bool IsTaken;
}

/// <summary>
/// The frames that a node holds, as many as a board would. The oldest is evicted first; an own one stays until somebody has
/// it, or its time is over.
/// </summary>
internal sealed class PeerStore
{
    /// <summary>No slot.</summary>
    public const int None = -1;

    private const int SlotsAtFirst = 4;

    private readonly int _capacity;
    private readonly TargetSet? _named;
    private StoredFrame[] _frames = [];

    // 0 for a free slot.
    private ulong[] _ids = [];
    private uint _arrivals;

    /// <summary>An empty store.</summary>
    /// <param name="capacity">Slots.</param>
    /// <param name="targets">Targets that frames can go to.</param>
    /// <param name="withNames">Whether frames are also named.</param>
    public PeerStore(int capacity, int targets, bool withNames)
    {
        _capacity = capacity;
        Owed = new TargetSet(targets);
        _named = withNames ? new TargetSet(targets) : null;
    }

    /// <summary>Frames that are to be sent.</summary>
    public TargetSet Owed { get; }

    /// <summary>Frames that are to be named, or to be sent without further hops. Only where the strategy uses it.</summary>
    public TargetSet Named => _named!;

    /// <summary>Most frames held.</summary>
    public int Capacity => _capacity;

    /// <summary>Frames held.</summary>
    public int Count { get; private set; }

    /// <summary>Slots so far: it grows up to <see cref="Capacity"/>.</summary>
    public int Slots => _ids.Length;

    /// <summary>Frames that were evicted before their end.</summary>
    public long Evicted { get; private set; }

    /// <summary>When <see cref="Sweep"/> has something to do at the earliest.</summary>
    public long NextEndMs { get; private set; } = long.MaxValue;

    /// <summary>The frame in a slot in use.</summary>
    public ref StoredFrame this[int slot] => ref _frames[slot];

    /// <summary>Whether a slot is in use.</summary>
    public bool IsUsed(int slot) => _ids[slot] != 0;

    /// <summary>Where a frame lies, or <see cref="None"/>.</summary>
    public int Find(ulong id) => _ids.AsSpan().IndexOf(id);

    /// <summary>Whether a slot still holds the frame that arrived as so many'th.</summary>
    public bool Holds(int slot, uint arrival) => _ids[slot] != 0 && _frames[slot].Arrival == arrival;

    /// <summary>Takes a frame that is not held.</summary>
    /// <returns>Its slot, or <see cref="None"/> when there is no room.</returns>
    public int Add(in PeerFrame frame, bool isMine, long nowMs)
    {
        Sweep(nowMs);
        int slot = FreeSlot();
        if (slot == None)
        {
            return None;
        }

        long endMs = nowMs + frame.LifetimeMs;
        _frames[slot] = new StoredFrame
        {
            Frame = frame,
            DeadlineMs = endMs,
            ReadyMs = nowMs,
            Arrival = ++_arrivals,
            Copies = 1,
            IsMine = isMine,
        };
        _ids[slot] = frame.Id;
        NextEndMs = Math.Min(NextEndMs, endMs);
        Count++;
        return slot;
    }

    /// <summary>Drops the frames whose time is over.</summary>
    public void Sweep(long nowMs)
    {
        if (nowMs < NextEndMs)
        {
            return;
        }

        NextEndMs = long.MaxValue;
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] == 0)
            {
                continue;
            }

            if (_frames[i].DeadlineMs <= nowMs)
            {
                Remove(i);
            }
            else
            {
                NextEndMs = Math.Min(NextEndMs, _frames[i].DeadlineMs);
            }
        }
    }

    /// <summary>The newest frame for a target that may go now, or <see cref="None"/>.</summary>
    public int Newest(TargetSet set, int target, long nowMs)
    {
        if (set.CountOf(target) == 0)
        {
            return None;
        }

        int newest = None;
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] != 0 && set.Has(i, target) && _frames[i].DeadlineMs > nowMs && _frames[i].ReadyMs <= nowMs
                && (newest == None || _frames[i].Arrival > _frames[newest].Arrival))
            {
                newest = i;
            }
        }

        return newest;
    }

    /// <summary>Nothing is for a target any more.</summary>
    public void ForgetTarget(int target)
    {
        Owed.RemoveTarget(target);
        _named?.RemoveTarget(target);
    }

    private int FreeSlot()
    {
        if (Count < _ids.Length)
        {
            return _ids.AsSpan().IndexOf(0UL);
        }

        if (Count < _capacity)
        {
            int first = _ids.Length;
            int slots = Math.Min(_capacity, Math.Max(SlotsAtFirst, first * 2));
            Array.Resize(ref _ids, slots);
            Array.Resize(ref _frames, slots);
            Owed.Grow(slots);
            _named?.Grow(slots);
            return first;
        }

        int oldest = None;
        for (int i = 0; i < _ids.Length; i++)
        {
            bool isLastCopy = _frames[i].IsMine && !_frames[i].IsTaken;
            if (!isLastCopy && (oldest == None || _frames[i].Arrival < _frames[oldest].Arrival))
            {
                oldest = i;
            }
        }

        if (oldest != None)
        {
            Evicted++;
            Remove(oldest);
        }

        return oldest;
    }

    private void Remove(int slot)
    {
        Owed.RemoveSlot(slot);
        _named?.RemoveSlot(slot);
        _ids[slot] = 0;
        Count--;
    }
}
