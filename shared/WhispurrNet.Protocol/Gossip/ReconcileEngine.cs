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

        private readonly GossipEngine _gossip;
        private readonly SourceTurns _turns;
        private readonly IdHash _hash;
        private readonly int _offerMax;
        private readonly bool _isMember;

        internal ReconcileEngine(GossipEngine gossip, IdHash hash, int offerMax, bool isMember)
        {
            _gossip = gossip;
            _hash = hash;
            _turns = new SourceTurns(gossip.Store.Sources);
            _offerMax = offerMax;
            _isMember = isMember;
        }

        /// <summary>Most frames in one offer that this node makes or takes.</summary>
        internal int OfferMax
        {
            get { return _offerMax; }
        }

        /// <summary>
        /// Names frames of a link's offer set, emergencies first, then own network, newest first, and moves them to its
        /// offered list.
        /// </summary>
        /// <param name="link">The link; its offer set is not empty.</param>
        /// <param name="offerMax">Most frames, 1 or more.</param>
        /// <param name="record">Receives type, count and short ids.</param>
        /// <param name="offset">Where.</param>
        /// <returns>Bytes of the record.</returns>
        internal int WriteOffer(LinkSession link, int offerMax, byte[] record, int offset)
        {
            _hash.SetKey(link.Key);
            int at = offset + 2;
            int count = 0;
            while (link.Stages.ToOfferCount > 0 && count < offerMax)
            {
                int slot = First(link, true);
                ByteOrder.WriteUInt48(record, at, ShortId(_gossip.Store.IdAt(slot)));
                at += ShortIdSize;
                link.Stages.SetOffered(slot, count);
                _turns.Note(_gossip.Store, slot);
                count++;
            }

            link.OfferedCount = count;
            record[offset] = RecordType.Offer;
            record[offset + 1] = (byte)count;
            return at - offset;
        }

        /// <summary>Reads an offer and notes on the link which of its frames to ask for.</summary>
        /// <returns>False when the record is malformed, or comes before the last one was answered.</returns>
        internal bool ReadOffer(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            if (count < 2 || link.PullDue)
            {
                return false;
            }

            int named = record[offset + 1];
            if (named == 0 || named > _offerMax || count != 2 + (named * ShortIdSize))
            {
                return false;
            }

            _hash.SetKey(link.Key);
            int names = offset + 2;
            ulong seen = FindSeen(link, _gossip.SeenOwn, record, names, named)
                | FindSeen(link, _gossip.SeenStrangers, record, names, named);
            ulong all = named == 64 ? ulong.MaxValue : (1UL << named) - 1;
            ulong missing = all & ~seen;
            ulong wanted = FirstBits(missing, _gossip.RoomFor(link, nowMs));
            _gossip.Statistics.Add(Counter.Offered, (uint)named);
            _gossip.Statistics.Add(Counter.Pulled, CountBits(wanted));
            _gossip.Statistics.Add(Counter.PulledLater, CountBits(missing ^ wanted));
            link.SetPull(wanted, missing ^ wanted, named);
            return true;
        }

        /// <summary>Writes the pull that is due on a link.</summary>
        /// <returns>Bytes of the record.</returns>
        internal static int WritePull(LinkSession link, byte[] record, int offset)
        {
            int bytes = (link.PullCount + 7) / 8;
            record[offset] = RecordType.Pull;
            WriteBits(link.PullBits, record, offset + 1, bytes);
            if (link.PullLaterBits == 0)
            {
                return 1 + bytes;
            }

            WriteBits(link.PullLaterBits, record, offset + 1 + bytes, bytes);
            return 1 + (2 * bytes);
        }

        private static void WriteBits(ulong bits, byte[] record, int offset, int bytes)
        {
            for (int i = 0; i < bytes; i++)
            {
                record[offset + i] = (byte)(bits & 0xFF);
                bits >>= 8;
            }
        }

        /// <summary>The lowest bits set, at most so many: what the other side named first.</summary>
        private static ulong FirstBits(ulong bits, int most)
        {
            ulong first = 0;
            for (int i = 0; i < most && bits != 0; i++)
            {
                ulong rest = bits & (bits - 1);
                first |= bits ^ rest;
                bits = rest;
            }

            return first;
        }

        /// <summary>
        /// Reads a pull and moves what it asks for to the link's send set, strangers' frames up to their share of the
        /// contact. What it does not ask for, the other side has.
        /// </summary>
        /// <returns>False when it does not answer the link's last offer.</returns>
        internal bool ReadPull(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            int named = link.OfferedCount;
            int bytes = (named + 7) / 8;
            bool later = count == 1 + (2 * bytes);
            if (!link.IsOfferOpen || (!later && count != 1 + bytes))
            {
                return false;
            }

            if (!IsWithin(record, offset + bytes, named) || (later && !IsWithin(record, offset + (2 * bytes), named)))
            {
                return false;
            }

            for (int i = 0; i < named; i++)
            {
                int slot = link.Stages.OfferedAt(i);
                if (slot == FrameStore.None)
                {
                    continue;
                }

                link.Stages.Clear(slot);
                if (HasBit(record, offset + 1, i))
                {
                    if (MaySend(link, slot))
                    {
                        link.Stages.SetToSend(slot);
                    }
                    else
                    {
                        link.HasLeft = true;
                    }
                }
                else if (!later || !HasBit(record, offset + 1 + bytes, i))
                {
                    _gossip.NoteTaken(slot, link);
                }
                else if (link.Kind == LinkKind.Stream)
                {
                    link.Stages.SetToOffer(slot);
                }
                else
                {
                    link.HasLeft = true;
                    link.HasLeftOwn |= _gossip.Store.Has(slot, FrameStore.Own);
                }
            }

            link.OfferedCount = 0;
            if (later)
            {
                // Not before a neighbour known for long may bring a few more.
                link.OfferedMs = nowMs + LinkTimings.OfferLaterMs - LinkTimings.OfferEveryMs;
            }

            return true;
        }

        private static bool HasBit(byte[] record, int offset, int index)
        {
            return ((uint)record[offset + (index / 8)] & (1u << (index % 8))) != 0;
        }

        /// <summary>True when the last byte of a pull's bits has none beyond the offer.</summary>
        private static bool IsWithin(byte[] record, int lastByte, int named)
        {
            int beyond = named % 8;
            return beyond == 0 || ((uint)record[lastByte] >> beyond) == 0;
        }

        /// <summary>
        /// Takes the next frame off a link's send set: emergencies first, then own network, newest first.
        /// </summary>
        /// <returns>Its slot, or <see cref="FrameStore.None"/>.</returns>
        internal int TakeNextToSend(LinkSession link, long nowMs)
        {
            while (link.Stages.ToSendCount > 0)
            {
                int slot = First(link, false);
                link.Stages.Clear(slot);
                if (OutgoingFrame.CanHandOn(_gossip.Store, slot, nowMs))
                {
                    _turns.Note(_gossip.Store, slot);
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

        /// <summary>
        /// Of the frames that are to be named, or else sent, the one whose turn it is: an emergency before others of this
        /// network, those before strangers', the newest of its kind.
        /// </summary>
        private int First(LinkSession link, bool toOffer)
        {
            FrameStore store = _gossip.Store;
            FrameStages stages = link.Stages;
            int last = stages.Last;
            if (toOffer ? stages.ToOfferCount == 1 && stages.IsToOffer(last) : stages.ToSendCount == 1 && stages.IsToSend(last))
            {
                return last;
            }

            int first = FrameStore.None;
            ulong best = 0;
            for (int i = 0; i < store.Capacity; i++)
            {
                if (toOffer ? stages.IsToOffer(i) : stages.IsToSend(i))
                {
                    ulong turn = ((ulong)store.PriorityOf(i) << 40) | _turns.TurnOf(store, i);
                    if (turn > best)
                    {
                        first = i;
                        best = turn;
                    }
                }
            }

            return first;
        }

        /// <summary>
        /// Bits of the named frames that a cache knows. What the other side names, it need not be offered.
        /// </summary>
        private ulong FindSeen(LinkSession link, SeenCache cache, byte[] record, int names, int named)
        {
            ulong found = 0;
            for (int position = 0; position < cache.Count; position++)
            {
                ulong id = cache.IdAt(position);
                ulong name = ShortId(id);
                byte first = (byte)(name & 0xFF);
                for (int i = 0; i < named; i++)
                {
                    int at = names + (i * ShortIdSize);
                    if (record[at] == first && ByteOrder.ReadUInt48(record, at) == name)
                    {
                        found |= 1UL << i;
                        int slot = _gossip.Store.Find(id);
                        if (slot != FrameStore.None)
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
            return _hash.Of(id) & 0xFFFFFFFFFFFF;
        }
    }
}
