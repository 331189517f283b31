using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// A whole node without any input or output: bytes and time go in; bytes, whispers and the next deadline come out.
    /// Boards, gateway, virtual boards and simulations drive this same class.
    /// </summary>
    /// <remarks>
    /// <para>Not thread-safe: a pump holds one lock around every call. Nothing blocks, nothing reads a clock. Bytes
    /// from a link never throw; a caller's mistake does.</para>
    /// <para>Time is milliseconds of one monotonic clock, never going back. Order of calls: after
    /// <see cref="Receive"/>, or when <see cref="NextDeadlineMs"/> has come, call <see cref="HandleTimeout"/>, then
    /// drain
    /// <see cref="PollTransmit"/> of every open link and <see cref="PollWhisper"/>. A link that is
    /// <see cref="LinkState.Finished"/> or <see cref="LinkState.Failed"/> is disconnected by the pump, which then calls
    /// <see cref="CloseLink"/>, once for every <see cref="OpenLink"/>.</para>
    /// <para>Buffers belong to the caller; nothing keeps a reference to one.</para>
    /// </remarks>
    public sealed partial class NodeCore
    {
        /// <summary>Bytes of the seed.</summary>
        public const int SeedSize = 32;

        /// <summary>Number of a link that could not be opened.</summary>
        public const int NoLink = -1;

        private readonly IdentityKeeper _identity;
        private readonly NetworkKeys _keys;
        private readonly MacWorkspace _mac;
        private readonly WhisperOrigin _origin;
        private readonly WhisperInbox _inbox;
        private readonly GossipEngine _gossip;
        private readonly OpeningContext _opening;
        private readonly LinkTable _links;
        private readonly Digest _digest;
        private readonly NeighbourTable _neighbours;
        private readonly DirectMail _direct;
        private readonly PeerClock _clock;
        private readonly Outbox _outbox;
        private readonly AckQueue _acks;
        private readonly GossipSettings _settings;

        /// <summary>
        /// A node; makes its first identity and the key pairs of its first handshakes, one curve operation each.
        /// </summary>
        /// <param name="configuration">What it is told once; not kept.</param>
        /// <param name="hmac">The HMAC to use: the board's native one, or <see cref="HmacSha256"/>.</param>
        /// <param name="seed">32 bytes of entropy, from which everything random in the node comes. Copied.</param>
        /// <param name="nowMs">Now.</param>
        public NodeCore(NodeConfiguration configuration, IHmacSha256 hmac, byte[] seed, long nowMs)
        {
            if (seed == null || seed.Length != SeedSize)
            {
                throw new System.ArgumentException("A node is seeded with 32 bytes.");
            }

            configuration.Check();
            NodeLimits limits = configuration.Limits;
            _settings = configuration.Gossip;
            _mac = new MacWorkspace(hmac, configuration.Primitives);
            _keys = new NetworkKeys(configuration.Network, hmac);
            NodeStatistics statistics = new NodeStatistics();
            KeyRing ring = new KeyRing(_keys, _mac, limits.Keys);
            _identity = new IdentityKeeper(configuration, _mac, nowMs);
            FrameAuthenticator authenticator = new FrameAuthenticator(_mac, _keys.Admission, configuration.FrameSize);
            IdHash hash = new IdHash();
            LinkSession[] sessions = LinkTable.CreateSessions(configuration);
            _gossip = new GossipEngine(
                configuration, authenticator, ring, _identity.Mailboxes, new AckKeys(_mac), new ChaChaRandom(seed),
                statistics, sessions, nowMs);
            _origin = new WhisperOrigin(configuration, _gossip, _mac);
            _direct = new DirectMail(configuration, _identity, _gossip, _origin, _keys, _mac);
            _opening = new OpeningContext(
                configuration, sessions, _identity, _direct, _keys, _mac, _gossip.Random, statistics);
            _clock = new PeerClock(limits.Peers, statistics, nowMs);
            _gossip.Quotas.Peers = _opening.Peers;
            _links = new LinkTable(configuration, sessions, _gossip, _opening, _clock, hash);
            _outbox = new Outbox(configuration, _identity, _gossip, _origin, _direct, _keys);
            _gossip.Outbox = _outbox;
            _acks = new AckQueue(limits.Acknowledgements, _gossip, _origin, _identity.Current, _mac);
            _inbox = new WhisperInbox(limits, _gossip, _mac, _direct, _outbox, _acks);
            _neighbours = new NeighbourTable(limits.Neighbours, statistics);
            _digest = new Digest(_gossip, _mac, _keys.Digest, hash);
            _identity.Renew(_gossip.Random, 0, nowMs);
        }

        /// <summary>What happened so far.</summary>
        public NodeStatistics Statistics
        {
            get { return _gossip.Statistics; }
        }

        /// <summary>Watches the node; may be null.</summary>
        public INodeObserver Observer
        {
            get { return _gossip.Observer; }
            set { _gossip.Observer = value; }
        }

        /// <summary>The public name of the node's identity of this hour.</summary>
        public string IdentityText
        {
            get { return _identity.Current.ToString(); }
        }

        /// <summary>Most bytes of one whisper's payload. A longer one is refused; a long one goes in parts.</summary>
        public int MaxPayload
        {
            get { return WhisperParts.PayloadMax; }
        }

        /// <summary>
        /// Most bytes of a payload that goes in one frame, unless it is direct: 158, or 414 in a stealth network. An emergency
        /// has no more.
        /// </summary>
        public int MaxFramePayload
        {
            get { return WhisperHeader.PayloadMax(FrameLayout.WhisperSize(_gossip.FrameSize)); }
        }

        /// <summary>Most bytes of a direct whisper that goes in one frame: 62, or 318 in a stealth network.</summary>
        public int MaxDirectFramePayload
        {
            get { return WhisperHeader.PayloadMax(DirectSeal.InnerSize(_gossip.FrameSize)); }
        }

        /// <summary>
        /// True while a Bluetooth contact is going on: not the moment for <see cref="Direct"/> on a board.
        /// </summary>
        public bool IsInContact
        {
            get { return _links.HasContact; }
        }

        /// <summary>Identities whose contact cards are known.</summary>
        public int KnownContacts
        {
            get { return _direct.Contacts.Count; }
        }

        /// <summary>Most bytes that <see cref="PollTransmit"/> writes.</summary>
        public int MaxUnit
        {
            get { return _links.UnitSizeMax; }
        }

        /// <summary>
        /// Frame id of the last whisper that was queued here, of its first frame if it has several; 0 before the first.
        /// </summary>
        public ulong LastSentId
        {
            get { return _outbox.LastSentId; }
        }

        /// <summary>
        /// Inner id of the last whisper that was queued here, by which <see cref="StatusOf"/> knows it; 0 before the first.
        /// </summary>
        public ulong LastSentInnerId
        {
            get { return _outbox.LastSentInnerId; }
        }

        /// <summary>Frames held now.</summary>
        public int HeldFrames
        {
            get { return _gossip.Store.Count; }
        }

        /// <summary>Neighbours met lately.</summary>
        public NeighbourTable Neighbours
        {
            get { return _neighbours; }
        }

        /// <summary>True when the node holds a network key.</summary>
        public bool IsMember
        {
            get { return _keys.IsMember; }
        }

        /// <summary>The advertisement filter.</summary>
        internal Digest Digest
        {
            get { return _digest; }
        }

        /// <summary>Changes whenever there is something new to relay eagerly.</summary>
        internal uint UrgentVersion
        {
            get { return _gossip.UrgentVersion; }
        }

        /// <summary>The arrival of the frame that came last.</summary>
        internal uint LastArrival
        {
            get { return _gossip.Store.LastArrival; }
        }

        /// <summary>How eagerly the node gossips.</summary>
        internal GossipSettings Settings
        {
            get { return _settings; }
        }

        /// <summary>Frames that were ever stored here, modulo 2^32.</summary>
        internal uint StoredFrames
        {
            get { return _gossip.Statistics.FramesOwn + _gossip.Statistics.FramesStranger; }
        }

        /// <summary>The node's random source.</summary>
        internal ChaChaRandom Random
        {
            get { return _gossip.Random; }
        }

        /// <summary>Mixes more entropy into the node's random source.</summary>
        public void AddEntropy(byte[] entropy)
        {
            _gossip.Random.AddEntropy(entropy, 0, entropy.Length);
        }

        /// <summary>Where the node has its wall clock from.</summary>
        public ClockSource ClockSource
        {
            get { return _clock.Source; }
        }

        /// <summary>Tells the node what time it is. Neighbours do not overrule that.</summary>
        /// <param name="unixSeconds">
        /// Seconds since 1970; 0 when that is not known, and neighbours may be believed.
        /// </param>
        /// <param name="nowMs">Now.</param>
        public void SetUnixTime(uint unixSeconds, long nowMs)
        {
            _clock.Set(unixSeconds, nowMs);
            _gossip.ClampToExpiryHours(UnixSeconds(nowMs), nowMs);
        }

        /// <summary>Listens to an intent from now on.</summary>
        /// <param name="intent">1 to 64 printable ASCII characters without a blank.</param>
        /// <returns>False when the ring is full, the name is not an intent, or there is no network.</returns>
        public bool Tune(string intent)
        {
            return _gossip.Ring.Tune(intent);
        }

        /// <summary>Gives the next whisper to the application: it is opened here and now, and once.</summary>
        /// <remarks>
        /// A direct whisper takes two curve operations. While a Bluetooth contact is going on it waits, so that nobody in
        /// the contact has to.
        /// </remarks>
        /// <param name="message">Receives it.</param>
        /// <returns>False when there is none.</returns>
        public bool PollWhisper(WhisperMessage message)
        {
            return _inbox.TryTake(message, !IsInContact);
        }

        /// <summary>Takes a link into use.</summary>
        /// <param name="kind">How it carries records.</param>
        /// <param name="initiator">True on the side that connected.</param>
        /// <param name="unitSize">
        /// Most bytes of one GATT write or notification, 20 to 253; not used on a stream.
        /// </param>
        /// <param name="neighbour">The other side's Bluetooth address or another steady number; 0 when unknown.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>The link's number, or <see cref="NoLink"/> when the table is full.</returns>
        public int OpenLink(LinkKind kind, bool initiator, int unitSize, ulong neighbour, long nowMs)
        {
            return _links.Open(kind, initiator, unitSize, neighbour, nowMs);
        }

        /// <summary>Says that the connection under a link is gone.</summary>
        public void CloseLink(int link, long nowMs)
        {
            ulong neighbour = _links.NeighbourOf(link);
            bool finished = _links.StateOf(link) == LinkState.Finished;
            long completedMs = _links.CompletedMs(link, nowMs);
            bool carried = _links.HasCarried(link);
            if (!_links.Close(link) || neighbour == 0)
            {
                return;
            }

            if (completedMs >= 0)
            {
                _neighbours.Met(neighbour, completedMs);
                _neighbours.NoteFruit(neighbour, carried);
                return;
            }

            _neighbours.Forget(neighbour);
            if (finished)
            {
                // There is more to be carried, but others have their turn first.
                _neighbours.NoteFruit(neighbour, carried);
                _neighbours.Avoid(neighbour, nowMs + _settings.MeetDifferentMs);
            }
        }

        /// <summary>Takes one unit that came over a link: any bytes.</summary>
        /// <param name="link">The link's number.</param>
        /// <param name="buffer">Holds the unit. Its bytes may be changed.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="nowMs">Now.</param>
        public void Receive(int link, byte[] buffer, int offset, int count, long nowMs)
        {
            if (offset < 0 || count < 0 || buffer.Length - offset < count)
            {
                throw new System.ArgumentException("The unit does not lie within its buffer.");
            }

            _links.Receive(link, buffer, offset, count, UnixSeconds(nowMs), nowMs);
        }

        /// <summary>Writes the next unit to be sent over a link.</summary>
        /// <param name="link">The link's number.</param>
        /// <param name="buffer">Receives it; <see cref="MaxUnit"/> bytes free.</param>
        /// <param name="offset">Where.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>Its bytes, 0 when there is nothing to send now. A unit that was polled must be sent.</returns>
        public int PollTransmit(int link, byte[] buffer, int offset, long nowMs)
        {
            if (offset < 0 || buffer.Length - offset < MaxUnit)
            {
                throw new System.ArgumentException("A unit may not fit into its buffer.");
            }

            return _links.PollTransmit(link, buffer, offset, nowMs);
        }

        /// <summary>Where a link is in its life.</summary>
        public LinkState GetLinkState(int link)
        {
            return _links.StateOf(link);
        }

        /// <summary>A number that both ends compute from the keys of their link; 0 before.</summary>
        public uint GetLinkTag(int link)
        {
            return _links.TagOf(link);
        }

        /// <summary>When <see cref="HandleTimeout"/> wants to be called at the latest; long.MaxValue: never.</summary>
        public long NextDeadlineMs
        {
            get
            {
                long next = IsPersonToBeChecked ? 0 : _links.NextDeadlineMs;
                next = _gossip.NextDeadlineMs < next ? _gossip.NextDeadlineMs : next;
                next = _outbox.NextDeadlineMs < next ? _outbox.NextDeadlineMs : next;
                next = _inbox.NextDeadlineMs < next ? _inbox.NextDeadlineMs : next;
                next = _acks.NextDeadlineMs < next ? _acks.NextDeadlineMs : next;
                return _identity.NextDeadlineMs < next ? _identity.NextDeadlineMs : next;
            }
        }

        /// <summary>Does what is due: lifetimes, link time limits, a new identity, parts, resends, acknowledgements.</summary>
        public void HandleTimeout(long nowMs)
        {
            _gossip.Expire(nowMs);
            _links.HandleTimeout(nowMs);
            if (_identity.IsRenewalDue(nowMs))
            {
                if (_links.HasContact)
                {
                    // A key pair takes a good part of a second on a board: not while somebody waits in a contact.
                    _identity.PostponeRenewal(nowMs + LinkTimings.ContactMs);
                }
                else
                {
                    byte[] formerId = new byte[EphemeralIdentity.IdSize];
                    uint formerTimestamp = _identity.Current.Timestamp;
                    System.Array.Copy(_identity.Current.Id, 0, formerId, 0, formerId.Length);
                    _identity.Renew(_gossip.Random, UnixSeconds(nowMs), nowMs);
                    _outbox.IntroduceSuccessor(formerId, formerTimestamp, UnixSeconds(nowMs), nowMs);
                    if (_gossip.Observer != null)
                    {
                        _gossip.Observer.IdentityRenewed(_identity.Current.Id, _identity.Current.Timestamp);
                    }
                }
            }

            if (IsPersonToBeChecked)
            {
                _opening.Identification.Check();
            }

            _direct.HandleTimeout(UnixSeconds(nowMs), nowMs);
            _outbox.HandleTimeout(_links.HasContact, UnixSeconds(nowMs), nowMs);
            _inbox.HandleTimeout(nowMs);
            _acks.HandleTimeout(UnixSeconds(nowMs), nowMs);
            bool covers = _gossip.Obfuscator != null && _gossip.Obfuscator.TakeCover(_gossip.Random, nowMs);
            if (covers && _keys.IsMember)
            {
                _origin.SendCover(UnixSeconds(nowMs), nowMs);
            }
        }

        /// <summary>
        /// Tries every key that this node holds on a frame, whatever its tag and admission MAC say, contacts' mailbox keys
        /// included. What counts is whether it can read the content: a mailbox key alone does not show it.
        /// </summary>
        /// <param name="frame">One whole frame.</param>
        /// <returns>How many open it.</returns>
        public int CountKeysThatOpen(byte[] frame)
        {
            if (frame == null || frame.Length != _gossip.FrameSize)
            {
                throw new System.ArgumentException("A frame of this network's size is expected.");
            }

            return _inbox.CountKeysThatOpen(frame);
        }

        /// <summary>Copies a held frame.</summary>
        /// <param name="frameId">First eight bytes of its message id.</param>
        /// <param name="frame">Receives it: as many bytes as a frame has.</param>
        /// <returns>False when it is not held.</returns>
        public bool CopyFrame(ulong frameId, byte[] frame)
        {
            int slot = _gossip.Store.Find(frameId);
            if (slot == FrameStore.None)
            {
                return false;
            }

            System.Array.Copy(_gossip.Store.Buffer, _gossip.Store.OffsetOf(slot), frame, 0, _gossip.FrameSize);
            return true;
        }

        /// <summary>
        /// Overwrites every secret. The node is of no use afterwards. The network key and the HMAC that it was given
        /// are the caller's to wipe.
        /// </summary>
        public void Wipe()
        {
            _outbox.Wipe();
            _acks.Wipe();
            _opening.Wipe();
            _inbox.Wipe();
            _direct.Wipe();
            _gossip.Ring.Wipe();
            _keys.Wipe();
            _mac.Wipe();
            _digest.Wipe();
            _gossip.Random.Wipe();
        }

        private uint UnixSeconds(long nowMs)
        {
            return _clock.UnixSeconds(nowMs);
        }
    }
}
