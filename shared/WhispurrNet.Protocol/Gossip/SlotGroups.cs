namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The slots in use of a large store, strangers' apart from the network's own, so that some of either kind can be looked at
    /// without going through all.
    /// </summary>
    /// <remarks>
    /// One list of all slots in three parts: strangers', own, free. A slot changes its part by changing places with
    /// one at the border.
    /// </remarks>
    internal sealed class SlotGroups
    {
        private readonly ushort[] _slots;
        private readonly ushort[] _places;
        private int _strangers;
        private int _used;

        /// <summary>All slots are free.</summary>
        internal SlotGroups(int capacity)
        {
            _slots = new ushort[capacity];
            _places = new ushort[capacity];
            for (int i = 0; i < capacity; i++)
            {
                _slots[i] = (ushort)i;
                _places[i] = (ushort)i;
            }
        }

        /// <summary>How many slots there are of a kind.</summary>
        internal int CountOf(bool own)
        {
            return own ? _used - _strangers : _strangers;
        }

        /// <summary>One of them.</summary>
        /// <param name="own">Of which kind.</param>
        /// <param name="index">0 to <see cref="CountOf"/> - 1.</param>
        internal int SlotAt(bool own, int index)
        {
            return _slots[own ? _strangers + index : index];
        }

        /// <summary>A free slot is in use from now on.</summary>
        internal void Add(int slot, bool own)
        {
            Swap(_places[slot], _used);
            if (!own)
            {
                Swap(_used, _strangers);
                _strangers++;
            }

            _used++;
        }

        /// <summary>A slot is free from now on.</summary>
        internal void Remove(int slot, bool own)
        {
            int place = _places[slot];
            if (!own)
            {
                _strangers--;
                Swap(place, _strangers);
                place = _strangers;
            }

            _used--;
            Swap(place, _used);
        }

        private void Swap(int place, int other)
        {
            ushort slot = _slots[place];
            ushort otherSlot = _slots[other];
            _slots[place] = otherSlot;
            _slots[other] = slot;
            _places[otherSlot] = (ushort)place;
            _places[slot] = (ushort)other;
        }
    }
}
