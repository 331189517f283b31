using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The message ids that a node has seen, in a ring, longer than it holds the frames, with an index: a lookup costs
    /// the same however many they are.
    /// </summary>
    /// <remarks>
    /// Six bytes of an id are kept, the last of its first eight: among a few hundred no two are alike by chance, and who
    /// wants a frame of the same six to be at a node before the good one has minutes for 2^48 tries. When full, the oldest
    /// id whose frame is no longer held is forgotten.
    /// </remarks>
    public sealed class SeenCache
    {
        /// <summary>Says that an id is not known.</summary>
        public const int None = -1;

        /// <summary>What is remembered of an id.</summary>
        internal const ulong KeptBits = 0xFFFFFFFFFFFF;

        private const int IdSize = 6;

        private readonly byte[] _ids;
        private readonly IdIndex _index;
        private readonly FrameStore _held;
        private int _next;
        private int _count;

        /// <summary>An empty cache.</summary>
        /// <param name="capacity">Ids remembered, 1 or more; more than the frames held at once.</param>
        /// <param name="held">The frames held, whose ids are not forgotten; null when there are none.</param>
        public SeenCache(int capacity, FrameStore held)
        {
            _ids = new byte[capacity * IdSize];
            _index = new IdIndex(capacity);
            _held = held;
        }

        /// <summary>Ids remembered now.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Position of an id in the cache, or <see cref="None"/>.</summary>
        public int Find(ulong id)
        {
            byte last = (byte)(id & 0xFF);
            ulong kept = id & KeptBits;
            for (int position = _index.First(id); position != IdIndex.None; position = _index.Next(position))
            {
                if (_ids[position * IdSize] == last && IdAt(position) == kept)
                {
                    return position;
                }
            }

            return None;
        }

        /// <summary>The position of the id that was added <paramref name="age"/> steps before the newest.</summary>
        /// <param name="age">0 for the newest, less than <see cref="Count"/>.</param>
        public int PositionByAge(int age)
        {
            int position = _next - 1 - age;
            return position < 0 ? position + Capacity : position;
        }

        /// <summary>The id at a position below <see cref="Count"/>, its first two bytes zero.</summary>
        public ulong IdAt(int position)
        {
            return ByteOrder.ReadUInt48(_ids, position * IdSize);
        }

        /// <summary>Remembers an id that is not in the cache.</summary>
        /// <param name="id">First eight bytes of a message id.</param>
        public void Add(ulong id)
        {
            if (_count < Capacity)
            {
                _count++;
            }
            else
            {
                // Frames held are fewer than ids, so a position without a frame comes within one turn.
                for (int tries = Capacity; tries > 0 && IsHeld(IdAt(_next)); tries--)
                {
                    Advance();
                }

                _index.Remove(IdAt(_next), _next);
            }

            ByteOrder.WriteUInt48(_ids, _next * IdSize, id);
            _index.Add(id, _next);
            Advance();
        }

        /// <summary>Forgets an id, if it is known. Its place stays until the ring comes round to it.</summary>
        public void Forget(ulong id)
        {
            int position = Find(id);
            if (position != None)
            {
                _index.Remove(id, position);
                ByteOrder.WriteUInt48(_ids, position * IdSize, 0);
            }
        }

        private int Capacity
        {
            get { return _ids.Length / IdSize; }
        }

        private bool IsHeld(ulong id)
        {
            return _held != null && _held.Find(id) != FrameStore.None;
        }

        private void Advance()
        {
            _next++;
            if (_next == Capacity)
            {
                _next = 0;
            }
        }
    }
}
