using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Gossip
{
    /// <content>What a frame is to this node when it arrives, and when others hear of it.</content>
    public sealed partial class GossipEngine
    {
        /// <summary>
        /// The store's flags of a frame that this network admitted: whether a key opens it, and whether it goes first. Only
        /// the network's own frames can match: a stranger's carries tags of other keys.
        /// </summary>
        private byte FlagsOfOwn(int slot, LinkSession from, long nowMs)
        {
            byte[] frames = _store.Buffer;
            int offset = _store.OffsetOf(slot);
            int entry = _ring.Match(frames, offset);
            bool direct = _mailboxes.Match(frames, offset) != MailboxRing.None;
            bool ack = _acks.Match(frames, offset) != AckKeys.None;
            if (entry == KeyRing.NoMatch && !direct && !ack)
            {
                return FrameStore.Own;
            }

            _statistics.Add(Counter.Matched);
            _pending++;
            byte flags = FrameStore.Own | FrameStore.Pending;
            if (direct)
            {
                return (byte)(flags | FrameStore.Direct);
            }

            return entry == KeyRing.EmergencyEntry && TakePriority(from, nowMs)
                ? (byte)(flags | FrameStore.Emergency)
                : flags;
        }

        /// <summary>
        /// Takes an emergency's priority from the budget of the link that it came over; null for this node's own, whose
        /// budget is the origin's.
        /// </summary>
        private bool TakePriority(LinkSession from, long nowMs)
        {
            int most = (_store.Capacity + EmergencyLimits.StorePart - 1) / EmergencyLimits.StorePart;
            bool isFull = _store.CountOf(FrameStore.Emergency) >= most;
            int old = isFull ? _store.OldEmergency(nowMs) : FrameStore.None;
            bool granted = (!isFull || old != FrameStore.None)
                && (from == null || TokenBucket.CanTake(
                    from.EmergenciesFullMs, EmergencyLimits.Burst, EmergencyLimits.RefillMs, nowMs));
            if (!granted)
            {
                _statistics.Add(Counter.EmergenciesOrdinary);
                return false;
            }

            if (old != FrameStore.None)
            {
                _store.Clear(old, FrameStore.Emergency);
            }

            _statistics.Add(Counter.Emergencies);
            if (from != null)
            {
                from.EmergenciesFullMs =
                    TokenBucket.Take(from.EmergenciesFullMs, EmergencyLimits.RefillMs, nowMs);
            }

            return true;
        }

        /// <summary>
        /// What a frame holds cannot be used yet: it waits in the store, and is evicted like any other.
        /// </summary>
        internal void LetWait(int slot)
        {
            _store.Set(slot, FrameStore.Waiting);
            _statistics.Add(Counter.PartsWaiting);
        }

        /// <summary>What waits is tried again.</summary>
        internal void WakeWaiting()
        {
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (_store.Has(i, FrameStore.Waiting | FrameStore.Own))
                {
                    bool direct = _mailboxes.Match(_store.Buffer, _store.OffsetOf(i)) != MailboxRing.None;
                    _store.Clear(i, direct ? FrameStore.Card : FrameStore.Waiting);
                    _store.Set(i, FrameStore.Pending);
                    _pending++;
                }
            }
        }

        /// <summary>Makes room for a cover frame, which is worth nobody's last copy.</summary>
        /// <returns>The slot to write it into, or <see cref="FrameStore.None"/>.</returns>
        internal int ReserveForCover(long deadlineMs, long nowMs)
        {
            int slot = _store.ChooseSlot(true, _strangersMax, deadlineMs, NeighbourQuotas.Self, nowMs);
            bool spare = slot != FrameStore.None
                && (!_store.Has(slot, FrameStore.Used) || _store.Has(slot, FrameStore.Shared));
            if (!spare)
            {
                return FrameStore.None;
            }

            MakeRoom(slot, nowMs);
            return slot;
        }

        /// <summary>
        /// Takes a cover frame that was written into a reserved slot. It is not marked as this node's own: an own whisper is
        /// kept until somebody has it.
        /// </summary>
        internal void OriginateCover(int slot, long deadlineMs, long nowMs)
        {
            ulong id = _authenticator.MessageId(_store.Buffer, _store.OffsetOf(slot));
            Keep(slot, id, FrameStore.Own, deadlineMs, deadlineMs, null, nowMs);
            _statistics.Add(Counter.CoverFrames);
        }

        /// <summary>Tells the links of a frame.</summary>
        private void Spread(int slot, LinkSession from)
        {
            _spreader.Spread(slot, _store.Has(slot, FrameStore.Emergency), _store.HopsAt(slot), from, _random);
        }

        private void ReleaseHeldBack(long nowMs)
        {
            if (_obfuscator == null)
            {
                return;
            }

            uint fromTag;
            for (int slot = _obfuscator.TakeReleased(nowMs, out fromTag);
                slot != FrameStore.None;
                slot = _obfuscator.TakeReleased(nowMs, out fromTag))
            {
                _store.Restamp(slot, nowMs);
                Spread(slot, _spreader.Find(fromTag));
            }
        }
    }
}
