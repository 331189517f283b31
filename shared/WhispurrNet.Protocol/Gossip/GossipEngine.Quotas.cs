using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Gossip
{
    /// <content>What a neighbour may bring while the store is full.</content>
    public sealed partial class GossipEngine
    {
        /// <summary>What a neighbour may bring at what rate.</summary>
        internal NeighbourQuotas Quotas
        {
            get { return _quotas; }
        }

        /// <summary>
        /// True when the mesh carries as much as it can: another frame would push out one that has not been here for long.
        /// Between one time and two of <see cref="GossipSettings.StayMs"/> chance decides, so that not all origins stop and
        /// begin together.
        /// </summary>
        internal bool IsCongested(long nowMs)
        {
            return _store.Count == _store.Capacity && _store.IsCrowded(_stayMs + _random.NextBelow(_stayMs + 1), nowMs);
        }

        /// <summary>How many frames a link may bring now without a refusal.</summary>
        internal int RoomFor(LinkSession link, long nowMs)
        {
            if (!_store.IsContended(_quotas.AccountOf(link)))
            {
                return int.MaxValue;
            }

            int room = _store.RoomFor(_quotas.AccountOf(link), nowMs);
            int quota = _store.Capacity - _store.Count + _store.Strangers
                + _quotas.LeftOf(link, _store.CountSources(), nowMs);
            return room < quota ? room : quota;
        }

        /// <summary>
        /// Takes a frame that would cost another of this network its place from the quota of the link that brings it. A
        /// stream's pushes are not asked for and would be lost: they cost only their own neighbour's frames, and are taken.
        /// </summary>
        /// <returns>True when nothing is left of it.</returns>
        private bool IsBeyondQuota(int slot, LinkSession from, long nowMs)
        {
            if (slot == FrameStore.None || from.Kind == LinkKind.Stream || !_store.Has(slot, FrameStore.Used | FrameStore.Own)
                || !_store.IsContended(_quotas.AccountOf(from)))
            {
                return false;
            }

            int sources = _store.CountSources();
            if (_quotas.LeftOf(from, sources, nowMs) == 0)
            {
                return true;
            }

            _quotas.Take(from, sources, nowMs);
            return false;
        }
    }
}
