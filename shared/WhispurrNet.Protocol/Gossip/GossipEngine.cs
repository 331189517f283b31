using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Decides what is kept, for how long, and who gets it: seen cache, store, lifetime clamp, hop budget, shares and
    /// eviction; eager push to three streams, offers to everybody else (PROTOCOL.md, "Gossip").
    /// </summary>
    public sealed class GossipEngine
    {
        /// <summary>A copy must promise this much more before it counts as better: two units of rounding.</summary>
        private const long UpgradeSlackMs = 2 * FrameCodec.LifetimeUnitMs;

        private const long ClampMs = 24L * 60 * 60 * 1000;

        private readonly FrameStore _store;
        private readonly SeenCache _seenOwn;
        private readonly SeenCache _seenStrangers;
        private readonly FrameAuthenticator _authenticator;
        private readonly KeyRing _ring;
        private readonly ChaChaRandom _random;
        private readonly NodeStatistics _statistics;
        private readonly FrameSpreader _spreader;
        private readonly int _frameSize;
        private readonly int _strangersMax;
        private long _nextExpiryMs = long.MaxValue;
        private int _pending;
        private INodeObserver _observer;

        /// <summary>An engine without frames.</summary>
        internal GossipEngine(
            NodeConfiguration configuration,
            FrameAuthenticator authenticator,
            KeyRing ring,
            ChaChaRandom random,
            NodeStatistics statistics,
            LinkSession[] links)
        {
            NodeLimits limits = configuration.Limits;
            _frameSize = configuration.FrameSize;
            _strangersMax = configuration.Network == null ? limits.Frames : limits.StrangerFrames;
            _store = new FrameStore(limits.Frames, _frameSize);
            _seenOwn = new SeenCache(limits.SeenOwn, random.NextUInt64());
            _seenStrangers = new SeenCache(limits.SeenStrangers, random.NextUInt64());
            _authenticator = authenticator;
            _ring = ring;
            _random = random;
            _statistics = statistics;
            _spreader = new FrameSpreader(links, random);
        }

        /// <summary>The frames held.</summary>
        public FrameStore Store
        {
            get { return _store; }
        }

        /// <summary>Ids of this network's frames.</summary>
        public SeenCache SeenOwn
        {
            get { return _seenOwn; }
        }

        /// <summary>Ids of strangers' frames.</summary>
        public SeenCache SeenStrangers
        {
            get { return _seenStrangers; }
        }

        /// <summary>Changes whenever there is something new to relay eagerly.</summary>
        public uint UrgentVersion
        {
            get { return _spreader.UrgentVersion; }
        }

        /// <summary>When the next frame's lifetime ends; never later than the truth.</summary>
        public long NextExpiryMs
        {
            get { return _nextExpiryMs; }
        }

        /// <summary>Watches; may be null.</summary>
        internal INodeObserver Observer
        {
            get { return _observer; }
            set { _observer = value; }
        }

        /// <summary>Takes a frame that came over a link.</summary>
        /// <param name="frame">Holds it; any bytes.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Bytes received.</param>
        /// <param name="from">The link.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal FrameVerdict Receive(
            byte[] frame, int offset, int count, LinkSession from, uint unixSeconds, long nowMs)
        {
            int check = FrameCodec.Check(frame, offset, count, _frameSize);
            if (check != FrameCodec.Accepted)
            {
                return Refuse(VerdictOf(check), from);
            }

            ulong id = _authenticator.MessageId(frame, offset);
            long deadlineMs =
                nowMs + ((long)FrameCodec.ReadLifetimeUnits(frame, offset, _frameSize) * FrameCodec.LifetimeUnitMs);
            int hops = FrameCodec.ReadHopBudget(frame, offset, _frameSize);
            if (IsDuplicate(id, hops, deadlineMs, from))
            {
                return FrameVerdict.Duplicate;
            }

            long clampMs = ClampOf(frame[offset + FrameLayout.ExpiryHourOffset], unixSeconds, nowMs);
            if (clampMs == nowMs)
            {
                return Refuse(FrameVerdict.Expired, from);
            }

            bool own = _authenticator.IsAdmitted(frame, offset);
            deadlineMs = deadlineMs < clampMs ? deadlineMs : clampMs;
            int slot = MakeRoom(own, deadlineMs);
            if (slot == FrameStore.None)
            {
                if (!own)
                {
                    // Remembered, or every contact would bring it again.
                    _seenStrangers.Add(id, SeenCache.None);
                }

                return Refuse(FrameVerdict.NoRoom, from);
            }

            byte flags = own ? FrameStore.Own : (byte)0;
            Keep(slot, frame, offset, id, flags, hops, deadlineMs, clampMs, from);
            return FrameVerdict.Stored;
        }

        /// <summary>Takes a whisper of this node's own, sealed and admitted.</summary>
        /// <returns>Its id, or 0 when everything held is worth more.</returns>
        internal ulong Originate(byte[] frame, int hops, uint lifetimeUnits, long nowMs)
        {
            long deadlineMs = nowMs + ((long)lifetimeUnits * FrameCodec.LifetimeUnitMs);
            int slot = MakeRoom(true, deadlineMs);
            if (slot == FrameStore.None)
            {
                return 0;
            }

            ulong id = _authenticator.MessageId(frame, 0);
            Keep(slot, frame, 0, id, FrameStore.Own | FrameStore.Mine, hops, deadlineMs, deadlineMs, null);
            return id;
        }

        /// <summary>A slot whose whisper the application has not had, or <see cref="FrameStore.None"/>.</summary>
        internal int TakePending()
        {
            for (int i = 0; _pending > 0 && i < _store.Capacity; i++)
            {
                if (_store.Has(i, FrameStore.Pending))
                {
                    _store.Clear(i, FrameStore.Pending);
                    _pending--;
                    return i;
                }
            }

            return FrameStore.None;
        }

        /// <summary>The slot that holds a frame, or <see cref="FrameStore.None"/>.</summary>
        internal int FindHeld(ulong id)
        {
            int position = _seenOwn.Find(id);
            if (position != SeenCache.None)
            {
                return _seenOwn.SlotAt(position);
            }

            position = _seenStrangers.Find(id);
            return position != SeenCache.None ? _seenStrangers.SlotAt(position) : FrameStore.None;
        }

        /// <summary>
        /// True when a held frame has a whole unit of lifetime left. Less cannot be said on the wire, and rounding it up
        /// would let a frame live on from hop to hop.
        /// </summary>
        internal bool CanHandOn(int slot, long nowMs)
        {
            return _store.DeadlineAt(slot) - nowMs >= FrameCodec.LifetimeUnitMs;
        }

        /// <summary>
        /// Copies a held frame as it goes out: hop budget and lifetime lowered. At its maximum the hop budget is
        /// lowered with probability one half only, and the lifetime loses up to one unit at random, so that fresh
        /// counters do not show a neighbour who the origin is.
        /// </summary>
        /// <param name="slot">A held frame with a whole unit of lifetime left: <see cref="CanHandOn"/>.</param>
        /// <param name="buffer">Receives the frame.</param>
        /// <param name="offset">Where.</param>
        /// <param name="nowMs">Now.</param>
        internal void WriteOutgoing(int slot, byte[] buffer, int offset, long nowMs)
        {
            byte[] frame = _store.FrameAt(slot);
            System.Array.Copy(frame, 0, buffer, offset, frame.Length);
            uint coins = _random.NextUInt32();
            int hops = _store.HopsAt(slot);
            if (hops > 0 && (hops < FrameCodec.HopBudgetMax || (coins & 1) != 0))
            {
                hops--;
            }

            int units = (int)((_store.DeadlineAt(slot) - nowMs) / FrameCodec.LifetimeUnitMs);
            if (units > FrameCodec.LifetimeUnitsMax)
            {
                units = FrameCodec.LifetimeUnitsMax;
            }

            if (units > 1 && (coins & 2) != 0)
            {
                units--;
            }

            FrameCodec.WriteMutable(buffer, offset, _frameSize, hops, units);
        }

        /// <summary>Notes that the other side of a link has a frame that is held here: neither names nor sends it.</summary>
        internal void NoteTaken(int slot, LinkSession link)
        {
            _store.Set(slot, FrameStore.Shared);
            link.Forget(slot);
        }

        /// <summary>
        /// Notes that a frame was handed to a link. On a stream that is enough to call it taken; a contact may be cut,
        /// and the next one shows what the other side has.
        /// </summary>
        internal void NoteSent(int slot, LinkSession link)
        {
            if (link.Kind == LinkKind.Stream)
            {
                _store.Set(slot, FrameStore.Shared);
            }

            _statistics.FramesSent++;
            if (_observer != null)
            {
                _observer.FrameSent(_store.IdAt(slot), link.Tag);
            }
        }

        /// <summary>Drops every frame whose lifetime has ended.</summary>
        internal void Expire(long nowMs)
        {
            if (nowMs < _nextExpiryMs)
            {
                return;
            }

            long next = long.MaxValue;
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (!_store.Has(i, FrameStore.Used))
                {
                    continue;
                }

                long deadlineMs = _store.DeadlineAt(i);
                if (deadlineMs <= nowMs)
                {
                    _statistics.Expired++;
                    Drop(i);
                }
                else if (deadlineMs < next)
                {
                    next = deadlineMs;
                }
            }

            _nextExpiryMs = next;
        }

        /// <summary>Holds what was taken without a clock to its expiry hour, now that there is one.</summary>
        internal void ClampToExpiryHours(uint unixSeconds, long nowMs)
        {
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (_store.Has(i, FrameStore.Used))
                {
                    byte expiryHour = _store.FrameAt(i)[FrameLayout.ExpiryHourOffset];
                    _store.Clamp(i, ClampOf(expiryHour, unixSeconds, nowMs));
                    _nextExpiryMs = _store.DeadlineAt(i) < _nextExpiryMs ? _store.DeadlineAt(i) : _nextExpiryMs;
                }
            }
        }

        /// <summary>Latest end of a frame's life; now when its expiry hour is over or claims too much.</summary>
        private static long ClampOf(byte expiryHour, uint unixSeconds, long nowMs)
        {
            uint secondsLeft = ExpiryHour.SecondsLeft(expiryHour, unixSeconds);
            long leftMs = secondsLeft == uint.MaxValue ? ClampMs : (long)secondsLeft * 1000;
            return nowMs + (leftMs < ClampMs ? leftMs : ClampMs);
        }

        private static FrameVerdict VerdictOf(int check)
        {
            switch (check)
            {
                case FrameCodec.WrongLength: return FrameVerdict.WrongLength;
                case FrameCodec.WrongVersion: return FrameVerdict.WrongVersion;
                default: return FrameVerdict.Expired;
            }
        }

        private FrameVerdict Refuse(FrameVerdict reason, LinkSession from)
        {
            switch (reason)
            {
                case FrameVerdict.WrongLength: _statistics.RefusedLength++; break;
                case FrameVerdict.WrongVersion: _statistics.RefusedVersion++; break;
                case FrameVerdict.Expired: _statistics.RefusedExpired++; break;
                default: _statistics.RefusedNoRoom++; break;
            }

            if (_observer != null)
            {
                _observer.FrameRefused(reason, from.Tag);
            }

            return reason;
        }

        private bool IsDuplicate(ulong id, int hops, long deadlineMs, LinkSession from)
        {
            if (_seenOwn.Find(id) == SeenCache.None && _seenStrangers.Find(id) == SeenCache.None)
            {
                return false;
            }

            _statistics.Duplicates++;
            int slot = FindHeld(id);
            if (slot != FrameStore.None)
            {
                NoteTaken(slot, from);
                long better = deadlineMs > _store.DeadlineAt(slot) + UpgradeSlackMs ? deadlineMs : 0;
                if (_store.Upgrade(slot, hops, better))
                {
                    _statistics.Upgrades++;
                }
            }

            return true;
        }

        private int MakeRoom(bool own, long deadlineMs)
        {
            int slot = _store.ChooseSlot(own, _strangersMax, deadlineMs);
            if (slot != FrameStore.None && _store.Has(slot, FrameStore.Used))
            {
                if (_store.Has(slot, FrameStore.Own))
                {
                    _statistics.EvictedOwn++;
                }
                else
                {
                    _statistics.EvictedStranger++;
                }

                Drop(slot);
            }

            return slot;
        }

        private void Drop(int slot)
        {
            bool own = _store.Has(slot, FrameStore.Own);
            if (_store.Has(slot, FrameStore.Pending))
            {
                _pending--;
            }

            (own ? _seenOwn : _seenStrangers).Release(_store.IdAt(slot));
            _store.Remove(slot);
            _spreader.Forget(slot);
        }

        private void Keep(
            int slot,
            byte[] frame,
            int offset,
            ulong id,
            byte flags,
            int hops,
            long deadlineMs,
            long clampMs,
            LinkSession from)
        {
            bool own = (flags & FrameStore.Own) != 0;
            _store.Put(slot, frame, offset, id, flags, hops, deadlineMs, clampMs);
            (own ? _seenOwn : _seenStrangers).Add(id, slot);
            if (deadlineMs < _nextExpiryMs)
            {
                _nextExpiryMs = deadlineMs;
            }

            if (own)
            {
                _statistics.FramesOwn++;
            }
            else
            {
                _statistics.FramesStranger++;
            }

            if (own && from != null)
            {
                MatchForApplication(slot, frame, offset);
            }

            _spreader.Spread(slot, hops, from);
            if (_observer != null)
            {
                _observer.FrameStored(id, from == null ? 0 : from.Tag, own, hops);
            }
        }

        /// <summary>Only the network's own frames can match: a stranger's carries tags of other keys.</summary>
        private void MatchForApplication(int slot, byte[] frame, int offset)
        {
            int entry = _ring.Match(frame, offset);
            if (entry != KeyRing.NoMatch)
            {
                _statistics.Matched++;
                _store.SetPending(slot, entry);
                _pending++;
            }
        }
    }
}
