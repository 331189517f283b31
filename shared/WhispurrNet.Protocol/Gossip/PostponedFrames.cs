namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Strangers' frames that found no room before they were handed on. They stay among the seen for a while only, and
    /// are then taken again if a neighbour still names them (PROTOCOL.md, "Receiving a frame").
    /// </summary>
    /// <remarks>When full, a further one takes the place of the oldest, which then stays among the seen.</remarks>
    public sealed class PostponedFrames
    {
        /// <summary>Frames remembered.</summary>
        public const int Capacity = 8;

        /// <summary>How long a frame is postponed at first.</summary>
        public const int WaitMs = 60 * 1000;

        /// <summary>How long at most.</summary>
        public const int WaitMaxMs = 16 * WaitMs;

        private readonly ulong[] _ids = new ulong[Capacity];
        private int _count;
        private int _waitMs = WaitMs;
        private long _dueMs;

        /// <summary>Postpones a frame.</summary>
        public void Add(ulong id, long nowMs)
        {
            if (_count == 0)
            {
                _dueMs = nowMs + _waitMs;
            }

            _ids[_count % Capacity] = id;
            _count++;
        }

        /// <summary>A stranger's frame was handed on: from now on the wait is short again.</summary>
        public void NoteHandedOn()
        {
            _waitMs = WaitMs;
        }

        /// <summary>
        /// When it is time, takes the postponed frames out of the seen. The wait doubles: where nobody takes strangers'
        /// frames on, they need not come again every minute.
        /// </summary>
        /// <returns>False when there are none, or it is not time yet.</returns>
        public bool Release(SeenCache seen, FrameStore held, long nowMs)
        {
            if (_count == 0 || nowMs < _dueMs)
            {
                return false;
            }

            for (int i = 0; i < Capacity && i < _count; i++)
            {
                if (held.Find(_ids[i]) == FrameStore.None)
                {
                    seen.Forget(_ids[i]);
                }
            }

            _count = 0;
            _waitMs = _waitMs >= WaitMaxMs ? WaitMaxMs : _waitMs * 2;
            return true;
        }
    }
}
