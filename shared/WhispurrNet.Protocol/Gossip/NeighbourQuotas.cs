using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// How many frames of the network's own a neighbour may bring while the store is full: an account each for those who
    /// were proven, one for all strangers, one for all members who were not (PROTOCOL.md, "Abuse"). Nothing but load that was
    /// measured here counts, and while there is room nothing is limited.
    /// </summary>
    /// <remarks>
    /// What is beyond a quota is not lost: it is not marked as seen, the neighbour is told so, and it is asked for later.
    /// </remarks>
    internal sealed class NeighbourQuotas
    {
        /// <summary>The account of this node's own whispers: never limited, and never a loser of room.</summary>
        internal const int Self = 0;

        /// <summary>Frames that a neighbour may bring at once: this part of the slots.</summary>
        internal const int BurstPart = 4;

        /// <summary>... but never fewer than so many.</summary>
        internal const int BurstMin = 4;

        /// <summary>
        /// Seconds in which neighbours known for long may together bring as many frames as there are slots.
        /// </summary>
        internal const uint TurnoverSeconds = 30;

        /// <summary>Seconds since the first resumption from which on a neighbour is not new any more.</summary>
        internal const uint YoungSeconds = 10 * 60;

        /// <summary>... and from which on it is known for long.</summary>
        internal const uint OldSeconds = 60 * 60;

        private const uint SlowYoung = 2;
        private const uint SlowNew = 4;

        private const int StrangersAccount = 1;
        private const int MembersAccount = 2;
        private const int FirstLink = FrameStore.FirstNeighbour;
        private const int AccountsMax = 256;
        private const long MsPerSecond = 1000;

        private readonly uint[] _fullSeconds;
        private readonly uint _slots;
        private readonly uint _burst;
        private readonly int _links;
        private readonly long _startMs;
        private PeerTable _peers;

        /// <summary>All quotas unused.</summary>
        /// <param name="slots">Frames held at most.</param>
        /// <param name="links">Places in the link table.</param>
        /// <param name="peers">Places in the table of peers.</param>
        /// <param name="nowMs">The node's start.</param>
        internal NeighbourQuotas(int slots, int links, int peers, long nowMs)
        {
            _startMs = nowMs;
            int accounts = FirstLink + links + peers;
            _fullSeconds = new uint[accounts < AccountsMax ? accounts : AccountsMax];
            _slots = (uint)slots;
            int burst = slots / BurstPart;
            _burst = (uint)(burst < BurstMin ? BurstMin : burst);
            _links = links;
        }

        /// <summary>Says since when a neighbour is known.</summary>
        internal PeerTable Peers
        {
            set { _peers = value; }
        }

        /// <summary>Accounts, at most 256: on a desk several peers share one.</summary>
        internal int Count
        {
            get { return _fullSeconds.Length; }
        }

        /// <summary>The account that a link's frames are put down to.</summary>
        internal int AccountOf(LinkSession link)
        {
            if (link == null)
            {
                return Self;
            }

            if (IsProven(link))
            {
                int first = FirstLink + _links;
                return first + (link.Peer % (_fullSeconds.Length - first));
            }

            if (link.IsMemberLink)
            {
                return MembersAccount;
            }

            // The gateway that a board was given is no member, but it is known.
            return link.Initiator && link.Kind == LinkKind.Stream ? FirstLink + link.Number : StrangersAccount;
        }

        /// <summary>How many frames a link may bring now that would cost others their place.</summary>
        internal int LeftOf(LinkSession link, int sources, long nowMs)
        {
            long refillMs = RefillMsOf(link, sources, nowMs);
            long fullMs = _fullSeconds[AccountOf(link)] * MsPerSecond;
            long left = nowMs + (_burst * refillMs) - (fullMs > nowMs ? fullMs : nowMs);
            return left < refillMs ? 0 : (int)(left / refillMs);
        }

        /// <summary>Puts one frame down to a link's account.</summary>
        internal void Take(LinkSession link, int sources, long nowMs)
        {
            int account = AccountOf(link);
            uint refillMs = RefillMsOf(link, sources, nowMs);
            long fullMs = TokenBucket.Take(_fullSeconds[account] * MsPerSecond, refillMs, nowMs);
            _fullSeconds[account] = (uint)((fullMs + MsPerSecond - 1) / MsPerSecond);
        }

        private static bool IsProven(LinkSession link)
        {
            return link.Peer != PeerTable.None && link.IsMemberLink && link.IsResumed;
        }

        private uint RefillMsOf(LinkSession link, int sources, long nowMs)
        {
            uint slow = SlowNew;
            if (IsProven(link) && _peers != null)
            {
                uint ageSeconds = _peers.AgeOf(link.Peer, (uint)((nowMs - _startMs) / MsPerSecond));
                slow = ageSeconds >= OldSeconds ? 1u : ageSeconds >= YoungSeconds ? SlowYoung : SlowNew;
            }

            return TurnoverSeconds * (uint)MsPerSecond * (uint)(sources < 1 ? 1 : sources) / _slots * slow;
        }
    }
}
