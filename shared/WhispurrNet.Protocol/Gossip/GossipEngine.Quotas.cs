using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Gossip
{
    /// <content>What a neighbour may bring while the store is full.</content>
    public sealed partial class GossipEngine
    {
        private const uint RateUnit = 1024;

        /// <summary>A store is crowded when so large a part of it comes anew in the time that frames are to stay.</summary>
        private const long CrowdedPart = 3;

        private const long CrowdedWhole = 4;

        private const int RateUnitAll = (int)RateUnit;

        /// <summary>The mean goes over about so many contacts.</summary>
        private const int LeftoverContacts = 8;

        /// <summary>A share of the contacts that may leave something, in 1,024ths; above it chance decides...</summary>
        private const int LeftoversMin = 256;

        /// <summary>... and so much above it a mesh is congested for certain.</summary>
        private const uint LeftoversSpan = 384;

        private int _leftovers;
        private long _pageMs;
        private int _pageArrivals;
        private int _lastPageArrivals;

        /// <summary>What a neighbour may bring at what rate.</summary>
        internal NeighbourQuotas Quotas
        {
            get { return _quotas; }
        }

        /// <summary>
        /// True when the mesh carries as much as it can: neighbours say "later", contacts are over before everything was handed
        /// on, or the store is full and turns over within some minutes, before all neighbours have had what was in it. Where the limit is chance
        /// decides each time, so that not all origins stop and begin together.
        /// </summary>
        internal bool IsCongested(long nowMs)
        {
            if (_stayMs == 0)
            {
                return false;
            }

            if (_leftovers > LeftoversMin && _leftovers > LeftoversMin + (int)_random.NextBelow(LeftoversSpan))
            {
                return true;
            }

            if (_store.Count < _store.Capacity)
            {
                return false;
            }

            TurnPage(nowMs);
            long leftMs = _stayMs - (nowMs - _pageMs);
            long arrived = _pageArrivals + (_lastPageArrivals * leftMs / (_stayMs + 1));
            long drawn = RateUnit + _random.NextBelow(RateUnit);
            return arrived * drawn >= (long)_store.Capacity * RateUnit * CrowdedPart / CrowdedWhole;
        }

        /// <summary>Notes whether anything was left when a contact was finished that is to be handed on later.</summary>
        internal void NoteContact(bool hasLeft)
        {
            _leftovers += ((hasLeft ? RateUnitAll : 0) - _leftovers) / LeftoverContacts;
        }

        /// <summary>
        /// Notes a frame of the network's own that came from a neighbour. The neighbour that brought most does not count, so
        /// that one alone cannot silence others.
        /// </summary>
        private void NotePassing(int account, long nowMs)
        {
            TurnPage(nowMs);
            _pageArrivals += account != _store.Heaviest() ? 1 : 0;
        }

        /// <summary>A page is as long as frames are to stay; the one before is kept.</summary>
        private void TurnPage(long nowMs)
        {
            if (nowMs - _pageMs >= _stayMs)
            {
                _lastPageArrivals = nowMs - _pageMs < 2 * _stayMs ? _pageArrivals : 0;
                _pageArrivals = 0;
                _pageMs = nowMs;
            }
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
