namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Says where an id stands in a table, however large that is: for each of so many buckets a chain of the places whose ids
    /// fall into it. The owner of the table keeps the ids themselves.
    /// </summary>
    /// <remarks>
    /// Two to four places are in a full chain on average. Ids are hashes, so they spread by themselves; whoever grinds
    /// frames until theirs fall into one bucket makes a lookup as slow as going through the table, and no slower. A place and
    /// a chain take one byte each in a table of up to 254, two in a larger one; there is a chain for every two to four places.
    /// </remarks>
    internal sealed class IdIndex
    {
        /// <summary>No place.</summary>
        internal const int None = -1;

        private const int NarrowMax = 254;

        // Places are kept as their number and one, so that what is new is empty. The high bytes are there when needed.
        private readonly byte[] _low;
        private readonly byte[] _high;
        private readonly int _buckets;

        /// <summary>An index without ids.</summary>
        /// <param name="capacity">Places of the table, 1 to 32,768.</param>
        internal IdIndex(int capacity)
        {
            _buckets = 1;
            while (_buckets * 4 <= capacity)
            {
                _buckets *= 2;
            }

            // The heads of the chains come first, then what follows on each place.
            _low = new byte[_buckets + capacity];
            _high = capacity > NarrowMax ? new byte[_buckets + capacity] : null;
        }

        /// <summary>The first place whose id may be this one, or <see cref="None"/>.</summary>
        internal int First(ulong id)
        {
            return At((int)(id & (ulong)(_buckets - 1)));
        }

        /// <summary>The place after another of the same chain, or <see cref="None"/>.</summary>
        internal int Next(int place)
        {
            return At(_buckets + place);
        }

        /// <summary>An id stands at a place from now on.</summary>
        internal void Add(ulong id, int place)
        {
            int head = (int)(id & (ulong)(_buckets - 1));
            Set(_buckets + place, At(head));
            Set(head, place);
        }

        /// <summary>An id does not stand at a place any more. Nothing happens when it did not.</summary>
        internal void Remove(ulong id, int place)
        {
            int at = (int)(id & (ulong)(_buckets - 1));
            for (int found = At(at); found != None; found = At(at))
            {
                if (found == place)
                {
                    Set(at, At(_buckets + place));
                    return;
                }

                at = _buckets + found;
            }
        }

        private int At(int index)
        {
            uint kept = _low[index];
            if (_high != null)
            {
                kept |= (uint)_high[index] << 8;
            }

            return (int)kept - 1;
        }

        private void Set(int index, int place)
        {
            uint kept = (uint)(place + 1);
            _low[index] = (byte)(kept & 0xFF);
            if (_high != null)
            {
                _high[index] = (byte)(kept >> 8);
            }
        }
    }
}
