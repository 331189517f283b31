using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Gossip
{
    /// <content>What a frame of this network is to this node when it arrives.</content>
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
            if (entry == KeyRing.NoMatch && !direct)
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
            bool granted = _store.CountEmergencies() < most
                && (from == null || TokenBucket.CanTake(
                    from.EmergenciesFullMs, EmergencyLimits.Burst, EmergencyLimits.RefillMs, nowMs));
            if (!granted)
            {
                _statistics.Add(Counter.EmergenciesOrdinary);
                return false;
            }

            _statistics.Add(Counter.Emergencies);
            if (from != null)
            {
                from.EmergenciesFullMs =
                    TokenBucket.Take(from.EmergenciesFullMs, EmergencyLimits.RefillMs, nowMs);
            }

            return true;
        }
    }
}
