using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <content>What the two sides say of themselves first, and what follows from it.</content>
    internal sealed partial class LinkProtocol
    {
        /// <summary>
        /// Type, frame size class and most frames in an offer, time; in a contact the own address and the one that was
        /// dialled, both for members only.
        /// </summary>
        private int WriteHello(LinkSession link, byte[] record, int offset, long nowMs)
        {
            record[offset] = RecordType.Hello;
            int wanted = IsAllWantedOf(link) ? AllWanted : 0;
            record[offset + 1] = (byte)(SizeClass() | wanted | (_reconcile.OfferMax - 1));
            ByteOrder.WriteUInt32(record, offset + TimeOffset, _clock.UnixSecondsToTell(nowMs));
            link.HelloSent = true;
            if (link.HelloReceived)
            {
                Begin(link);
            }

            if (link.Kind == LinkKind.Stream)
            {
                record[offset + HelloSize] = RangesFeature;
                return _wide != null && (link.Initiator || link.IsWide) ? FeaturesHelloSize : HelloSize;
            }

            ulong dialled = link.Initiator ? link.Neighbour & AddressMask : 0;
            ByteOrder.WriteUInt48(record, offset + HelloSize, link.IsMemberLink ? _ownAddress : 0);
            ByteOrder.WriteUInt48(record, offset + HelloSize + AddressSize, link.IsMemberLink ? dialled : 0);
            return ContactHelloSize;
        }

        private bool ReadHello(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            bool contact = link.Kind == LinkKind.Contact;
            bool features = !contact && count == FeaturesHelloSize && record[offset + HelloSize] != 0;
            if (link.HelloReceived || (!features && count != (contact ? ContactHelloSize : HelloSize)))
            {
                return false;
            }

            if ((record[offset + 1] & LargeFrames) != SizeClass())
            {
                return false;
            }

            link.IsAllWanted = (record[offset + 1] & AllWanted) != 0;

            if (contact && link.IsMemberLink && !link.Initiator)
            {
                TakeAddresses(link, record, offset + HelloSize);
            }

            uint unixSeconds = ByteOrder.ReadUInt32(record, offset + TimeOffset);
            if (_clock.Heard(link.Peer, link.IsMemberLink && link.IsResumed, unixSeconds, nowMs))
            {
                _gossip.ClampToExpiryHours(_clock.UnixSeconds(nowMs), nowMs);
            }

            link.IsWide = features && _wide != null && (record[offset + HelloSize] & RangesFeature) != 0;
            link.PeerOfferMax = (record[offset + 1] & FigureMask) + 1;
            link.HelloReceived = true;
            if (link.HelloSent)
            {
                Begin(link);
            }

            return true;
        }

        /// <summary>
        /// Whoever dials says how it reached this node, and where it is reached itself. The latter is a claim: it takes no
        /// address from another peer.
        /// </summary>
        private void TakeAddresses(LinkSession link, byte[] record, int offset)
        {
            PeerTable peers = _opening.Peers;
            ulong theirs = ByteOrder.ReadUInt48(record, offset);
            ulong own = ByteOrder.ReadUInt48(record, offset + AddressSize);
            _ownAddress = own != 0 ? own : _ownAddress;
            if (link.Peer != PeerTable.None && peers.NeighbourOf(link.Peer) == 0
                && peers.FindNeighbour(theirs) == PeerTable.None)
            {
                peers.SetNeighbour(link.Peer, theirs);
            }
        }

        /// <summary>
        /// Both hellos are through: everything held is to be offered that the other side was not told of; where ranges are
        /// compared first, emergencies.
        /// </summary>
        private void Begin(LinkSession link)
        {
            link.ChecksDuplicates = true;
            byte first = FrameStore.Used;
            if (link.IsWide)
            {
                _wide.Begin(link);
                first |= FrameStore.Emergency;
            }

            uint mark = link.IsAllWanted ? 0 : MarkOf(link);
            for (int i = 0; i < _gossip.Store.Capacity; i++)
            {
                bool heldBack = _gossip.Obfuscator != null && _gossip.Obfuscator.IsHeldBack(i);
                if (_gossip.Store.Has(i, first) && !heldBack && _gossip.Store.ArrivalAt(i) > mark)
                {
                    link.Stages.SetToOffer(i);
                }
            }

            if (_opening.Identification != null)
            {
                _opening.Identification.Begin(link, _opening.Peers);
            }

            if (_gossip.Observer != null)
            {
                _gossip.Observer.LinkOpened(link.Number, link.Kind, link.Initiator, link.Tag);
            }
        }

        private byte SizeClass()
        {
            return _gossip.FrameSize == FrameLayout.StandardFrameSize ? (byte)0 : LargeFrames;
        }
    }
}
