using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>The Bluetooth neighbours that a node has heard lately, and when it met them.</summary>
    /// <remarks>
    /// When full, a newcomer takes the place of one that has not been heard for <see cref="ForgetMs"/>; if there is
    /// none it is refused and counted, so that a flood of made-up addresses cannot push out known neighbours.
    /// </remarks>
    public sealed class NeighbourTable
    {
        /// <summary>No neighbour.</summary>
        public const int None = -1;

        /// <summary>A neighbour not heard for so long may be forgotten, and no longer counts.</summary>
        public const int ForgetMs = 10 * 60 * 1000;

        private const long Never = long.MinValue / 2;

        private readonly ulong[] _addresses;
        private readonly long[] _heardMs;
        private readonly long[] _metMs;
        private readonly long[] _avoidUntilMs;
        private readonly byte[] _failures;
        private readonly NodeStatistics _statistics;
        private int _count;

        /// <summary>An empty table.</summary>
        public NeighbourTable(int capacity, NodeStatistics statistics)
        {
            _addresses = new ulong[capacity];
            _heardMs = new long[capacity];
            _metMs = new long[capacity];
            _avoidUntilMs = new long[capacity];
            _failures = new byte[capacity];
            _statistics = statistics;
        }

        /// <summary>Neighbours remembered.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Neighbours heard or met within <see cref="ForgetMs"/>.</summary>
        public int CountLately(long nowMs)
        {
            int lately = 0;
            for (int i = 0; i < _count; i++)
            {
                if (nowMs - _heardMs[i] < ForgetMs)
                {
                    lately++;
                }
            }

            return lately;
        }

        /// <summary>Notes that a neighbour was heard.</summary>
        /// <returns>Its place, or <see cref="None"/> when there is none for it.</returns>
        public int Heard(ulong address, long nowMs)
        {
            int index = Find(address);
            if (index == None)
            {
                index = PlaceForNew(nowMs);
                if (index == None)
                {
                    _statistics.NeighboursRefused++;
                    return None;
                }

                _addresses[index] = address;
                _metMs[index] = Never;
                _avoidUntilMs[index] = Never;
                _failures[index] = 0;
            }

            _heardMs[index] = nowMs;
            return index;
        }

        /// <summary>Notes that a contact with a neighbour was held.</summary>
        public void Met(ulong address, long nowMs)
        {
            int index = Heard(address, nowMs);
            if (index != None)
            {
                _metMs[index] = nowMs;
                _failures[index] = 0;
            }
        }

        /// <summary>
        /// Notes that a neighbour could not be reached: it is left alone for 2 s, 4 s, 8 s ... at most 64 s.
        /// </summary>
        public void Failed(ulong address, long nowMs)
        {
            int index = Find(address);
            if (index != None)
            {
                if (_failures[index] < 6)
                {
                    _failures[index]++;
                }

                _avoidUntilMs[index] = nowMs + (1000L << _failures[index]);
            }
        }

        /// <summary>Leaves an address alone for a while: it is no node.</summary>
        public void Avoid(ulong address, long untilMs)
        {
            int index = Find(address);
            if (index != None)
            {
                _avoidUntilMs[index] = untilMs;
            }
        }

        /// <summary>Milliseconds since the last contact; very large when there was none.</summary>
        public long SinceMet(int index, long nowMs)
        {
            return nowMs - _metMs[index];
        }

        /// <summary>True while a neighbour is to be left alone.</summary>
        public bool IsAvoided(int index, long nowMs)
        {
            return nowMs < _avoidUntilMs[index];
        }

        private int Find(ulong address)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_addresses[i] == address)
                {
                    return i;
                }
            }

            return None;
        }

        private int PlaceForNew(long nowMs)
        {
            if (_count < _addresses.Length)
            {
                return _count++;
            }

            for (int i = 0; i < _count; i++)
            {
                if (nowMs - _heardMs[i] >= ForgetMs)
                {
                    return i;
                }
            }

            return None;
        }
    }
}
