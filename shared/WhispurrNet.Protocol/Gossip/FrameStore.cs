using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The frames that a node holds, in a fixed number of slots of one buffer. A frame is copied in and stays until it
    /// expires or is evicted; its hop budget is kept in its own field.
    /// </summary>
    public sealed partial class FrameStore
    {
        /// <summary>No slot.</summary>
        public const int None = -1;

        /// <summary>Sources from here on are one neighbour each: 0 is this node, the others are many together.</summary>
        public const int FirstNeighbour = 3;

        /// <summary>The slot holds a frame.</summary>
        public const byte Used = 1;

        /// <summary>Admitted by this node's network; otherwise a stranger's.</summary>
        public const byte Own = 2;

        /// <summary>This node is its origin.</summary>
        public const byte Mine = 4;

        /// <summary>A key of the ring matches, and the application has not had it yet.</summary>
        public const byte Pending = 8;

        /// <summary>An emergency, known as one because a key of the ring opened it.</summary>
        public const byte Emergency = 16;

        /// <summary>A neighbour is known to have it too; for a stranger's frame, one that it was handed on to.</summary>
        public const byte Shared = 32;

        /// <summary>
        /// It lies in a mailbox of this node: opening it takes curve operations. Of a frame of mine: a direct whisper that is
        /// not acknowledged yet.
        /// </summary>
        public const byte Direct = 64;

        /// <summary>A contact card, known as one because it was opened or made here.</summary>
        public const byte Card = 128;

        /// <summary>
        /// A part of a whisper that waits for another part, or for a place to be put together: such a frame is no card. It is
        /// evicted like any other, and may then be taken again.
        /// </summary>
        public const byte Waiting = Direct | Card;

        // In a stranger's frame the two highest bits count how often it was declined; only own ones are cards or direct.
        private const byte OneDecline = 64;
        private const byte DeclinedOften = 192;

        private const int HolderBits = 16;
        private const int ArrivalUnitMs = 64;

        private readonly byte[] _buffer;
        private readonly ulong[] _ids;
        private readonly IdIndex _index;
        private readonly SlotGroups _groups;
        private readonly long[] _deadlines;
        private readonly uint[] _spareSeconds;

        // In a free slot: the number of the next one. The chain of free slots needs no room of its own.
        private readonly uint[] _arrivals;
        private readonly byte[] _flags;
        private readonly byte[] _sources;
        private readonly ushort[] _holders;
        private readonly ushort[] _broughtBy;
        private readonly int _frameSize;
        private uint _arrival;
        private int _firstFree;
        private int _count;
        private int _strangers;

        /// <summary>An empty store.</summary>
        /// <param name="capacity">Slots, 1 to 32,767.</param>
        /// <param name="frameSize">Bytes of a frame.</param>
        /// <param name="sources">Whom frames may be put down to, 1 to 256: the first is this node itself.</param>
        public FrameStore(int capacity, int frameSize, int sources)
        {
            _frameSize = frameSize;
            _buffer = new byte[capacity * frameSize];
            _ids = new ulong[capacity];
            _index = new IdIndex(capacity);
            _groups = capacity > ExaminedMax ? new SlotGroups(capacity) : null;
            _deadlines = new long[capacity];
            _spareSeconds = new uint[capacity];
            _arrivals = new uint[capacity];
            _flags = new byte[capacity];
            _sources = new byte[capacity];
            _holders = new ushort[capacity];
            _broughtBy = new ushort[sources];
            for (int i = 0; i < capacity; i++)
            {
                _arrivals[i] = (uint)(i + 1);
            }
        }

        /// <summary>Slots.</summary>
        public int Capacity
        {
            get { return _flags.Length; }
        }

        /// <summary>Frames held.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Strangers' frames among them.</summary>
        public int Strangers
        {
            get { return _strangers; }
        }

        /// <summary>Holds every slot. Not copied.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Where the frame of a slot starts in <see cref="Buffer"/>.</summary>
        public int OffsetOf(int slot)
        {
            return slot * _frameSize;
        }

        /// <summary>The slot of a frame held, or <see cref="None"/>.</summary>
        /// <param name="id">First eight bytes of its message id, of which the last six count, as among the seen.</param>
        public int Find(ulong id)
        {
            for (int slot = _index.First(id); slot != IdIndex.None; slot = _index.Next(slot))
            {
                if (((_ids[slot] ^ id) & SeenCache.KeptBits) == 0)
                {
                    return slot;
                }
            }

            return None;
        }

        /// <summary>First eight bytes of the message id.</summary>
        public ulong IdAt(int slot)
        {
            return _ids[slot];
        }

        /// <summary>When the frame's lifetime ends, milliseconds of the node's clock.</summary>
        public long DeadlineAt(int slot)
        {
            return _deadlines[slot];
        }

        /// <summary>Latest deadline that copies may raise this one to, in whole seconds from it.</summary>
        public long ClampAt(int slot)
        {
            return _deadlines[slot] + ((long)_spareSeconds[slot] * 1000);
        }

        /// <summary>Hop budget as received, 0 to 10.</summary>
        public int HopsAt(int slot)
        {
            return FrameCodec.ReadHopBudget(_buffer, slot * _frameSize, _frameSize);
        }

        /// <summary>When a frame came, in units of 64 ms, and larger than that of any before it.</summary>
        public uint ArrivalAt(int slot)
        {
            return _arrivals[slot];
        }

        /// <summary>The arrival of the frame that came last; 0 before the first.</summary>
        public uint LastArrival
        {
            get { return _arrival; }
        }

        /// <summary>The arrival of a frame that comes at a time.</summary>
        public static uint ArrivalOf(long nowMs)
        {
            return (uint)(nowMs / ArrivalUnitMs);
        }

        /// <summary>Who brought a frame; 0 is this node itself.</summary>
        public int SourceAt(int slot)
        {
            return _sources[slot];
        }

        /// <summary>Notes that a neighbour has the frame of a slot.</summary>
        public void NoteHolder(int slot, int source)
        {
            _holders[slot] = (ushort)(_holders[slot] | HolderBit(source));
        }

        /// <summary>Whom frames may be put down to.</summary>
        public int Sources
        {
            get { return _broughtBy.Length; }
        }

        /// <summary>What goes first on a link: 2 an emergency, 1 another frame of this network, 0 a stranger's.</summary>
        public uint PriorityOf(int slot)
        {
            return Has(slot, Emergency) ? 2u : Has(slot, Own) ? 1u : 0u;
        }

        /// <summary>Frames held that have all bits of <paramref name="flag"/>.</summary>
        public int CountOf(byte flag)
        {
            int count = 0;
            for (int i = 0; i < _flags.Length; i++)
            {
                count += Has(i, flag) ? 1 : 0;
            }

            return count;
        }

        /// <summary>True when all bits of <paramref name="flag"/> are set.</summary>
        public bool Has(int slot, byte flag)
        {
            return (_flags[slot] & flag) == flag;
        }

        /// <summary>Sets bits.</summary>
        public void Set(int slot, byte flag)
        {
            _flags[slot] = (byte)(_flags[slot] | flag);
        }

        /// <summary>Clears bits.</summary>
        public void Clear(int slot, byte flag)
        {
            _flags[slot] = (byte)(_flags[slot] & (0xFF ^ flag));
        }

        /// <summary>
        /// Notes that a neighbour did not want a stranger's frame. Once that may be the one it came from; after three times
        /// the frame is hardly a last copy, and no longer keeps others out.
        /// </summary>
        public void NoteDeclined(int slot)
        {
            if (_flags[slot] < DeclinedOften)
            {
                _flags[slot] = (byte)(_flags[slot] + OneDecline);
            }
        }

        /// <summary>Raises hop budget and deadline of a held frame to those of a better copy.</summary>
        /// <returns>True when anything changed.</returns>
        public bool Upgrade(int slot, int hops, long deadlineMs)
        {
            bool changed = false;
            if (hops > HopsAt(slot))
            {
                _buffer[(slot * _frameSize) + FrameLayout.HopBudgetOffset(_frameSize)] = (byte)hops;
                changed = true;
            }

            long clampMs = ClampAt(slot);
            long limit = deadlineMs < clampMs ? deadlineMs : clampMs;
            if (limit > _deadlines[slot])
            {
                SetDeadline(slot, limit, clampMs);
                changed = true;
            }

            return changed;
        }

        /// <summary>Ends a held frame no later than this, copies or not.</summary>
        public void Clamp(int slot, long clampMs)
        {
            long deadlineMs = _deadlines[slot];
            long heldMs = ClampAt(slot);
            SetDeadline(slot, clampMs < deadlineMs ? clampMs : deadlineMs, clampMs < heldMs ? clampMs : heldMs);
        }

        /// <summary>Takes the frame that was written into a free slot of <see cref="Buffer"/>.</summary>
        /// <param name="slot">From <see cref="ChooseSlot"/>, free.</param>
        /// <param name="id">First eight bytes of its message id.</param>
        /// <param name="flags">Besides <see cref="Used"/>.</param>
        /// <param name="deadlineMs">End of its lifetime.</param>
        /// <param name="clampMs">Latest end that copies may raise it to.</param>
        /// <param name="source">Who brought it; 0 is this node itself.</param>
        /// <param name="nowMs">Now.</param>
        public void Commit(int slot, ulong id, byte flags, long deadlineMs, long clampMs, int source, long nowMs)
        {
            TakeFree(slot);
            _ids[slot] = id;
            _index.Add(id, slot);
            SetDeadline(slot, deadlineMs, clampMs);
            _arrivals[slot] = NextArrival(nowMs);
            _flags[slot] = (byte)(flags | Used);
            _sources[slot] = (byte)source;
            _holders[slot] = HolderBit(source);
            _broughtBy[source]++;
            _count++;
            if ((flags & Own) == 0)
            {
                _strangers++;
            }

            if (_groups != null)
            {
                _groups.Add(slot, (flags & Own) != 0);
            }
        }

        /// <summary>A frame counts as one that comes only now: nobody has heard of it before.</summary>
        public void Restamp(int slot, long nowMs)
        {
            _arrivals[slot] = NextArrival(nowMs);
        }

        /// <summary>Empties a slot in use.</summary>
        public void Remove(int slot)
        {
            if ((_flags[slot] & Own) == 0)
            {
                _strangers--;
            }

            if (_groups != null)
            {
                _groups.Remove(slot, (_flags[slot] & Own) != 0);
            }

            _broughtBy[_sources[slot]]--;
            _index.Remove(_ids[slot], slot);
            _arrivals[slot] = (uint)_firstFree;
            _firstFree = slot;
            _flags[slot] = 0;
            _count--;
        }

        /// <summary>
        /// It would take a flood of more than one frame in each unit of time to push this ahead of the time.
        /// </summary>
        private uint NextArrival(long nowMs)
        {
            uint now = ArrivalOf(nowMs);
            _arrival = now > _arrival ? now : _arrival + 1;
            return _arrival;
        }

        /// <summary>
        /// Sixteen bits tell a small board's neighbours apart; on others some share one. Those who share an account have none:
        /// it would be waited for in vain.
        /// </summary>
        private static ushort HolderBit(int source)
        {
            return source < FirstNeighbour ? (ushort)0 : (ushort)(1u << (source % HolderBits));
        }

        private void SetDeadline(int slot, long deadlineMs, long clampMs)
        {
            _deadlines[slot] = deadlineMs;
            _spareSeconds[slot] = (uint)((clampMs - deadlineMs) / 1000);
        }

        /// <summary>Takes a slot out of the chain of free ones: as a rule the first.</summary>
        private void TakeFree(int slot)
        {
            if (slot == _firstFree)
            {
                _firstFree = (int)_arrivals[slot];
                return;
            }

            int before = _firstFree;
            while (_arrivals[before] != (uint)slot)
            {
                before = (int)_arrivals[before];
            }

            _arrivals[before] = _arrivals[slot];
        }
    }
}
