using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Protocol.Obfuscation
{
    /// <summary>
    /// What a node with obfuscation has to remember: which frames are held back, and when cover is due. A node without has
    /// none of these.
    /// </summary>
    internal sealed class Obfuscator
    {
        /// <summary>Whispers that may stand in for cover frames to come: an hour's at the mean pace.</summary>
        private const int StandInsMax = 12;

        private readonly IObfuscation _policy;
        private readonly long[] _releases;

        // The tag of the link that a frame came over, which need not be offered it. A link number would be another link's by
        // the time of release.
        private readonly uint[] _fromTags;
        private long _coverMs;
        private int _standIns;

        internal Obfuscator(IObfuscation policy, int storeCapacity, ChaChaRandom random, long nowMs)
        {
            _policy = policy;
            _releases = new long[storeCapacity];
            _fromTags = new uint[storeCapacity];
            for (int i = 0; i < storeCapacity; i++)
            {
                Forget(i);
            }

            _coverMs = nowMs + policy.DrawCoverIntervalMs(random);
        }

        /// <summary>When a frame is released or cover is due next.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = _coverMs;
                for (int i = 0; i < _releases.Length; i++)
                {
                    next = _releases[i] < next ? _releases[i] : next;
                }

                return next;
            }
        }

        /// <summary>Holds a frame back that is new.</summary>
        internal void HoldBack(int slot, bool emergency, uint fromTag, ChaChaRandom random, long nowMs)
        {
            _releases[slot] = nowMs + _policy.DrawHoldBackMs(emergency, random);
            _fromTags[slot] = fromTag;
        }

        /// <summary>True while no neighbour may hear of a frame.</summary>
        internal bool IsHeldBack(int slot)
        {
            return _releases[slot] != long.MaxValue;
        }

        /// <summary>Takes a frame whose time has come.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fromTag">Receives the tag of the link that it came over; 0 for this node's own.</param>
        /// <returns>Its slot, or <see cref="FrameStore.None"/>.</returns>
        internal int TakeReleased(long nowMs, out uint fromTag)
        {
            for (int i = 0; i < _releases.Length; i++)
            {
                if (_releases[i] <= nowMs)
                {
                    fromTag = _fromTags[i];
                    Forget(i);
                    return i;
                }
            }

            fromTag = 0;
            return FrameStore.None;
        }

        /// <summary>The frame of a slot is gone.</summary>
        internal void Forget(int slot)
        {
            _releases[slot] = long.MaxValue;
        }

        /// <summary>A whisper of this node was queued: it takes the place of the next cover frame.</summary>
        internal void NoteWhisper()
        {
            _standIns += _standIns < StandInsMax ? 1 : 0;
        }

        /// <summary>True when a cover frame is to be sent now.</summary>
        internal bool TakeCover(ChaChaRandom random, long nowMs)
        {
            if (nowMs < _coverMs)
            {
                return false;
            }

            _coverMs = nowMs + _policy.DrawCoverIntervalMs(random);
            if (_standIns == 0)
            {
                return true;
            }

            _standIns--;
            return false;
        }

        /// <summary>The length to which a stream's message is padded.</summary>
        internal int PadTo(int count, int frameMessageSize)
        {
            return _policy.PadTo(count, frameMessageSize);
        }
    }
}
