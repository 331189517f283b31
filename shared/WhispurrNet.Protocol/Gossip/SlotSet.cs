namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>A set of store slots: one bit a slot, with its count.</summary>
    public sealed class SlotSet
    {
        private readonly byte[] _bits;
        private int _count;

        /// <summary>An empty set over a store of so many slots.</summary>
        public SlotSet(int capacity)
        {
            _bits = new byte[(capacity + 7) / 8];
        }

        /// <summary>Slots in the set.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>True when the slot is in the set.</summary>
        public bool Contains(int slot)
        {
            return ((uint)_bits[slot / 8] & (1u << (slot % 8))) != 0;
        }

        /// <summary>Puts a slot in.</summary>
        public void Add(int slot)
        {
            if (!Contains(slot))
            {
                _bits[slot / 8] = (byte)(_bits[slot / 8] | (1u << (slot % 8)));
                _count++;
            }
        }

        /// <summary>Takes a slot out.</summary>
        public void Remove(int slot)
        {
            if (Contains(slot))
            {
                _bits[slot / 8] = (byte)(_bits[slot / 8] & (0xFFu ^ (1u << (slot % 8))));
                _count--;
            }
        }

        /// <summary>Empties the set.</summary>
        public void Clear()
        {
            System.Array.Clear(_bits, 0, _bits.Length);
            _count = 0;
        }
    }
}
