namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>A budget that refills with time: at most so many at once, one more every so often.</summary>
    public sealed class TokenBucket
    {
        private readonly long _capacityMs;
        private readonly long _costMs;
        private long _creditMs;
        private long _lastMs;

        /// <summary>A full bucket.</summary>
        /// <param name="burst">Most takes at once.</param>
        /// <param name="refillMs">Milliseconds for one more.</param>
        /// <param name="nowMs">Now.</param>
        public TokenBucket(uint burst, uint refillMs, long nowMs)
        {
            _costMs = refillMs;
            _capacityMs = (long)burst * refillMs;
            _creditMs = _capacityMs;
            _lastMs = nowMs;
        }

        /// <summary>True when one may be taken.</summary>
        public bool CanTake(long nowMs)
        {
            Refill(nowMs);
            return _creditMs >= _costMs;
        }

        /// <summary>Takes one if there is one.</summary>
        public bool TryTake(long nowMs)
        {
            if (!CanTake(nowMs))
            {
                return false;
            }

            _creditMs -= _costMs;
            return true;
        }

        private void Refill(long nowMs)
        {
            if (nowMs > _lastMs)
            {
                _creditMs += nowMs - _lastMs;
                if (_creditMs > _capacityMs)
                {
                    _creditMs = _capacityMs;
                }

                _lastMs = nowMs;
            }
        }
    }
}
