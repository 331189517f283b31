using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// The records of a link and the order they go in: hello, offer, pull, frames, done; ping and pong on a stream
    /// (PROTOCOL.md, "Link records" and "Link states").
    /// </summary>
    internal sealed class LinkProtocol
    {
        /// <summary>Bytes of a hello record.</summary>
        internal const int HelloSize = 4 + LinkSession.SaltSize;

        private const byte HelloVersion = 1;
        private const int TokenSize = 4;

        private readonly GossipEngine _gossip;
        private readonly ReconcileEngine _reconcile;
        private readonly MacWorkspace _mac;

        // Kept: a label made anew for each contact would be the only garbage that relaying leaves.
        private readonly byte[] _linkLabel = Labels.PlainLink();

        internal LinkProtocol(GossipEngine gossip, ReconcileEngine reconcile, MacWorkspace mac)
        {
            _gossip = gossip;
            _reconcile = reconcile;
            _mac = mac;
        }

        /// <summary>Writes the next record of a link, unprotected.</summary>
        /// <returns>Its bytes, 0 when there is nothing to say now.</returns>
        internal int WriteNext(LinkSession link, byte[] record, int offset, long nowMs)
        {
            if (!link.HelloSent)
            {
                return link.Initiator || link.HelloReceived ? WriteHello(link, record, offset) : 0;
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
                return ReadHello(link, record, offset, count) || RefuseRecord();
            }

            if (!link.HelloReceived || !link.HelloSent)
            {
                return RefuseRecord();
            }

            switch (type)
            {
                case RecordType.Offer:
                    return (!link.DoneReceived && _reconcile.ReadOffer(link, record, offset, count)) || RefuseRecord();
                case RecordType.Pull:
                    return _reconcile.ReadPull(link, record, offset, count) || RefuseRecord();
                case RecordType.Frame:
                    if (link.DoneReceived)
                    {
                        return RefuseRecord();
                    }

                    _gossip.Receive(record, offset + 1, count - 1, link, unixSeconds, nowMs);
                    return true;
                case RecordType.Done:
                    if (count != 1 || link.DoneReceived || link.Kind != LinkKind.Contact)
                    {
                        return RefuseRecord();
                    }

                    link.DoneReceived = true;
                    return true;
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
            bool contact = link.Kind == LinkKind.Contact;
            bool offers = link.Stages.ToOfferCount > 0 && !link.IsOfferOpen;
            if (offers && (contact ? !IsLate(link, nowMs) : nowMs >= link.NextOfferMs))
            {
                int offerMax = _reconcile.OfferMax;
                link.OfferedMs = nowMs;
                return _reconcile.WriteOffer(
                    link, offerMax < link.PeerOfferMax ? offerMax : link.PeerOfferMax, record, offset);
            }

            if (contact && !link.IsOfferOpen)
            {
                link.DoneSent = true;
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

        /// <summary>Type, version, frame size class, most frames in an offer, salt.</summary>
        private int WriteHello(LinkSession link, byte[] record, int offset)
        {
            record[offset] = RecordType.Hello;
            record[offset + 1] = HelloVersion;
            record[offset + 2] = SizeClass();
            record[offset + 3] = (byte)_reconcile.OfferMax;
            int own = SaltOffset(link.Initiator);
            _gossip.Random.NextBytes(link.Key, own, LinkSession.SaltSize);
            System.Array.Copy(link.Key, own, record, offset + 4, LinkSession.SaltSize);
            link.HelloSent = true;
            if (link.HelloReceived)
            {
                Begin(link);
            }

            return HelloSize;
        }

        private bool ReadHello(LinkSession link, byte[] record, int offset, int count)
        {
            if (link.HelloReceived
                || (link.Initiator && !link.HelloSent)
                || count != HelloSize
                || record[offset + 1] != HelloVersion
                || record[offset + 2] != SizeClass()
                || record[offset + 3] == 0
                || record[offset + 3] > NodeLimits.OfferMaxOnWire)
            {
                return false;
            }

            System.Array.Copy(record, offset + 4, link.Key, SaltOffset(!link.Initiator), LinkSession.SaltSize);
            link.PeerOfferMax = record[offset + 3];
            link.HelloReceived = true;
            if (link.HelloSent)
            {
                Begin(link);
            }

            return true;
        }

        /// <summary>Both hellos are through: the salts become the key, and everything held is to be offered.</summary>
        private void Begin(LinkSession link)
        {
            _mac.Compute(_linkLabel, link.Key, 0, LinkSession.KeySize);
            System.Array.Copy(_mac.Mac, 0, link.Key, 0, LinkSession.KeySize);
            link.Tag = ByteOrder.ReadUInt32(_mac.Mac, LinkSession.KeySize);
            for (int i = 0; i < _gossip.Store.Capacity; i++)
            {
                bool heldBack = _gossip.Obfuscator != null && _gossip.Obfuscator.IsHeldBack(i);
                if (_gossip.Store.Has(i, FrameStore.Used) && !heldBack)
                {
                    link.Stages.SetToOffer(i);
                }
            }

            if (_gossip.Observer != null)
            {
                _gossip.Observer.LinkOpened(link.Number, link.Kind, link.Initiator, link.Tag);
            }
        }

        /// <summary>
        /// Before both hellos are through a link's key is the initiator's salt, then the responder's.
        /// </summary>
        private static int SaltOffset(bool initiator)
        {
            return initiator ? 0 : LinkSession.SaltSize;
        }

        private byte SizeClass()
        {
            return _gossip.FrameSize == FrameLayout.StandardFrameSize ? (byte)0 : (byte)1;
        }
    }
}
