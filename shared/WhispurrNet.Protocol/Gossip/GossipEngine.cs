using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Decides what is kept, for how long, and who gets it: seen cache, store, lifetime clamp, hop budget, shares and
    /// eviction; eager push to three streams, offers to everybody else (PROTOCOL.md, "Gossip").
    /// </summary>
    public sealed partial class GossipEngine
    {
        /// <summary>A copy must promise this much more before it counts as better: two units of rounding.</summary>
        private const long UpgradeSlackMs = 2 * FrameCodec.LifetimeUnitMs;

        private const long ClampMs = 24L * 60 * 60 * 1000;

        private readonly FrameStore _store;
        private readonly SeenCache _seenOwn;
        private readonly SeenCache _seenStrangers;
        private readonly PostponedFrames _postponed = new PostponedFrames();
        private readonly FrameAuthenticator _authenticator;
        private readonly KeyRing _ring;
        private readonly MailboxRing _mailboxes;
        private readonly AckKeys _acks;
        private readonly ChaChaRandom _random;
        private readonly NodeStatistics _statistics;
        private readonly FrameSpreader _spreader;
        private readonly NeighbourQuotas _quotas;
        private readonly Obfuscator _obfuscator;
        private readonly int _frameSize;
        private readonly long _stayMs;
        private readonly int _strangersMax;
        private long _nextExpiryMs = long.MaxValue;
        private int _pending;
        private uint _lastReleased;
        private PostponedFrames _postponedParts;
        private INodeObserver _observer;
        private Outbox _outbox;

        /// <summary>An engine without frames.</summary>
        internal GossipEngine(
            NodeConfiguration configuration,
            FrameAuthenticator authenticator,
            KeyRing ring,
            MailboxRing mailboxes,
            AckKeys acks,
            ChaChaRandom random,
            NodeStatistics statistics,
            LinkSession[] links,
            long nowMs)
        {
            NodeLimits limits = configuration.Limits;
            _frameSize = configuration.FrameSize;
            _stayMs = configuration.Gossip.StayMs;
            _strangersMax = configuration.Network == null ? limits.Frames : limits.StrangerFrames;
            _quotas = new NeighbourQuotas(limits.Frames, limits.Links, limits.Peers, nowMs);
            _store = new FrameStore(limits.Frames, _frameSize, _quotas.Count);
            _seenOwn = new SeenCache(limits.SeenOwn, _store);
            _seenStrangers = new SeenCache(limits.SeenStrangers, _store);
            _authenticator = authenticator;
            _acks = acks;
            _ring = ring;
            _mailboxes = mailboxes;
            _random = random;
            _statistics = statistics;
            _spreader = new FrameSpreader(links, configuration.Gossip.Fanout);
            if (configuration.Obfuscation != null)
            {
                _obfuscator = new Obfuscator(configuration.Obfuscation, limits.Frames, random, nowMs);
            }
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

        /// <summary>
        /// When ids were last forgotten so that their frames come again, as an arrival; neighbours that told of them before
        /// must be asked to. 0 for never.
        /// </summary>
        internal uint LastReleased
        {
            get { return _lastReleased; }
        }

        /// <summary>Counts what happens; the node's.</summary>
        internal NodeStatistics Statistics
        {
            get { return _statistics; }
        }

        /// <summary>The node's random source.</summary>
        internal ChaChaRandom Random
        {
            get { return _random; }
        }

        /// <summary>Computes message ids and admission MACs.</summary>
        internal FrameAuthenticator Authenticator
        {
            get { return _authenticator; }
        }

        /// <summary>The whispers that this node can open.</summary>
        internal KeyRing Ring
        {
            get { return _ring; }
        }

        /// <summary>Bytes of a frame.</summary>
        internal int FrameSize
        {
            get { return _frameSize; }
        }

        /// <summary>Changes whenever there is something new to relay eagerly.</summary>
        public uint UrgentVersion
        {
            get { return _spreader.UrgentVersion; }
        }

        /// <summary>
        /// When the next frame's lifetime ends, never later than the truth, or the next one held back is released.
        /// </summary>
        public long NextDeadlineMs
        {
            get
            {
                long next = _obfuscator == null ? long.MaxValue : _obfuscator.NextDeadlineMs;
                return next < _nextExpiryMs ? next : _nextExpiryMs;
            }
        }

        /// <summary>Holds back, covers and pads; null on a node without obfuscation.</summary>
        internal Obfuscator Obfuscator
        {
            get { return _obfuscator; }
        }

        /// <summary>The acknowledgements that this node waits for.</summary>
        internal AckKeys Acks
        {
            get { return _acks; }
        }

        /// <summary>Is told what becomes of this node's own frames; null until the node is whole.</summary>
        internal Outbox Outbox
        {
            set { _outbox = value; }
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
            int source = _quotas.AccountOf(from);
            int slot = _store.ChooseSlot(own, _strangersMax, deadlineMs, source, nowMs);
            if (slot == FrameStore.None && own && from.Kind == LinkKind.Stream)
            {
                slot = _store.OldestOf(source, false, nowMs);
            }

            if (IsBeyondQuota(slot, from, nowMs))
            {
                return Refuse(FrameVerdict.OverQuota, from);
            }

            MakeRoom(slot, nowMs);
            if (slot == FrameStore.None)
            {
                if (!own)
                {
                    // Remembered, or every contact would bring it again.
                    _seenStrangers.Add(id);
                    _postponed.Add(id, nowMs);
                }

                return Refuse(FrameVerdict.NoRoom, from);
            }

            System.Array.Copy(frame, offset, _store.Buffer, _store.OffsetOf(slot), _frameSize);
            byte flags = own ? FlagsOfOwn(slot, from, nowMs) : (byte)0;
            bool isNext = from.DoneSent && from.Mark == _store.LastArrival;
            Keep(slot, id, flags, deadlineMs, clampMs, from, nowMs);
            from.HasCarried = true;
            if (isNext)
            {
                // It need not be named to whoever brought it, and nothing else came in between.
                from.Mark = _store.LastArrival;
            }

            return FrameVerdict.Stored;
        }

        /// <summary>Makes room for a whisper of this node's own.</summary>
        /// <returns>
        /// The slot to write it into (<see cref="FrameStore.Buffer"/>), or <see cref="FrameStore.None"/>.
        /// </returns>
        internal int Reserve(long deadlineMs, long nowMs)
        {
            int slot = _store.ChooseSlot(true, _strangersMax, deadlineMs, NeighbourQuotas.Self, nowMs);
            MakeRoom(slot, nowMs);
            return slot;
        }

        /// <summary>Takes the whisper that was written into a reserved slot, sealed and admitted.</summary>
        /// <param name="slot">The slot.</param>
        /// <param name="emergency">Whether it is to have the priority of one.</param>
        /// <param name="deadlineMs">When its lifetime ends.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>First eight bytes of its message id.</returns>
        internal ulong Originate(int slot, bool emergency, long deadlineMs, long nowMs)
        {
            ulong id = _authenticator.MessageId(_store.Buffer, _store.OffsetOf(slot));
            byte flags = FrameStore.Own | FrameStore.Mine;
            if (emergency && TakePriority(null, nowMs))
            {
                flags |= FrameStore.Emergency;
            }

            Keep(slot, id, flags, deadlineMs, deadlineMs, null, nowMs);
            if (_obfuscator != null)
            {
                _obfuscator.NoteWhisper();
            }

            return id;
        }

        /// <summary>A slot whose whisper the application has not had, or <see cref="FrameStore.None"/>.</summary>
        /// <param name="direct">Whether what lies in a mailbox may be taken now.</param>
        internal int FindPending(bool direct)
        {
            int first = FrameStore.None;
            for (int i = 0; _pending > 0 && i < _store.Capacity; i++)
            {
                bool isDue = _store.Has(i, FrameStore.Pending) && (direct || !_store.Has(i, FrameStore.Direct));
                if (isDue && (first == FrameStore.None || _store.PriorityOf(i) > _store.PriorityOf(first)))
                {
                    first = i;
                }
            }

            return first;
        }

        /// <summary>The application has had the whisper of a slot, or it is none for it.</summary>
        internal void EndPending(int slot)
        {
            _store.Clear(slot, FrameStore.Pending);
            _pending--;
        }

        /// <summary>
        /// Notes that the other side of a link has a frame that is held here: neither names nor sends it. For a stranger's
        /// frame that is no proof: the other side may be the one that it came from.
        /// </summary>
        internal void NoteTaken(int slot, LinkSession link)
        {
            _store.NoteHolder(slot, _quotas.AccountOf(link));
            if (_store.Has(slot, FrameStore.Own))
            {
                SetShared(slot);
            }
            else
            {
                _store.NoteDeclined(slot);
            }

            link.Stages.Clear(slot);
        }

        /// <summary>
        /// Notes that a frame was handed to a link. On a stream that is enough to call it taken; a contact may be cut, and
        /// its end shows that it was not.
        /// </summary>
        internal void NoteSent(int slot, LinkSession link)
        {
            if (link.Kind == LinkKind.Stream)
            {
                NoteArrived(slot, link);
            }
            else
            {
                link.Stages.SetHanded(slot);
            }

            link.HasCarried = true;
            _statistics.Add(Counter.FramesSent);
            if (_observer != null)
            {
                _observer.FrameSent(_store.IdAt(slot), link.Tag);
            }
        }

        /// <summary>Both sides of a contact are done: what was handed over has arrived.</summary>
        internal void NoteFinished(LinkSession link)
        {
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (link.Stages.IsHanded(i))
                {
                    NoteArrived(i, link);
                }
            }
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

        private void NoteArrived(int slot, LinkSession link)
        {
            _store.NoteHolder(slot, _quotas.AccountOf(link));
            SetShared(slot);
            if (!_store.Has(slot, FrameStore.Own))
            {
                _postponed.NoteHandedOn();
            }
        }

        private FrameVerdict Refuse(FrameVerdict reason, LinkSession from)
        {
            switch (reason)
            {
                case FrameVerdict.WrongLength: _statistics.Add(Counter.RefusedLength); break;
                case FrameVerdict.WrongVersion: _statistics.Add(Counter.RefusedVersion); break;
                case FrameVerdict.Expired: _statistics.Add(Counter.RefusedExpired); break;
                case FrameVerdict.OverQuota: _statistics.Add(Counter.RefusedQuota); break;
                default: _statistics.Add(Counter.RefusedNoRoom); break;
            }

            if (_observer != null)
            {
                _observer.FrameRefused(reason, from.Tag);
            }

            return reason;
        }

        private bool IsDuplicate(ulong id, int hops, long deadlineMs, LinkSession from)
        {
            int slot = _store.Find(id);
            if (slot == FrameStore.None
                && _seenOwn.Find(id) == SeenCache.None
                && _seenStrangers.Find(id) == SeenCache.None)
            {
                return false;
            }

            _statistics.Add(Counter.Duplicates);
            if (slot != FrameStore.None)
            {
                NoteTaken(slot, from);
                long better = deadlineMs > _store.DeadlineAt(slot) + UpgradeSlackMs ? deadlineMs : 0;
                if (_store.Upgrade(slot, hops, better))
                {
                    _statistics.Add(Counter.Upgrades);
                }
            }

            return true;
        }

        /// <summary>Takes the frame that stands in a slot.</summary>
        private void Keep(
            int slot, ulong id, byte flags, long deadlineMs, long clampMs, LinkSession from, long nowMs)
        {
            bool own = (flags & FrameStore.Own) != 0;
            (own ? _seenOwn : _seenStrangers).Add(id);
            _store.Commit(slot, id, flags, deadlineMs, clampMs, _quotas.AccountOf(from), nowMs);
            if (deadlineMs < _nextExpiryMs)
            {
                _nextExpiryMs = deadlineMs;
            }

            if (own)
            {
                _statistics.Add(Counter.FramesOwn);
                if (from != null)
                {
                    NotePassing(_quotas.AccountOf(from), nowMs);
                }
            }
            else
            {
                _statistics.Add(Counter.FramesStranger);
            }

            uint fromTag = from == null ? 0 : from.Tag;
            if (_obfuscator == null)
            {
                Spread(slot, from);
            }
            else
            {
                _obfuscator.HoldBack(slot, _store.Has(slot, FrameStore.Emergency), fromTag, _random, nowMs);
            }

            if (_observer != null)
            {
                _observer.FrameStored(id, fromTag, own, _store.HopsAt(slot));
            }
        }
    }
}
