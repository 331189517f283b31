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

        internal readonly SlotSet ToOffer;
        internal readonly SlotSet ToSend;
        internal readonly byte[] LocalSalt = new byte[SaltSize];
        internal readonly byte[] Key = new byte[KeySize];
        internal readonly LinkProtection Protection = new PlainProtection();

        /// <summary>The number by which the pump knows the link.</summary>
        internal readonly int Number;

        internal LinkState State;
        internal LinkKind Kind;
        internal bool Initiator;
        internal int UnitSize;
        internal ulong Neighbour;
        internal uint Tag;
        internal bool HelloSent;
        internal bool HelloReceived;
        internal int PeerOfferMax;
        internal bool IsOfferOpen;
        internal int StrangersSent;
        internal bool PullDue;
        internal ulong PullBits;
        internal int PullCount;
        internal bool DoneSent;
        internal bool DoneReceived;
        internal bool PingDue;
        internal bool PongDue;
        internal uint PongToken;
        internal long OpenedMs;
        internal long ReceivedMs;
        internal long SentMs;
        internal long OfferedMs;
        internal long NextOfferMs;

        private readonly int _recordSizeMax;
        private readonly ushort[] _offered;
        private FragmentWriter _writer;
        private FragmentReader _reader;
        private int _offeredCount;

        internal LinkSession(int number, int storeCapacity, int offerMax, int recordSizeMax)
        {
            Number = number;
            ToOffer = new SlotSet(storeCapacity);
            ToSend = new SlotSet(storeCapacity);
            _offered = new ushort[offerMax];
            _recordSizeMax = recordSizeMax;
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

        /// <summary>Frames named in the offer that is open.</summary>
        internal int OfferedCount
        {
            get { return _offeredCount; }
        }

        /// <summary>True when new frames may be offered or pushed on it.</summary>
        internal bool CanTake
        {
            get { return State == LinkState.Open && HelloReceived && HelloSent && !DoneSent; }
        }

        /// <summary>Takes the session into use.</summary>
        internal void Open(LinkKind kind, bool initiator, int unitSize, ulong neighbour, long nowMs)
        {
            Reset();
            State = LinkState.Open;
            Kind = kind;
            Initiator = initiator;
            UnitSize = unitSize;
            Neighbour = neighbour;
            OpenedMs = nowMs;
            ReceivedMs = nowMs;
            SentMs = nowMs;
            NextOfferMs = nowMs;
            if (kind == LinkKind.Contact && _writer == null)
            {
                // Made at the first contact and kept: a stream needs none of it.
                _writer = new FragmentWriter(_recordSizeMax);
                _reader = new FragmentReader(_recordSizeMax);
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
            HelloSent = false;
            HelloReceived = false;
            PeerOfferMax = 0;
            StrangersSent = 0;
            PullDue = false;
            PullBits = 0;
            PullCount = 0;
            DoneSent = false;
            DoneReceived = false;
            PingDue = false;
            PongDue = false;
            ToOffer.Clear();
            ToSend.Clear();
            ClearOffered();
            Protection.Reset();
            System.Array.Clear(Key, 0, KeySize);
            System.Array.Clear(LocalSalt, 0, SaltSize);
        }

        /// <summary>To be named in the next offer.</summary>
        internal void AddOffer(int slot)
        {
            ToOffer.Add(slot);
        }

        /// <summary>To be sent without being asked for.</summary>
        internal void Push(int slot)
        {
            ToOffer.Remove(slot);
            ToSend.Add(slot);
        }

        /// <summary>The frame is gone, or the other side has it.</summary>
        internal void Forget(int slot)
        {
            if (State == LinkState.Closed)
            {
                return;
            }

            ToOffer.Remove(slot);
            ToSend.Remove(slot);
            for (int i = 0; i < _offeredCount; i++)
            {
                if (_offered[i] == slot + 1)
                {
                    _offered[i] = 0;
                }
            }
        }

        /// <summary>Appends a frame to the offer that is being made.</summary>
        internal void AddOffered(int slot)
        {
            _offered[_offeredCount] = (ushort)(slot + 1);
            _offeredCount++;
        }

        /// <summary>Slot of a frame in the open offer, or <see cref="FrameStore.None"/> when it is no longer held.</summary>
        internal int OfferedAt(int index)
        {
            return _offered[index] - 1;
        }

        /// <summary>No offer is open any more.</summary>
        internal void ClearOffered()
        {
            _offeredCount = 0;
            IsOfferOpen = false;
        }

        /// <summary>A pull is due that asks for these of the frames just named.</summary>
        internal void SetPull(ulong bits, int count)
        {
            PullBits = bits;
            PullCount = count;
            PullDue = true;
        }
    }
}
