using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// What one node knows of one link: state, fragments, and which frames to offer and send. What the records mean is
    /// <see cref="LinkProtocol"/>'s.
    /// </summary>
    internal sealed class LinkSession
    {
        /// <summary>Bytes of a hello's salt.</summary>
        internal const int SaltSize = 8;

        /// <summary>Bytes of the key of short ids.</summary>
        internal const int KeySize = 16;

        /// <summary>What is still to be done with each frame held.</summary>
        internal readonly FrameStages Stages;

        /// <summary>Key of short ids; before both hellos are through, the salts as they are known.</summary>
        internal readonly byte[] Key = new byte[KeySize];

        internal readonly LinkProtection Protection;

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
        internal uint PongToken;
        internal long OpenedMs;
        internal long ReceivedMs;
        internal long SentMs;
        internal long OfferedMs;

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

        private uint _flags;
        private FragmentWriter _writer;
        private FragmentReader _reader;

        internal LinkSession(int number, int storeCapacity, SipHash hash)
        {
            Number = number;
            Stages = new FrameStages(storeCapacity);
            Protection = new PlainProtection(hash);
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

        /// <summary>A stream may make its next offer from here on.</summary>
        internal long NextOfferMs
        {
            get { return OfferedMs + LinkTimings.OfferEveryMs; }
        }

        /// <summary>True when new frames may be offered or pushed on it.</summary>
        internal bool CanTake
        {
            get { return State == LinkState.Open && HelloReceived && HelloSent && !DoneSent; }
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
            Peer = PeerTable.None;
            StrangersSent = 0;
            PullBits = 0;
            PullCount = 0;
            _flags = 0;
            OfferedCount = 0;
            Stages.ClearAll();
            Protection.Reset();
            System.Array.Clear(Key, 0, KeySize);
        }

        /// <summary>A pull is due that asks for these of the frames just named.</summary>
        internal void SetPull(ulong bits, int count)
        {
            PullBits = bits;
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
