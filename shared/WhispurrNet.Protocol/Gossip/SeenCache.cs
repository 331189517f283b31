namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The message ids that a node has seen, newest first out of a ring, longer than it holds the frames. Lookup, adding
    /// and forgetting take constant time: open addressing with linear probing beside the ring.
    /// </summary>
    /// <remarks>
    /// When full, the oldest id whose frame is no longer held is forgotten. An id keeps the number of the store slot
    /// that holds its frame, so that a copy finds the held one without a search.
    /// </remarks>
    public sealed class SeenCache
    {
        /// <summary>Says that an id is not known, or that its frame is not held.</summary>
        public const int None = -1;

        private readonly ulong[] _ids;
        private readonly ushort[] _slots;
        private readonly ushort[] _index;
        private readonly ulong _secret;
        private readonly int _mask;
        private int _next;
        private int _count;

        /// <summary>An empty cache.</summary>
        /// <param name="capacity">Ids remembered, 1 to 32,768; more than the frames held at once.</param>
        /// <param name="secret">Random: keeps others from choosing ids that collide in the index.</param>
        public SeenCache(int capacity, ulong secret)
        {
            int size = 4;
            while (size < capacity * 2)
            {
                size *= 2;
            }

            _ids = new ulong[capacity];
            _slots = new ushort[capacity];
            _index = new ushort[size];
            _mask = size - 1;
            _secret = secret | 1;
        }

        /// <summary>Ids remembered now.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Position of an id in the cache, or <see cref="None"/>.</summary>
        public int Find(ulong id)
        {
            int at = Home(id);
            while (_index[at] != 0)
            {
                int position = _index[at] - 1;
                if (_ids[position] == id)
                {
                    return position;
                }

                at = (at + 1) & _mask;
            }

            return None;
        }

        /// <summary>The store slot that holds the frame of the id at a position, or <see cref="None"/>.</summary>
        public int SlotAt(int position)
        {
            return _slots[position] - 1;
        }

        /// <summary>The id that was added <paramref name="age"/> steps before the newest.</summary>
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
        /// <param name="slot">The store slot of its frame, or <see cref="None"/>.</param>
        public void Add(ulong id, int slot)
        {
            if (_count == _ids.Length)
            {
                // Frames held are fewer than ids, so a position without a frame comes within one turn.
                int tries = _ids.Length;
                while (_slots[_next] != 0 && tries > 0)
                {
                    Advance();
                    tries--;
                }

                RemoveFromIndex(_next);
            }
            else
            {
                _count++;
            }

            _ids[_next] = id;
            _slots[_next] = (ushort)(slot + 1);
            int at = Home(id);
            while (_index[at] != 0)
            {
                at = (at + 1) & _mask;
            }

            _index[at] = (ushort)(_next + 1);
            Advance();
        }

        /// <summary>Notes that the frame of an id is no longer held; the id stays among the seen.</summary>
        public void Release(ulong id)
        {
            int position = Find(id);
            if (position != None)
            {
                _slots[position] = 0;
            }
        }

        private void Advance()
        {
            _next++;
            if (_next == _ids.Length)
            {
                _next = 0;
            }
        }

        private int Home(ulong id)
        {
            return (int)((id * _secret) >> 40) & _mask;
        }

        /// <summary>Takes a position out of the index, moving later entries of the run back (no tombstones).</summary>
        private void RemoveFromIndex(int position)
        {
            int hole = Home(_ids[position]);
            while (_index[hole] != position + 1)
            {
                hole = (hole + 1) & _mask;
            }

            int at = hole;
            while (true)
            {
                at = (at + 1) & _mask;
                if (_index[at] == 0)
                {
                    break;
                }

                // An entry may move into the hole unless its home lies behind the hole, cyclically.
                int home = Home(_ids[_index[at] - 1]);
                if (((at - home) & _mask) >= ((at - hole) & _mask))
                {
                    _index[hole] = _index[at];
                    hole = at;
                }
            }

            _index[hole] = 0;
        }
    }
}
