namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The message ids that a node has seen, in a ring, longer than it holds the frames. A lookup goes through the
    /// ring: a millisecond on a board, and half the memory of a ring with an index.
    /// </summary>
    /// <remarks>When full, the oldest id whose frame is no longer held is forgotten.</remarks>
    public sealed class SeenCache
    {
        /// <summary>Says that an id is not known.</summary>
        public const int None = -1;

        private readonly ulong[] _ids;
        private readonly FrameStore _held;
        private int _next;
        private int _count;

        /// <summary>An empty cache.</summary>
        /// <param name="capacity">Ids remembered, 1 or more; more than the frames held at once.</param>
        /// <param name="held">The frames held, whose ids are not forgotten; null when there are none.</param>
        public SeenCache(int capacity, FrameStore held)
        {
            _ids = new ulong[capacity];
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
            ulong[] ids = _ids;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                if (ids[i] == id)
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>The position of the id that was added <paramref name="age"/> steps before the newest.</summary>
        /// <param name="age">0 for the newest, less than <see cref="Count"/>.</param>
        public int PositionByAge(int age)
        {
            int position = _next - 1 - age;
            return position < 0 ? position + _ids.Length : position;
        }

        /// <summary>The id at a position below <see cref="Count"/>.</summary>
        public ulong IdAt(int position)
        {
            return _ids[position];
        }

        /// <summary>Remembers an id that is not in the cache.</summary>
        /// <param name="id">First eight bytes of a message id.</param>
        public void Add(ulong id)
        {
            if (_count < _ids.Length)
            {
                _count++;
            }
            else
            {
                // Frames held are fewer than ids, so a position without a frame comes within one turn.
                for (int tries = _ids.Length; tries > 0 && IsHeld(_ids[_next]); tries--)
                {
                    Advance();
                }
            }

            _ids[_next] = id;
            Advance();
        }

        /// <summary>Forgets an id, if it is known. Its place stays until the ring comes round to it.</summary>
        public void Forget(ulong id)
        {
            int position = Find(id);
            if (position != None)
            {
                _ids[position] = 0;
            }
        }

        private bool IsHeld(ulong id)
        {
            return _held != null && _held.Find(id) != FrameStore.None;
        }

        private void Advance()
        {
            _next++;
            if (_next == _ids.Length)
            {
                _next = 0;
            }
        }
    }
}
