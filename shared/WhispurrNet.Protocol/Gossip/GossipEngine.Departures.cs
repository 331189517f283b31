using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Gossip
{
    /// <content>When frames leave: their lifetime is over, or another takes their place.</content>
    public sealed partial class GossipEngine
    {
        /// <summary>Drops every frame whose lifetime has ended.</summary>
        internal void Expire(long nowMs)
        {
            bool released = _postponed.Release(_seenStrangers, _store, nowMs)
                | (_postponedParts != null && _postponedParts.Release(_seenOwn, _store, nowMs));
            if (released)
            {
                _lastReleased = FrameStore.ArrivalOf(nowMs) + 1;
            }

            ReleaseHeldBack(nowMs);
            if (nowMs < _nextExpiryMs)
            {
                return;
            }

            long next = long.MaxValue;
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (!_store.Has(i, FrameStore.Used))
                {
                    continue;
                }

                long deadlineMs = _store.DeadlineAt(i);
                if (deadlineMs <= nowMs)
                {
                    _statistics.Add(Counter.Expired);
                    Drop(i);
                }
                else if (deadlineMs < next)
                {
                    next = deadlineMs;
                }
            }

            _nextExpiryMs = next;
        }

        /// <summary>Holds what was taken without a clock to its expiry hour, now that there is one.</summary>
        internal void ClampToExpiryHours(uint unixSeconds, long nowMs)
        {
            for (int i = 0; i < _store.Capacity; i++)
            {
                if (_store.Has(i, FrameStore.Used))
                {
                    byte expiryHour = _store.Buffer[_store.OffsetOf(i) + FrameLayout.ExpiryHourOffset];
                    _store.Clamp(i, ClampOf(expiryHour, unixSeconds, nowMs));
                    _nextExpiryMs = _store.DeadlineAt(i) < _nextExpiryMs ? _store.DeadlineAt(i) : _nextExpiryMs;
                }
            }
        }

        /// <summary>Latest end of a frame's life; now when its expiry hour is over or claims too much.</summary>
        private static long ClampOf(byte expiryHour, uint unixSeconds, long nowMs)
        {
            uint secondsLeft = ExpiryHour.SecondsLeft(expiryHour, unixSeconds);
            long leftMs = secondsLeft == uint.MaxValue ? ClampMs : (long)secondsLeft * 1000;
            return nowMs + (leftMs < ClampMs ? leftMs : ClampMs);
        }

        /// <summary>Keeps a direct whisper of this node's own until it is acknowledged, within half of the store.</summary>
        internal void Protect(ulong frameId)
        {
            const byte unacknowledged = FrameStore.Mine | FrameStore.Direct;
            if (_store.CountOf(unacknowledged) < _store.Capacity / 2)
            {
                _store.Set(_store.Find(frameId), FrameStore.Direct);
            }
        }

        /// <summary>An own frame need not be kept any more, if it is still held.</summary>
        internal void Unprotect(ulong frameId)
        {
            int slot = _store.Find(frameId);
            if (slot != FrameStore.None)
            {
                _store.Clear(slot, FrameStore.Direct);
            }
        }

        /// <summary>A neighbour has a frame.</summary>
        private void SetShared(int slot)
        {
            bool isNews = _store.Has(slot, FrameStore.Mine) && !_store.Has(slot, FrameStore.Shared);
            _store.Set(slot, FrameStore.Shared);
            if (isNews && _outbox != null)
            {
                _outbox.NoteTaken(_store.IdAt(slot));
            }
        }

        /// <summary>Evicts what stands in the slot chosen for a new frame, if anything does.</summary>
        private void MakeRoom(int slot, long nowMs)
        {
            if (slot != FrameStore.None && _store.Has(slot, FrameStore.Used))
            {
                if (_store.Has(slot, FrameStore.Own))
                {
                    _statistics.Add(Counter.EvictedOwn);
                    if (_store.Has(slot, FrameStore.Waiting))
                    {
                        // Made for the first: few nodes ever get parts that find no place.
                        _postponedParts = _postponedParts != null ? _postponedParts : new PostponedFrames();
                        _postponedParts.Add(_store.IdAt(slot), nowMs);
                    }
                }
                else
                {
                    _statistics.Add(Counter.EvictedStranger);
                    if (!_store.Has(slot, FrameStore.Shared))
                    {
                        _postponed.Add(_store.IdAt(slot), nowMs);
                    }
                }

                Drop(slot);
            }
        }

        private void Drop(int slot)
        {
            if (_store.Has(slot, FrameStore.Mine) && !_store.Has(slot, FrameStore.Shared) && _outbox != null)
            {
                _outbox.NoteLost(_store.IdAt(slot));
            }

            if (_store.Has(slot, FrameStore.Pending))
            {
                _pending--;
            }

            _store.Remove(slot);
            _spreader.Forget(slot);
            if (_obfuscator != null)
            {
                _obfuscator.Forget(slot);
            }
        }
    }
}
