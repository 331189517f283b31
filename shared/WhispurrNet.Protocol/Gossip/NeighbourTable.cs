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

        private const int TimesEach = 3;
        private const int MetTime = 1;
        private const int AvoidTime = 2;
        private const byte FailuresMask = 0x07;
        private const byte FailuresMax = 6;
        private const byte FruitlessMask = 0x38;
        private const byte OneFruitless = 0x08;
        private const int FruitlessShift = 3;
        private const uint SaltMask = 0xFFFE;
        private const uint MetUnderSalt = 1;
        private const byte MetFlag = 0x80;
        private const byte AvoidedFlag = 0x40;

        private readonly ulong[] _addresses;
        private readonly NodeStatistics _statistics;

        // Milliseconds modulo 2^32, compared wrap-safe: half the memory, and a node is not heard for 49 days once.
        // Three a neighbour: heard, met, avoid until.
        private readonly uint[] _times;
        private readonly byte[] _flags;

        // Of the advertisement heard last 15 bits of the salt, and whether there was a contact since it began.
        private readonly ushort[] _salts;
        private int _count;

        /// <summary>An empty table.</summary>
        public NeighbourTable(int capacity, NodeStatistics statistics)
        {
            _addresses = new ulong[capacity];
            _times = new uint[capacity * TimesEach];
            _flags = new byte[capacity];
            _salts = new ushort[capacity];
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
                if (SinceHeard(i, nowMs) < ForgetMs)
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
                    _statistics.Add(Counter.NeighboursRefused);
                    return None;
                }

                _addresses[index] = address;
                _flags[index] = 0;
                _salts[index] = 0;
            }
            else if (SinceHeard(index, nowMs) >= ForgetMs)
            {
                // Nobody is left alone for longer; and a time so old may soon look like one to come.
                _flags[index] = (byte)(_flags[index] & (MetFlag | FruitlessMask));
            }

            _times[index * TimesEach] = Low32(nowMs);
            return index;
        }

        /// <summary>Notes that a contact with a neighbour was held.</summary>
        public void Met(ulong address, long nowMs)
        {
            int index = Heard(address, nowMs);
            if (index != None)
            {
                _times[(index * TimesEach) + MetTime] = Low32(nowMs);
                _flags[index] = (byte)((_flags[index] & (AvoidedFlag | FruitlessMask)) | MetFlag);
                _salts[index] = (ushort)(_salts[index] | MetUnderSalt);
            }
        }

        /// <summary>
        /// Notes whether a contact that was held moved any frame: fruitless ones in a row are counted, at most seven.
        /// </summary>
        public void NoteFruit(ulong address, bool carried)
        {
            int index = Find(address);
            if (index == None)
            {
                return;
            }

            if (carried)
            {
                _flags[index] = (byte)(_flags[index] & (0xFF ^ FruitlessMask));
            }
            else if ((_flags[index] & FruitlessMask) != FruitlessMask)
            {
                _flags[index] = (byte)(_flags[index] + OneFruitless);
            }
        }

        /// <summary>Fruitless contacts in a row, 0 to 7.</summary>
        public int FruitlessAt(int index)
        {
            return (_flags[index] & FruitlessMask) >> FruitlessShift;
        }

        /// <summary>Notes the salt of an advertisement just heard, which is another at every start of serving.</summary>
        /// <returns>
        /// True when a contact has been held since that advertisement was made: it says nothing new about the neighbour.
        /// </returns>
        public bool IsKnownSalt(int index, uint salt)
        {
            uint known = _salts[index];
            if ((known & SaltMask) == (salt & SaltMask))
            {
                return (known & MetUnderSalt) != 0;
            }

            _salts[index] = (ushort)(salt & SaltMask);
            return false;
        }

        /// <summary>Notes that a contact was cut: what it was to carry is still to be carried.</summary>
        public void Forget(ulong address)
        {
            int index = Find(address);
            if (index != None)
            {
                _flags[index] = (byte)(_flags[index] & (0xFF ^ MetFlag));
            }
        }

        /// <summary>
        /// Notes that a neighbour could not be reached: it is left alone for 2 s, 4 s, 8 s ... at most 64 s.
        /// </summary>
        public void Failed(ulong address, long nowMs)
        {
            int index = Find(address);
            if (index == None)
            {
                return;
            }

            int failures = _flags[index] & FailuresMask;
            if (failures < FailuresMax)
            {
                failures++;
                _flags[index]++;
            }

            Avoid(address, nowMs + (1000L << failures));
        }

        /// <summary>Leaves an address alone for a while.</summary>
        /// <param name="address">Whom.</param>
        /// <param name="untilMs">Until when, at most <see cref="ForgetMs"/> from now.</param>
        public void Avoid(ulong address, long untilMs)
        {
            int index = Find(address);
            if (index != None)
            {
                _times[(index * TimesEach) + AvoidTime] = Low32(untilMs);
                _flags[index] = (byte)(_flags[index] | AvoidedFlag);
            }
        }

        /// <summary>Milliseconds since the last contact; very large when there was none.</summary>
        public long SinceMet(int index, long nowMs)
        {
            uint since = Low32(nowMs) - _times[(index * TimesEach) + MetTime];
            return (_flags[index] & MetFlag) == 0 ? long.MaxValue : since;
        }

        /// <summary>True while a neighbour is to be left alone.</summary>
        public bool IsAvoided(int index, long nowMs)
        {
            if ((_flags[index] & AvoidedFlag) == 0)
            {
                return false;
            }

            uint left = _times[(index * TimesEach) + AvoidTime] - Low32(nowMs);
            if (left != 0 && left < 0x80000000)
            {
                return true;
            }

            _flags[index] = (byte)(_flags[index] & (0xFF ^ AvoidedFlag));
            return false;
        }

        private static uint Low32(long timeMs)
        {
            return (uint)(timeMs & 0xFFFFFFFF);
        }

        private uint SinceHeard(int index, long nowMs)
        {
            return Low32(nowMs) - _times[index * TimesEach];
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
                if (SinceHeard(i, nowMs) >= ForgetMs)
                {
                    return i;
                }
            }

            return None;
        }
    }
}
