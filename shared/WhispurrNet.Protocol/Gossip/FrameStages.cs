namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// What is still to be done with each frame held, on one link: to be named, named in the open offer, to be sent,
    /// handed over, or nothing. One byte a slot.
    /// </summary>
    public sealed class FrameStages
    {
        private const byte Nothing = 0;
        private const byte ToOffer = 1;
        private const byte ToSend = 2;
        private const byte Handed = 3;
        private const byte FirstOffered = 4;

        private readonly byte[] _stages;
        private int _toOffer;
        private int _toSend;
        private int _last;

        /// <summary>Nothing to be done, over a store of so many slots.</summary>
        public FrameStages(int capacity)
        {
            _stages = new byte[capacity];
        }

        /// <summary>Frames to be named.</summary>
        public int ToOfferCount
        {
            get { return _toOffer; }
        }

        /// <summary>Frames to be sent.</summary>
        public int ToSendCount
        {
            get { return _toSend; }
        }

        /// <summary>The slot of the frame that was last to be named or sent: the only one, as a rule, where one is.</summary>
        internal int Last
        {
            get { return _last; }
        }

        /// <summary>True when nothing is to be done with the frame of a slot, or it was handed over.</summary>
        public bool IsSettled(int slot)
        {
            return _stages[slot] == Nothing || _stages[slot] == Handed;
        }

        /// <summary>True when the frame of a slot is to be named.</summary>
        public bool IsToOffer(int slot)
        {
            return _stages[slot] == ToOffer;
        }

        /// <summary>True when the frame of a slot is to be sent.</summary>
        public bool IsToSend(int slot)
        {
            return _stages[slot] == ToSend;
        }

        /// <summary>
        /// The slot of the frame that stands at a place of the open offer, or <see cref="FrameStore.None"/> when the
        /// frame is gone or the other side has it.
        /// </summary>
        /// <param name="index">0 to 63.</param>
        public int OfferedAt(int index)
        {
            for (int slot = 0; slot < _stages.Length; slot++)
            {
                if (_stages[slot] == FirstOffered + index)
                {
                    return slot;
                }
            }

            return FrameStore.None;
        }

        /// <summary>The frame of a slot is to be named.</summary>
        public void SetToOffer(int slot)
        {
            Set(slot, ToOffer);
        }

        /// <summary>The frame of a slot was named.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="index">Its place in the offer, 0 to 63.</param>
        public void SetOffered(int slot, int index)
        {
            Set(slot, (byte)(FirstOffered + index));
        }

        /// <summary>The frame of a slot is to be sent.</summary>
        public void SetToSend(int slot)
        {
            Set(slot, ToSend);
        }

        /// <summary>The frame of a slot was handed over; whether it arrived, the end of the contact shows.</summary>
        public void SetHanded(int slot)
        {
            Set(slot, Handed);
        }

        /// <summary>True when the frame of a slot was handed over.</summary>
        public bool IsHanded(int slot)
        {
            return _stages[slot] == Handed;
        }

        /// <summary>Nothing is to be done with the frame of a slot: it is gone, or the other side has it.</summary>
        public void Clear(int slot)
        {
            Set(slot, Nothing);
        }

        /// <summary>Nothing is to be done with any frame.</summary>
        public void ClearAll()
        {
            System.Array.Clear(_stages, 0, _stages.Length);
            _toOffer = 0;
            _toSend = 0;
        }

        private void Set(int slot, byte stage)
        {
            byte before = _stages[slot];
            _toOffer += (stage == ToOffer ? 1 : 0) - (before == ToOffer ? 1 : 0);
            _toSend += (stage == ToSend ? 1 : 0) - (before == ToSend ? 1 : 0);
            _stages[slot] = stage;
            if (stage == ToOffer || stage == ToSend)
            {
                _last = slot;
            }
        }
    }
}
