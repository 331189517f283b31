namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// In which order a node names and sends the frames it holds. While there is room the newest goes first. When the store
    /// is full of the frames of several, neighbours take turns: a frame of the one of whom fewest were named and sent lately, and of its frames the
    /// oldest. So whoever brings most waits longest, and nothing that comes later overtakes.
    /// </summary>
    internal sealed class SourceTurns
    {
        private const byte HadMax = 255;

        private readonly byte[] _had;

        /// <summary>Nobody has had a turn.</summary>
        /// <param name="sources">Whom frames are put down to.</param>
        internal SourceTurns(int sources)
        {
            _had = new byte[sources];
        }

        /// <summary>The larger, the sooner; less than 2^40.</summary>
        internal ulong TurnOf(FrameStore store, int slot)
        {
            if (store.Count < store.Capacity || store.CountSources() < 2)
            {
                return store.ArrivalAt(slot);
            }

            return ((ulong)(byte)(HadMax - _had[store.SourceAt(slot)]) << 32) | (0xFFFFFFFF - store.ArrivalAt(slot));
        }

        /// <summary>Notes a turn: the frame of a slot was named or sent.</summary>
        internal void Note(FrameStore store, int slot)
        {
            int source = store.SourceAt(slot);
            if (_had[source] == HadMax)
            {
                for (int i = 0; i < _had.Length; i++)
                {
                    _had[i] = (byte)((uint)_had[i] / 2);
                }
            }

            _had[source]++;
        }
    }
}
