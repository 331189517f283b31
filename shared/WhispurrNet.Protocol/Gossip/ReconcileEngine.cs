using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Offers and pulls: one side names the frames it holds by six-byte ids under a key of the link, the other answers
    /// with one bit for each that it has not seen (PROTOCOL.md, "Reconciliation").
    /// </summary>
    /// <remarks>
    /// Short ids are keyed by the link, so that ids which collide on one link do not on the next.
    /// </remarks>
    internal sealed class ReconcileEngine
    {
        /// <summary>Bytes of a short id.</summary>
        internal const int ShortIdSize = 6;

        /// <summary>
        /// Strangers' frames that a member sends in one contact: a quarter of the frames that fit into its 12 s.
        /// </summary>
        internal const int StrangersPerContact = 3;

        private const int IdSize = 8;

        private readonly GossipEngine _gossip;
        private readonly NodeStatistics _statistics;
        private readonly SipHash _hash = new SipHash();
        private readonly byte[] _id = new byte[IdSize];
        private readonly ulong[] _named;
        private readonly bool _isMember;

        internal ReconcileEngine(GossipEngine gossip, NodeStatistics statistics, int offerMax, bool isMember)
        {
            _gossip = gossip;
            _statistics = statistics;
            _named = new ulong[offerMax];
            _isMember = isMember;
        }

        /// <summary>
        /// Names frames of a link's offer set, own network first, newest first, and moves them to its offered list.
        /// </summary>
        /// <param name="link">The link; its offer set is not empty.</param>
        /// <param name="offerMax">Most frames, 1 or more.</param>
        /// <param name="record">Receives type, count and short ids.</param>
        /// <param name="offset">Where.</param>
        /// <returns>Bytes of the record.</returns>
        internal int WriteOffer(LinkSession link, int offerMax, byte[] record, int offset)
        {
            _hash.SetKey(link.Key, 0);
            int at = offset + 2;
            int count = WriteNames(link, true, offerMax, record, ref at);
            count += WriteNames(link, false, offerMax - count, record, ref at);
            record[offset] = RecordType.Offer;
            record[offset + 1] = (byte)count;
            return at - offset;
        }

        /// <summary>Reads an offer and notes on the link which of its frames to ask for.</summary>
        /// <returns>False when the record is malformed, or comes before the last one was answered.</returns>
        internal bool ReadOffer(LinkSession link, byte[] record, int offset, int count)
        {
            if (count < 2 || link.PullDue)
            {
                return false;
            }

            int named = record[offset + 1];
            if (named == 0 || named > _named.Length || count != 2 + (named * ShortIdSize))
            {
                return false;
            }

            for (int i = 0; i < named; i++)
            {
                _named[i] = ByteOrder.ReadUInt48(record, offset + 2 + (i * ShortIdSize));
            }

            _hash.SetKey(link.Key, 0);
            ulong seen = FindSeen(link, _gossip.SeenOwn, named) | FindSeen(link, _gossip.SeenStrangers, named);
            ulong all = named == 64 ? ulong.MaxValue : (1UL << named) - 1;
            ulong wanted = all & ~seen;
            _statistics.Offered += (uint)named;
            _statistics.Pulled += CountBits(wanted);
            link.SetPull(wanted, named);
            return true;
        }

        /// <summary>Writes the pull that is due on a link.</summary>
        /// <returns>Bytes of the record.</returns>
        internal static int WritePull(LinkSession link, byte[] record, int offset)
        {
            int bytes = (link.PullCount + 7) / 8;
            ulong bits = link.PullBits;
            record[offset] = RecordType.Pull;
            for (int i = 0; i < bytes; i++)
            {
                record[offset + 1 + i] = (byte)(bits & 0xFF);
                bits >>= 8;
            }

            return 1 + bytes;
        }

        /// <summary>
        /// Reads a pull and moves what it asks for to the link's send set, strangers' frames up to their share of the
        /// contact. What it does not ask for, the other side has.
        /// </summary>
        /// <returns>False when it does not answer the link's last offer.</returns>
        internal bool ReadPull(LinkSession link, byte[] record, int offset, int count)
        {
            int named = link.OfferedCount;
            if (!link.IsOfferOpen || count != 1 + ((named + 7) / 8))
            {
                return false;
            }

            int beyond = named % 8;
            if (beyond != 0 && ((uint)record[offset + count - 1] >> beyond) != 0)
            {
                return false;
            }

            for (int i = 0; i < named; i++)
            {
                int slot = link.OfferedAt(i);
                bool wanted = ((uint)record[offset + 1 + (i / 8)] & (1u << (i % 8))) != 0;
                if (slot == FrameStore.None)
                {
                    continue;
                }

                if (!wanted)
                {
                    _gossip.NoteTaken(slot, link);
                }
                else if (MaySend(link, slot))
                {
                    link.ToSend.Add(slot);
                }
            }

            link.ClearOffered();
            return true;
        }

        /// <summary>Takes the next frame off a link's send set: own network first, newest first.</summary>
        /// <returns>Its slot, or <see cref="FrameStore.None"/>.</returns>
        internal int TakeNextToSend(LinkSession link, long nowMs)
        {
            while (link.ToSend.Count > 0)
            {
                int slot = Newest(link.ToSend, true, uint.MaxValue);
                slot = slot != FrameStore.None ? slot : Newest(link.ToSend, false, uint.MaxValue);
                link.ToSend.Remove(slot);
                if (_gossip.CanHandOn(slot, nowMs))
                {
                    return slot;
                }
            }

            return FrameStore.None;
        }

        private bool MaySend(LinkSession link, int slot)
        {
            if (!_isMember || link.Kind == LinkKind.Stream || _gossip.Store.Has(slot, FrameStore.Own))
            {
                return true;
            }

            link.StrangersSent++;
            return link.StrangersSent <= StrangersPerContact;
        }

        private static uint CountBits(ulong bits)
        {
            uint count = 0;
            while (bits != 0)
            {
                bits &= bits - 1;
                count++;
            }

            return count;
        }

        private int WriteNames(LinkSession link, bool own, int most, byte[] record, ref int at)
        {
            uint before = uint.MaxValue;
            int count = 0;
            while (count < most)
            {
                int slot = Newest(link.ToOffer, own, before);
                if (slot == FrameStore.None)
                {
                    break;
                }

                before = _gossip.Store.ArrivalAt(slot);
                ByteOrder.WriteUInt48(record, at, ShortId(_gossip.Store.IdAt(slot)));
                at += ShortIdSize;
                link.ToOffer.Remove(slot);
                link.AddOffered(slot);
                count++;
            }

            return count;
        }

        private int Newest(SlotSet set, bool own, uint before)
        {
            FrameStore store = _gossip.Store;
            int newest = FrameStore.None;
            uint arrival = 0;
            for (int i = 0; set.Count > 0 && i < store.Capacity; i++)
            {
                if (set.Contains(i) && store.Has(i, FrameStore.Own) == own)
                {
                    uint other = store.ArrivalAt(i);
                    if (other < before && other > arrival)
                    {
                        newest = i;
                        arrival = other;
                    }
                }
            }

            return newest;
        }

        /// <summary>Bits of the named frames that a cache knows. What the other side names, it need not be offered.</summary>
        private ulong FindSeen(LinkSession link, SeenCache cache, int named)
        {
            ulong found = 0;
            for (int position = 0; position < cache.Count; position++)
            {
                ulong id = ShortId(cache.IdAt(position));
                for (int i = 0; i < named; i++)
                {
                    if (_named[i] == id)
                    {
                        found |= 1UL << i;
                        int slot = cache.SlotAt(position);
                        if (slot != SeenCache.None)
                        {
                            _gossip.NoteTaken(slot, link);
                        }
                    }
                }
            }

            return found;
        }

        private ulong ShortId(ulong id)
        {
            ByteOrder.WriteUInt64BigEndian(_id, 0, id);
            return _hash.Compute(_id, 0, IdSize) & 0xFFFFFFFFFFFF;
        }
    }
}
