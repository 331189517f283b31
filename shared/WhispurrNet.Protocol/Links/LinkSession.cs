using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links.Opening;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// What one node knows of one link: state, fragments, and which frames to offer and send. What the records mean is
    /// <see cref="LinkProtocol"/>'s.
    /// </summary>
    internal sealed class LinkSession
    {
        /// <summary>Bytes of the key of short ids.</summary>
        internal const int KeySize = 16;

        /// <summary>What is still to be done with each frame held.</summary>
        internal readonly FrameStages Stages;

        /// <summary>Key of short ids, given when the link is opened.</summary>
        internal readonly byte[] Key = new byte[KeySize];

        /// <summary>The link's keys; made when the session is first used.</summary>
        internal NoiseProtection Protection;

        /// <summary>What opens the link, until the first record under its keys has verified; else null.</summary>
        internal LinkOpening Opening;

        /// <summary>The number by which the pump knows the link.</summary>
        internal readonly int Number;

        internal LinkState State;
        internal int UnitSize;
        internal ulong Neighbour;
        internal uint Tag;
        internal int PeerOfferMax;

        /// <summary>The other side's place in the <see cref="PeerTable"/>, or <see cref="PeerTable.None"/>.</summary>
        internal int Peer = PeerTable.None;

        internal int StrangersSent;

        /// <summary>Frames named in the offer that waits for its pull; 0 when none does.</summary>
        internal int OfferedCount;

        internal ulong PullBits;
        internal int PullCount;

        /// <summary>Frames of the offer to be answered that are not seen, but are to come later.</summary>
        internal ulong PullLaterBits;

        internal uint PongToken;
        internal long OpenedMs;
        internal long ReceivedMs;
        internal long SentMs;
        internal long OfferedMs;

        /// <summary>When this side said that it names nothing more.</summary>
        internal long DoneMs;

        /// <summary>
        /// Once this side has said so: up to which frame, by its arrival, the other side has been told everything.
        /// </summary>
        internal uint Mark;

        /// <summary>
        /// When the budget of emergencies that came in by this place in the link table is full again. It outlives the link:
        /// who connects anew is given no new burst.
        /// </summary>
        internal long EmergenciesFullMs = TokenBucket.Full;

        // One word for all flags: each field of an object costs a board 12 bytes.
        private const uint InitiatorFlag = 0x001;
        private const uint HelloSentFlag = 0x002;
        private const uint HelloReceivedFlag = 0x004;
        private const uint StreamFlag = 0x008;
        private const uint PullDueFlag = 0x010;
        private const uint DoneSentFlag = 0x020;
        private const uint DoneReceivedFlag = 0x040;
        private const uint PingDueFlag = 0x080;
        private const uint PongDueFlag = 0x100;
        private const uint MemberFlag = 0x200;
        private const uint ResumedFlag = 0x400;
        private const uint ProtectedFlag = 0x800;
        private const uint FromHandshakeFlag = 0x1000;
        private const uint OwnsPendingFlag = 0x2000;
        private const uint DrainingFlag = 0x4000;
        private const uint CheckDuplicatesFlag = 0x8000;
        private const uint IntroducedFlag = 0x10000;
        private const uint BoundFlag = 0x20000;
        private const uint IdentifyDueFlag = 0x40000;
        private const uint IdentifiedFlag = 0x80000;
        private const uint CarriedFlag = 0x100000;
        private const uint LeftFlag = 0x200000;
        private const uint AllWantedFlag = 0x400000;
        private const uint LeftOwnFlag = 0x8000000;
        private const uint WideFlag = 0x800000;

        private uint _flags;
        private FragmentWriter _writer;
        private FragmentReader _reader;

        internal LinkSession(int number, int storeCapacity)
        {
            Number = number;
            Stages = new FrameStages(storeCapacity);
        }

        /// <summary>Fragments out; a contact's only.</summary>
        internal FragmentWriter Writer
        {
            get { return _writer; }
        }

        /// <summary>Fragments in; a contact's only.</summary>
        internal FragmentReader Reader
        {
            get { return _reader; }
        }

        /// <summary>How the link carries its records.</summary>
        internal LinkKind Kind
        {
            get { return Has(StreamFlag) ? LinkKind.Stream : LinkKind.Contact; }
        }

        /// <summary>True on the side that connected.</summary>
        internal bool Initiator
        {
            get { return Has(InitiatorFlag); }
        }

        internal bool HelloSent
        {
            get { return Has(HelloSentFlag); }
            set { Set(HelloSentFlag, value); }
        }

        internal bool HelloReceived
        {
            get { return Has(HelloReceivedFlag); }
            set { Set(HelloReceivedFlag, value); }
        }

        /// <summary>An offer of this side waits for its pull.</summary>
        internal bool IsOfferOpen
        {
            get { return OfferedCount != 0; }
        }

        internal bool PullDue
        {
            get { return Has(PullDueFlag); }
            set { Set(PullDueFlag, value); }
        }

        internal bool DoneSent
        {
            get { return Has(DoneSentFlag); }
            set { Set(DoneSentFlag, value); }
        }

        internal bool DoneReceived
        {
            get { return Has(DoneReceivedFlag); }
            set { Set(DoneReceivedFlag, value); }
        }

        internal bool PingDue
        {
            get { return Has(PingDueFlag); }
            set { Set(PingDueFlag, value); }
        }

        internal bool PongDue
        {
            get { return Has(PongDueFlag); }
            set { Set(PongDueFlag, value); }
        }

        /// <summary>True when the other side proved the key of this node's network.</summary>
        internal bool IsMemberLink
        {
            get { return Has(MemberFlag); }
            set { Set(MemberFlag, value); }
        }

        /// <summary>True when the link was opened by a secret of an earlier one: the other side was met before.</summary>
        internal bool IsResumed
        {
            get { return Has(ResumedFlag); }
            set { Set(ResumedFlag, value); }
        }

        /// <summary>True when the link has its keys: records are protected from here on.</summary>
        internal bool IsProtected
        {
            get { return Has(ProtectedFlag); }
            set { Set(ProtectedFlag, value); }
        }

        /// <summary>True when <see cref="Identification"/> knows what ties a signature to this link.</summary>
        internal bool IsBound
        {
            get { return Has(BoundFlag); }
            set { Set(BoundFlag, value); }
        }

        /// <summary>The other side is to be told who the user is.</summary>
        internal bool IdentifyDue
        {
            get { return Has(IdentifyDueFlag); }
            set { Set(IdentifyDueFlag, value); }
        }

        /// <summary>The other side has told who its user is.</summary>
        internal bool WasIdentified
        {
            get { return Has(IdentifiedFlag); }
            set { Set(IdentifiedFlag, value); }
        }

        /// <summary>True when a frame that was new to one side moved over it.</summary>
        internal bool HasCarried
        {
            get { return Has(CarriedFlag); }
            set { Set(CarriedFlag, value); }
        }

        /// <summary>True when the other side was told of a frame that it has not got, and is to be told again.</summary>
        internal bool HasLeft
        {
            get { return Has(LeftFlag); }
            set { Set(LeftFlag, value); }
        }

        /// <summary>The same, and the frame is one of the network's own.</summary>
        internal bool HasLeftOwn
        {
            get { return Has(LeftOwnFlag); }
            set { Set(LeftOwnFlag, value); }
        }

        /// <summary>True when the other side wants to be told of all frames, those it was told of before included.</summary>
        internal bool IsAllWanted
        {
            get { return Has(AllWantedFlag); }
            set { Set(AllWantedFlag, value); }
        }

        /// <summary>True when the link was opened by a full handshake.</summary>
        internal bool IsFromHandshake
        {
            get { return Has(FromHandshakeFlag); }
            set { Set(FromHandshakeFlag, value); }
        }

        /// <summary>True when the peer's pending secret is this link's, whose first record shows that the peer has it.</summary>
        internal bool OwnsPending
        {
            get { return Has(OwnsPendingFlag); }
            set { Set(OwnsPendingFlag, value); }
        }

        /// <summary>True when the link comes to its end: nothing new is offered, what was asked for is still sent.</summary>
        internal bool IsDraining
        {
            get { return Has(DrainingFlag); }
            set { Set(DrainingFlag, value); }
        }

        /// <summary>
        /// True when the next record that comes shows that the link is alive, and which other link to the same peer ends.
        /// </summary>
        internal bool ChecksDuplicates
        {
            get { return Has(CheckDuplicatesFlag); }
            set { Set(CheckDuplicatesFlag, value); }
        }

        /// <summary>True when a new identity was introduced over it, which in a contact counts only in the end.</summary>
        internal bool HasIntroduced
        {
            get { return Has(IntroducedFlag); }
            set { Set(IntroducedFlag, value); }
        }

        /// <summary>True when both sides reconcile by ranges.</summary>
        internal bool IsWide
        {
            get { return Has(WideFlag); }
            set { Set(WideFlag, value); }
        }

        /// <summary>True when both hellos are through.</summary>
        internal bool HasMet
        {
            get { return HelloSent && HelloReceived; }
        }

        /// <summary>A stream may make its next offer from here on.</summary>
        internal long NextOfferMs
        {
            get { return OfferedMs + LinkTimings.OfferEveryMs; }
        }

        /// <summary>True when new frames may be offered or pushed on it.</summary>
        internal bool CanTake
        {
            get { return State == LinkState.Open && HasMet && !DoneSent && !IsDraining; }
        }

        /// <summary>Takes the session into use.</summary>
        internal void Open(
            LinkKind kind, bool initiator, int unitSize, ulong neighbour, int recordSizeMax, long nowMs)
        {
            Reset();
            State = LinkState.Open;
            Set(StreamFlag, kind == LinkKind.Stream);
            Set(InitiatorFlag, initiator);
            UnitSize = unitSize;
            Neighbour = neighbour;
            OpenedMs = nowMs;
            ReceivedMs = nowMs;
            SentMs = nowMs;
            OfferedMs = nowMs - LinkTimings.OfferEveryMs;
            if (kind == LinkKind.Contact && _writer == null)
            {
                // Made at the first contact and kept: a stream needs none of it.
                _writer = new FragmentWriter(recordSizeMax);
                _reader = new FragmentReader(recordSizeMax);
            }

            if (_writer != null)
            {
                _writer.Reset();
                _reader.Reset();
            }
        }

        /// <summary>Everything back to the state of an unused session.</summary>
        internal void Reset()
        {
            State = LinkState.Closed;
            Tag = 0;
            PeerOfferMax = 0;
            StrangersSent = 0;
            PullBits = 0;
            PullLaterBits = 0;
            PullCount = 0;
            _flags = 0;
            OfferedCount = 0;
            Stages.ClearAll();
            WipeSecrets();
        }

        /// <summary>Says who the other side is. Its place in the table is kept as long as the link is there.</summary>
        internal void SetPeer(PeerTable peers, int peer)
        {
            if (peer != PeerTable.None)
            {
                peers.Hold(peer);
            }

            if (Peer != PeerTable.None)
            {
                peers.Release(Peer);
            }

            Peer = peer;
        }

        /// <summary>The link is over.</summary>
        internal void Fail()
        {
            State = LinkState.Failed;
            EndOpening();
        }

        /// <summary>The link is open, or will never be.</summary>
        internal void EndOpening()
        {
            if (Opening != null)
            {
                Opening.Wipe();
                Opening = null;
            }
        }

        /// <summary>Overwrites the link's keys.</summary>
        internal void WipeSecrets()
        {
            EndOpening();
            System.Array.Clear(Key, 0, KeySize);
            if (Protection != null)
            {
                Protection.Wipe();
            }
        }

        /// <summary>A pull is due that asks for these of the frames just named, and for others later.</summary>
        internal void SetPull(ulong bits, ulong laterBits, int count)
        {
            PullBits = bits;
            PullLaterBits = laterBits;
            PullCount = count;
            PullDue = true;
        }

        private bool Has(uint flag)
        {
            return (_flags & flag) != 0;
        }

        private void Set(uint flag, bool value)
        {
            _flags = value ? _flags | flag : _flags & (0xFFFFFFFF ^ flag);
        }
    }
}
