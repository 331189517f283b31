using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// The records of a link and the order they go in: hello, offer, pull, frames, done; ping and pong on a stream
    /// (PROTOCOL.md, "Link records" and "Link states").
    /// </summary>
    internal sealed partial class LinkProtocol
    {
        /// <summary>Bytes of a hello record on a stream.</summary>
        internal const int HelloSize = 6;

        /// <summary>... with a byte of what the sender can do, from nodes that can do any of it.</summary>
        internal const int FeaturesHelloSize = HelloSize + 1;

        /// <summary>... and in a contact, with two addresses.</summary>
        internal const int ContactHelloSize = HelloSize + (2 * AddressSize);

        private const int TimeOffset = 2;
        private const int AddressSize = 6;
        private const ulong AddressMask = 0xFFFFFFFFFFFF;
        private const byte LargeFrames = 0x80;
        private const byte AllWanted = 0x40;
        private const int FigureMask = 0x3F;
        private const int TokenSize = 4;

        /// <summary>Says in a hello that the sender reconciles by ranges.</summary>
        private const byte RangesFeature = 0x01;

        private readonly GossipEngine _gossip;
        private readonly ReconcileEngine _reconcile;
        private readonly OpeningContext _opening;
        private readonly PeerClock _clock;
        private readonly WideReconciler _wide;

        // The own Bluetooth address as members dialled it last: no interface of a board tells it.
        private ulong _ownAddress;

        internal LinkProtocol(
            GossipEngine gossip, ReconcileEngine reconcile, OpeningContext opening, PeerClock clock, WideReconciler wide)
        {
            _wide = wide;
            _gossip = gossip;
            _reconcile = reconcile;
            _opening = opening;
            _clock = clock;
        }

        /// <summary>Writes the next record of a link, unprotected.</summary>
        /// <returns>Its bytes, 0 when there is nothing to say now.</returns>
        internal int WriteNext(LinkSession link, byte[] record, int offset, long nowMs)
        {
            if (!link.HelloSent)
            {
                // Who was dialled says what it can only to one that said so: a board never gets a hello that it does not know.
                bool waits = _wide != null && !link.Initiator && !link.HelloReceived && link.Kind == LinkKind.Stream;
                return waits ? 0 : WriteHello(link, record, offset, nowMs);
            }

            if (!link.HelloReceived)
            {
                return 0;
            }

            if (link.PongDue)
            {
                link.PongDue = false;
                return WriteToken(RecordType.Pong, link.PongToken, record, offset);
            }

            if (link.PullDue)
            {
                link.PullDue = false;
                return ReconcileEngine.WritePull(link, record, offset);
            }

            if (link.DoneSent)
            {
                // Done means: no more offers and frames. A pull may still be due for the other side's.
                return 0;
            }

            if (IsIntroductionDue(link))
            {
                return WriteIntroduction(link, record, offset, nowMs);
            }

            if (link.IdentifyDue)
            {
                return _opening.Identification.Write(link, record, offset);
            }

            int slot = IsLate(link, nowMs) ? FrameStore.None : _reconcile.TakeNextToSend(link, nowMs);
            if (slot != FrameStore.None)
            {
                record[offset] = RecordType.Frame;
                OutgoingFrame.Write(
                    _gossip.Store, slot, _gossip.FrameSize, _gossip.Random, record, offset + 1, nowMs);
                _gossip.NoteSent(slot, link);
                return 1 + _gossip.FrameSize;
            }

            return WriteIdle(link, record, offset, nowMs);
        }

        /// <summary>Takes one record that passed the link's protection.</summary>
        /// <returns>False when the link must end.</returns>
        internal bool Read(LinkSession link, byte[] record, int offset, int count, uint unixSeconds, long nowMs)
        {
            byte type = record[offset];
            if (type == RecordType.Padded && link.Kind == LinkKind.Stream)
            {
                int inner = PaddedRecord.Check(record, offset, count);
                return inner == PaddedRecord.Malformed
                    ? RefuseRecord()
                    : Read(link, record, offset + PaddedRecord.HeaderSize, inner, unixSeconds, nowMs);
            }

            if (type == RecordType.Hello)
            {
                return ReadHello(link, record, offset, count, nowMs) || RefuseRecord();
            }

            if (!link.HelloReceived || !link.HelloSent)
            {
                return RefuseRecord();
            }

            switch (type)
            {
                case RecordType.Offer:
                    return (!link.DoneReceived && _reconcile.ReadOffer(link, record, offset, count, nowMs)) || RefuseRecord();
                case RecordType.Pull:
                    return ReadPull(link, record, offset, count, nowMs) || RefuseRecord();
                case RecordType.Frame:
                    if (link.DoneReceived)
                    {
                        return RefuseRecord();
                    }

                    _gossip.Receive(record, offset + 1, count - 1, link, unixSeconds, nowMs);
                    return true;
                case RecordType.Done:
                    if (count != 1 || link.DoneReceived)
                    {
                        return RefuseRecord();
                    }

                    // On a stream: the other side has found another link to this node, or wants to end this one.
                    link.DoneReceived = true;
                    link.IsDraining = link.Kind == LinkKind.Stream;
                    return true;
                case RecordType.Sums:
                case RecordType.Name:
                    if (!link.IsWide)
                    {
                        goto default;
                    }

                    return (!link.DoneReceived && _wide.Read(link, record, offset, count, nowMs)) || RefuseRecord();
                case RecordType.Introduce:
                    return ReadIntroduction(link, record, offset, count, nowMs) || RefuseRecord();
                case RecordType.Identify:
                    return ReadIdentification(link, record, offset, count) || RefuseRecord();
                case RecordType.Ping:
                    link.PongDue = true;
                    link.PongToken = count == 1 + TokenSize ? ByteOrder.ReadUInt32(record, offset + 1) : 0;
                    return count == 1 + TokenSize || RefuseRecord();
                case RecordType.Pong:
                    return count == 1 + TokenSize || RefuseRecord();
                case RecordType.Heartbeat:
                    return count == 1 || RefuseRecord();
                default:
                    // A later version may say more; what it says is skipped.
                    _gossip.Statistics.Add(Counter.RecordsUnknown);
                    return true;
            }
        }

        /// <summary>When ranges are to be compared on a link.</summary>
        internal long CompareMs(LinkSession link)
        {
            return link.IsWide && link.CanTake ? _wide.DueMs(link) : long.MaxValue;
        }

        /// <summary>
        /// Behind a full offer of ranges that differ more are waiting, and the other side is not to wait for them.
        /// </summary>
        private bool ReadPull(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            bool isFull = link.IsWide && link.OfferedCount == NodeLimits.OfferMaxOnWire;
            bool isAnswer = _reconcile.ReadPull(link, record, offset, count, nowMs);
            if (isFull && link.OfferedMs <= nowMs)
            {
                link.OfferedMs = nowMs - LinkTimings.OfferEveryMs;
            }

            return isAnswer;
        }

        private bool RefuseRecord()
        {
            _gossip.Statistics.Add(Counter.RecordsRefused);
            return false;
        }

        private static int WriteToken(byte type, uint token, byte[] record, int offset)
        {
            record[offset] = type;
            ByteOrder.WriteUInt32(record, offset + 1, token);
            return 1 + TokenSize;
        }

        /// <summary>True when a contact should end: what is not named or sent by now waits for the next one.</summary>
        private static bool IsLate(LinkSession link, long nowMs)
        {
            return link.Kind == LinkKind.Contact && nowMs - link.OpenedMs >= LinkTimings.ContactSendMs;
        }

        /// <summary>Nothing has to be answered: offer, end the contact, or ping.</summary>
        private int WriteIdle(LinkSession link, byte[] record, int offset, long nowMs)
        {
            if (link.IsWide && !link.IsDraining)
            {
                int count = _wide.Write(link, record, offset, nowMs);
                if (count > 0)
                {
                    return count;
                }
            }

            bool contact = link.Kind == LinkKind.Contact;
            bool offers = link.Stages.ToOfferCount > 0 && !link.IsOfferOpen && !link.IsDraining;
            if (offers && (contact ? !IsLate(link, nowMs) : nowMs >= link.NextOfferMs))
            {
                int offerMax = _reconcile.OfferMax;
                link.OfferedMs = nowMs;
                return _reconcile.WriteOffer(
                    link, offerMax < link.PeerOfferMax ? offerMax : link.PeerOfferMax, record, offset);
            }

            if ((contact || link.IsDraining) && !link.IsOfferOpen)
            {
                link.DoneSent = true;
                link.DoneMs = nowMs;
                NoteLeft(link);
                link.Mark = _gossip.Store.LastArrival;
                record[offset] = RecordType.Done;
                return 1;
            }

            if (link.PingDue)
            {
                link.PingDue = false;
                return WriteToken(RecordType.Ping, _gossip.Random.NextUInt32(), record, offset);
            }

            return 0;
        }

        /// <summary>Notes what this side has not named or sent when it says that it is done.</summary>
        private void NoteLeft(LinkSession link)
        {
            FrameStages stages = link.Stages;
            if (stages.ToOfferCount == 0 && stages.ToSendCount == 0)
            {
                return;
            }

            link.HasLeft = true;
            for (int i = 0; i < _gossip.Store.Capacity; i++)
            {
                link.HasLeftOwn |= _gossip.Store.Has(i, FrameStore.Own) && (stages.IsToOffer(i) || stages.IsToSend(i));
            }
        }

        /// <summary>Both sides of a contact are done: what was said in it has arrived.</summary>
        internal void NoteFinished(LinkSession link)
        {
            if (link.IsMemberLink)
            {
                _gossip.NoteContact(link.HasLeftOwn);
            }

            if (link.HasIntroduced)
            {
                _opening.Peers.SetEpoch(link.Peer, _opening.Identity.Epoch);
            }

            if (link.Peer != PeerTable.None && !link.HasLeft)
            {
                // What was forgotten on purpose during the contact could not be asked for in its hello: the next one asks.
                uint released = _gossip.LastReleased;
                bool isAsked = released <= FrameStore.ArrivalOf(link.OpenedMs) || released >= link.Mark;
                _opening.Peers.SetMark(link.Peer, isAsked ? link.Mark : released);
            }
        }

        /// <summary>
        /// Up to which frame the other side has been told everything. A resumed link shows that it still has the memory in
        /// which that is.
        /// </summary>
        private uint MarkOf(LinkSession link)
        {
            return link.IsResumed && link.Peer != PeerTable.None ? _opening.Peers.MarkOf(link.Peer) : 0;
        }

        /// <summary>True when this node has forgotten frames on purpose since the other side told of all it had.</summary>
        private bool IsAllWantedOf(LinkSession link)
        {
            return _gossip.LastReleased != 0 && _gossip.LastReleased >= MarkOf(link);
        }

        /// <summary>True when a member is to be told this node's new identity.</summary>
        private bool IsIntroductionDue(LinkSession link)
        {
            return link.IsMemberLink && link.Peer != PeerTable.None && !link.HasIntroduced
                && _opening.Peers.EpochOf(link.Peer) != _opening.Identity.Epoch;
        }

        private int WriteIntroduction(LinkSession link, byte[] record, int offset, long nowMs)
        {
            record[offset] = RecordType.Introduce;
            _opening.Identity.WritePeerCard(record, offset + 1, nowMs);
            if (link.Kind == LinkKind.Contact)
            {
                // It may be cut: only its end shows that the other side knows.
                link.HasIntroduced = true;
            }
            else
            {
                _opening.Peers.SetEpoch(link.Peer, _opening.Identity.Epoch);
            }

            return 1 + PeerCard.Size;
        }

        /// <summary>The new identity of a peer. A key that another peer has is no new one.</summary>
        private bool ReadIntroduction(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            if (!link.IsMemberLink || count != 1 + PeerCard.Size)
            {
                return false;
            }

            PeerTable peers = _opening.Peers;
            _gossip.Statistics.Add(Counter.IdentitiesIntroduced);
            _opening.LearnCard(record, offset + 1, nowMs);
            if (link.Peer != PeerTable.None && peers.FindKey(record, offset + 1, true) == PeerTable.None)
            {
                peers.SetKey(link.Peer, record, offset + 1, false);
            }

            return true;
        }

        /// <summary>Who the other side's user is, from a member. It is skipped where the application does not ask.</summary>
        private bool ReadIdentification(LinkSession link, byte[] record, int offset, int count)
        {
            if (!link.IsMemberLink || count != Identification.RecordSize)
            {
                return false;
            }

            if (_opening.Identification == null)
            {
                _gossip.Statistics.Add(Counter.RecordsUnknown);
            }
            else
            {
                _opening.Identification.Read(link, _opening.Peers, _opening.Contacts, record, offset);
            }

            return true;
        }
    }
}
