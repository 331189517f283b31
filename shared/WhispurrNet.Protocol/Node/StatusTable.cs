using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// How far the last whispers of this node have come. When full the oldest gives way, and is then
    /// <see cref="WhisperStatus.Unknown"/>.
    /// </summary>
    public sealed class StatusTable
    {
        /// <summary>No entry.</summary>
        public const int None = -1;

        private const int FrameOffset = 8;
        private const int StatusOffset = FrameOffset + 8;
        private const int EntrySize = StatusOffset + 1;

        private readonly int _capacity;

        // Made for the first whisper: a board that never sends pays nothing for it.
        private byte[] _entries = new byte[0];
        private int _count;

        /// <summary>An empty table.</summary>
        /// <param name="capacity">Whispers remembered, 1 or more.</param>
        public StatusTable(int capacity)
        {
            _capacity = capacity;
        }

        /// <summary>Whispers remembered now.</summary>
        public int Count
        {
            get { return _count < _capacity ? _count : _capacity; }
        }

        /// <summary>Remembers a whisper that was queued.</summary>
        /// <param name="innerId">Its inner id.</param>
        /// <param name="frameId">The id of its only frame; 0 when somebody else follows its frames.</param>
        public void Add(ulong innerId, ulong frameId)
        {
            if (_entries.Length == 0)
            {
                _entries = new byte[_capacity * EntrySize];
            }

            int at = (_count % _capacity) * EntrySize;
            ByteOrder.WriteUInt64(_entries, at, innerId);
            ByteOrder.WriteUInt64(_entries, at + FrameOffset, frameId);
            _entries[at + StatusOffset] = (byte)WhisperStatus.Queued;

            // Beyond the first turn only the place counts; so the number stays small for ever.
            _count = _count + 1 == 2 * _capacity ? _capacity : _count + 1;
        }

        /// <summary>The place of a whisper, or <see cref="None"/>.</summary>
        public int Find(ulong innerId)
        {
            for (int i = 0; i < Count; i++)
            {
                if (ByteOrder.ReadUInt64(_entries, i * EntrySize) == innerId)
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>The inner id at a place below <see cref="Count"/>.</summary>
        public ulong InnerIdAt(int index)
        {
            return ByteOrder.ReadUInt64(_entries, index * EntrySize);
        }

        /// <summary>The frame to be followed, 0 for none.</summary>
        public ulong FrameIdAt(int index)
        {
            return ByteOrder.ReadUInt64(_entries, (index * EntrySize) + FrameOffset);
        }

        /// <summary>The status at a place.</summary>
        public WhisperStatus StatusAt(int index)
        {
            return (WhisperStatus)_entries[(index * EntrySize) + StatusOffset];
        }

        /// <summary>Changes the status at a place.</summary>
        public void Set(int index, WhisperStatus status)
        {
            _entries[(index * EntrySize) + StatusOffset] = (byte)status;
        }
    }
}
