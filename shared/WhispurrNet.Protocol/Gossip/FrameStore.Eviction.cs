namespace WhispurrNet.Protocol.Gossip
{
    /// <content>Which frame goes when there is no room.</content>
    /// <remarks>
    /// Strangers' frames go before the network's own; among these the neighbour's that brought more than its share before
    /// others', contact cards before whispers, relayed ones before mine;
    /// among them those that a neighbour has too before those that may be the last copy, strangers' that nobody wanted in
    /// between, and then the one that ends soonest. Never an emergency, never a whisper that the application has not seen,
    /// never one of mine that nobody has taken yet or that is direct and not acknowledged; but my own card then goes last.
    /// A store of up to 64 slots, which is a board's, is gone through. In a larger one up to 32 frames stand for all of their kind,
    /// other ones each time, so that it costs the same however many are held. Every frame counts only where neighbours contend for
    /// room, and before one of the network's own goes that may be the last copy.
    /// </remarks>
    public sealed partial class FrameStore
    {
        private const int RankStrangerShared = 0;
        private const int RankStrangerDeclined = 1;
        private const int RankStranger = 2;
        private const int RankCard = 3;
        private const int RankRelayedShared = 4;
        private const int RankRelayed = 5;
        private const int RankMineShared = 6;
        private const int RankProtected = 7;

        private const int AnySource = -1;

        /// <summary>Most slots of a store that is gone through.</summary>
        private const int ExaminedMax = 64;

        /// <summary>Most frames of a larger store that stand for all of their kind.</summary>
        private const int ShareMax = 32;

        /// <summary>The account of members who are not proven, and of what has become everybody's.</summary>
        private const int CommonSource = 2;

        /// <summary>Of the neighbour that brought most, at most this part of the slots waits for others to take it.</summary>
        private const int WaitingPart = 8;

        /// <summary>... but so many always.</summary>
        private const int WaitingMin = 3;

        /// <summary>In so long every neighbour in range is met.</summary>
        private const long StayMs = 5L * 60 * 1000;

        /// <summary>A frame that nobody wants makes room after so long.</summary>
        private const long StayUnsharedMs = 60L * 60 * 1000;

        /// <summary>What whispers live for if nothing else is said, and direct ones too.</summary>
        private const long WorthMs = 60L * 60 * 1000;

        private int _turn;

        /// <summary>
        /// The slot for a new frame: a free one, or the one to be evicted, which the caller must
        /// <see cref="Remove"/> first.
        /// </summary>
        /// <param name="own">True for a frame of this node's network.</param>
        /// <param name="strangersMax">Most strangers' frames at a time.</param>
        /// <param name="deadlineMs">When the new frame's lifetime ends.</param>
        /// <param name="source">Who brings it; 0 is this node itself.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>The slot, or <see cref="None"/> when everything held is worth more.</returns>
        public int ChooseSlot(bool own, int strangersMax, long deadlineMs, int source, long nowMs)
        {
            if (_count < _flags.Length && (own || _strangers < strangersMax))
            {
                return _firstFree;
            }

            int slot = _strangers == 0 ? None : SoonestEnding(RankStrangerShared, RankStranger);
            if (own)
            {
                return slot != None ? slot : ChooseOwn(source, nowMs);
            }

            bool lastCopy = slot != None && RankOf(_flags[slot]) == RankStranger;

            // Frames come newest first. Were the newcomer always taken, the old ones would push out the new.
            return lastCopy && deadlineMs < _deadlines[slot] ? None : slot;
        }

        /// <summary>
        /// Among the network's own frames the neighbour loses first that brought most of them. Who has brought most gets
        /// room only where its own frames are done with; what is beyond waits where it is.
        /// </summary>
        private int ChooseOwn(int source, long nowMs)
        {
            ReleaseMine(nowMs);
            int heaviest = Heaviest();
            if (!IsContended(source))
            {
                return SoonestEnding(RankCard, RankMineShared);
            }

            bool waits = source != 0 && _broughtBy[source] == _broughtBy[heaviest];
            if (waits && CountWaiting(source, nowMs) >= WaitingMax)
            {
                return None;
            }

            int slot = OldestOf(waits ? source : heaviest, waits, nowMs);
            return slot != None || waits ? slot : SoonestEnding(RankCard, RankMineShared);
        }

        /// <summary>
        /// What this node has said, and others have had for long, is worth no more than what anybody has said: or whoever
        /// talks much would carry little.
        /// </summary>
        private void ReleaseMine(long nowMs)
        {
            for (int i = 0; i < _flags.Length && _broughtBy.Length > CommonSource; i++)
            {
                if ((_flags[i] & (Mine | Shared | Direct | Emergency)) == (Mine | Shared)
                    && nowMs - ((long)_arrivals[i] * ArrivalUnitMs) >= StayMs)
                {
                    _flags[i] = (byte)(_flags[i] & (0xFF ^ Mine));
                    _broughtBy[_sources[i]]--;
                    _broughtBy[CommonSource]++;
                    _sources[i] = CommonSource;
                }
            }
        }

        /// <summary>An emergency that others have had for long, the oldest of them; or <see cref="None"/>.</summary>
        public int OldEmergency(long nowMs)
        {
            int oldest = None;
            for (int i = 0; i < _flags.Length; i++)
            {
                if (Has(i, Used | Emergency | Shared) && nowMs - ((long)_arrivals[i] * ArrivalUnitMs) >= StayMs
                    && (oldest == None || _arrivals[i] < _arrivals[oldest]))
                {
                    oldest = i;
                }
            }

            return oldest;
        }

        /// <summary>
        /// How many frames of the network's own a neighbour may bring that find room, if nobody else brings any meanwhile.
        /// </summary>
        public int RoomFor(int source, long nowMs)
        {
            int room = _flags.Length - _count + _strangers;
            int heaviest = Heaviest();
            int less = _broughtBy[heaviest] - _broughtBy[source];
            if (less > 0)
            {
                return room + ((less + 1) / 2);
            }

            int waiting = CountWaiting(source, nowMs);
            int done = _broughtBy[source] - waiting;
            int more = WaitingMax - waiting;
            return room + (done < more ? done : more < 0 ? 0 : more);
        }

        /// <summary>A neighbour's frames that another neighbour has not had yet.</summary>
        private int CountWaiting(int source, long nowMs)
        {
            int waiting = 0;
            ushort all = HoldersOfAny();
            for (int i = 0; i < _flags.Length; i++)
            {
                waiting += _sources[i] == source && _flags[i] != 0 && !IsDone(i, all, nowMs) ? 1 : 0;
            }

            return waiting;
        }

        private int WaitingMax
        {
            get { return _flags.Length / WaitingPart > WaitingMin ? _flags.Length / WaitingPart : WaitingMin; }
        }

        private ushort HoldersOfAny()
        {
            ushort all = 0;
            for (int i = 0; i < _flags.Length; i++)
            {
                all = (ushort)(all | (_flags[i] == 0 ? 0 : _holders[i]));
            }

            return all;
        }

        /// <summary>
        /// A frame is done with when every neighbour has it that has any, or when it stayed for long: a neighbour that takes
        /// nothing is not waited for.
        /// </summary>
        private bool IsDone(int slot, ushort all, long nowMs)
        {
            long stayMs = (_flags[slot] & Shared) != 0 ? StayMs : StayUnsharedMs;
            return _holders[slot] == all || nowMs - ((long)_arrivals[slot] * ArrivalUnitMs) >= stayMs;
        }

        /// <summary>Of a neighbour's frames a card, or one that others have too, the oldest of its kind.</summary>
        internal int OldestOf(int source, bool isDone, long nowMs)
        {
            ushort all = HoldersOfAny();
            int oldest = None;
            int oldestRank = RankRelayed;
            for (int i = 0; i < _flags.Length; i++)
            {
                if (_sources[i] != source)
                {
                    continue;
                }

                int rank = RankOf(_flags[i]);
                bool sooner = rank < oldestRank
                    || (rank == oldestRank && (oldest == None || _arrivals[i] < _arrivals[oldest]));
                if (sooner && (!isDone || IsDone(i, all, nowMs)))
                {
                    oldest = i;
                    oldestRank = rank;
                }
            }

            return oldest;
        }

        /// <summary>
        /// True when the store is full and one neighbour's frames stand where another's want to: with one alone there is
        /// nothing to share out.
        /// </summary>
        /// <param name="source">Who brings another frame; 0 is this node itself.</param>
        public bool IsContended(int source)
        {
            int others = CountSources() - (source != 0 && _broughtBy[source] != 0 ? 1 : 0);
            return _count == _flags.Length && others > 0;
        }

        /// <summary>Neighbours that have brought any of the frames held.</summary>
        public int CountSources()
        {
            int sources = 0;
            for (int i = 1; i < _broughtBy.Length; i++)
            {
                sources += _broughtBy[i] != 0 ? 1 : 0;
            }

            return sources;
        }

        /// <summary>The account that holds most frames of the network's own, this node's own aside; -1 for none.</summary>
        internal int Heaviest()
        {
            int heaviest = AnySource;
            for (int i = 1; i < _broughtBy.Length; i++)
            {
                if (_broughtBy[i] != 0 && (heaviest == AnySource || _broughtBy[i] > _broughtBy[heaviest]))
                {
                    heaviest = i;
                }
            }

            return heaviest;
        }

        /// <summary>Of the lowest rank that there is, the frame that ends soonest.</summary>
        private int SoonestEnding(int rankMin, int rankMax)
        {
            bool own = rankMin > RankStranger;
            if (_groups == null)
            {
                return SoonestAmong(_flags.Length, own, rankMax);
            }

            // Every so many frames make a share; each time it is another one's turn.
            int count = _groups.CountOf(own);
            int shares = (count + ShareMax - 1) / ShareMax;
            int soonest = None;
            for (int i = 0; i < shares && soonest == None; i++)
            {
                _turn = (_turn + 1) % shares;
                soonest = SoonestOfShare(_turn, shares, count, own, rankMax);
            }

            // Before one goes that may be the last copy, all are looked at.
            bool isSpare = !own || soonest == None || RankOf(_flags[soonest]) <= RankRelayedShared;
            return isSpare ? soonest : SoonestAmong(_flags.Length, own, rankMax);
        }

        private int SoonestAmong(int slots, bool own, int rankMax)
        {
            byte kind = (byte)(own ? Used | Own : Used);
            int soonest = None;
            int best = rankMax + 1;
            for (int i = 0; i < slots; i++)
            {
                if ((_flags[i] & (Used | Own)) == kind && IsBetter(i, soonest, best))
                {
                    soonest = i;
                    best = RankOf(_flags[i]);
                }
            }

            return soonest;
        }

        private int SoonestOfShare(int share, int shares, int count, bool own, int rankMax)
        {
            int soonest = None;
            int best = rankMax + 1;
            for (int i = share; i < count; i += shares)
            {
                int slot = _groups.SlotAt(own, i);
                if (IsBetter(slot, soonest, best))
                {
                    soonest = slot;
                    best = RankOf(_flags[slot]);
                }
            }

            return soonest;
        }

        /// <summary>True when a frame should go rather than another of a rank; without another, when its rank is below.</summary>
        private bool IsBetter(int slot, int other, int otherRank)
        {
            int rank = RankOf(_flags[slot]);
            return rank < otherRank
                || (rank == otherRank && other != None && WorthUntil(slot) < WorthUntil(other));
        }

        /// <summary>
        /// When a frame ends, at most an hour from when it came: a longer claim is worth nothing while room is scarce.
        /// </summary>
        private long WorthUntil(int slot)
        {
            long worthMs = ((long)_arrivals[slot] * ArrivalUnitMs) + WorthMs;
            return _deadlines[slot] < worthMs ? _deadlines[slot] : worthMs;
        }

        private static int RankOf(byte flags)
        {
            if ((flags & Used) == 0 || (flags & (Pending | Emergency)) != 0)
            {
                return RankProtected;
            }

            bool shared = (flags & Shared) != 0;
            if ((flags & Own) == 0)
            {
                int unwanted = flags >= DeclinedOften ? RankStrangerDeclined : RankStranger;
                return shared ? RankStrangerShared : unwanted;
            }

            bool mine = (flags & Mine) != 0;
            if ((flags & Waiting) == Card)
            {
                return mine && !shared ? RankMineShared : RankCard;
            }

            if (!mine)
            {
                return shared ? RankRelayedShared : RankRelayed;
            }

            return shared && (flags & Direct) == 0 ? RankMineShared : RankProtected;
        }
    }
}
