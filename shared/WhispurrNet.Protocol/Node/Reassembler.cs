using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Puts whispers in parts together, a few at a time (PROTOCOL.md, "Parts"). A buffer exists only while there is a whisper
    /// for it.
    /// </summary>
    /// <remarks>
    /// When there is no place, a newcomer waits in the store. It takes the place of a whisper only if no new part of that came
    /// for ten minutes; half of the places are kept for direct whispers of proven senders, one for each. So whoever floods a
    /// node with first parts fills the places that are free, and pushes out nothing that goes on.
    /// </remarks>
    internal sealed class Reassembler
    {
        /// <summary>Without a new part for this long a whisper may have to give way.</summary>
        internal const long IdleMs = 10 * 60 * 1000;

        private readonly NodeStatistics _statistics;
        private readonly PartialWhisper[] _partials;
        private int _count;

        internal Reassembler(int capacity, NodeStatistics statistics)
        {
            _partials = new PartialWhisper[capacity];
            _statistics = statistics;
        }

        /// <summary>When the next whisper is given up; long.MaxValue without any.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = long.MaxValue;
                for (int i = 0; i < _count; i++)
                {
                    next = _partials[i].UntilMs < next ? _partials[i].UntilMs : next;
                }

                return next;
            }
        }

        /// <summary>The whisper that a part belongs to, or null.</summary>
        /// <param name="innerId">Its inner id.</param>
        /// <param name="inMailbox">Whether it came into a mailbox.</param>
        internal PartialWhisper Find(ulong innerId, bool inMailbox)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_partials[i].Header.InnerId == innerId
                    && (_partials[i].Entry == PartialWhisper.InMailbox) == inMailbox)
                {
                    return _partials[i];
                }
            }

            return null;
        }

        /// <summary>The direct whisper that has the key of a part, or null.</summary>
        /// <param name="partId">The part's id.</param>
        /// <param name="mac">Derives ids.</param>
        /// <param name="keyOffset">Where in its keys the key stands.</param>
        internal PartialWhisper FindByPart(ulong partId, MacWorkspace mac, out int keyOffset)
        {
            PartialWhisper found = null;
            keyOffset = -1;
            for (int i = 0; i < _count; i++)
            {
                int at = _partials[i].FindKey(partId, mac);
                if (at >= 0)
                {
                    found = _partials[i];
                    keyOffset = at;
                }
            }

            return found;
        }

        /// <summary>Begins with a whisper, if there is a place for it.</summary>
        /// <returns>False when it must wait.</returns>
        internal bool TryBegin(PartialWhisper partial, long nowMs)
        {
            int place = PlaceFor(partial, nowMs);
            if (place < 0)
            {
                return false;
            }

            partial.Payload = new byte[partial.Header.PayloadCount];
            if (place < _count)
            {
                _statistics.Add(Counter.ReassembliesExpired);
                Drop(_partials[place]);
            }

            partial.ProgressMs = nowMs;
            _partials[_count++] = partial;
            return true;
        }

        /// <summary>A whisper is whole, or given up. Its payload is the caller's.</summary>
        internal void End(PartialWhisper partial)
        {
            partial.WipeKeys();
            for (int i = 0; i < _count; i++)
            {
                if (_partials[i] == partial)
                {
                    _partials[i] = _partials[--_count];
                    _partials[_count] = null;
                }
            }
        }

        /// <summary>Gives up the whispers whose frames have all ended.</summary>
        /// <returns>True when there is a place that was not there before.</returns>
        internal bool Expire(long nowMs)
        {
            int before = _count;
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_partials[i].UntilMs <= nowMs)
                {
                    _statistics.Add(Counter.ReassembliesExpired);
                    Drop(_partials[i]);
                }
            }

            return _count < before;
        }

        /// <summary>Overwrites everything.</summary>
        internal void Wipe()
        {
            while (_count > 0)
            {
                Drop(_partials[_count - 1]);
            }
        }

        private void Drop(PartialWhisper partial)
        {
            CryptoBytes.Wipe(partial.Payload);
            End(partial);
        }

        /// <summary>A free place, that of a whisper that may have to give way, or a negative number.</summary>
        private int PlaceFor(PartialWhisper partial, long nowMs)
        {
            int others = 0;
            int idle = -1;
            int idleOther = -1;
            int sameSender = -1;
            for (int i = 0; i < _count; i++)
            {
                PartialWhisper held = _partials[i];
                bool isIdle = nowMs - held.ProgressMs >= IdleMs;
                others += held.IsProven ? 0 : 1;
                idle = isIdle ? i : idle;
                idleOther = isIdle && !held.IsProven ? i : idleOther;
                bool isSame = held.IsProven && CryptoBytes.ConstantTimeEquals(
                    held.Header.Sender, 0, partial.Header.Sender, 0, WhisperHeader.SenderSize);
                sameSender = isSame ? i : sameSender;
            }

            if (partial.IsProven && sameSender >= 0)
            {
                return nowMs - _partials[sameSender].ProgressMs >= IdleMs ? sameSender : -1;
            }

            if (!partial.IsProven && others >= (_partials.Length + 1) / 2)
            {
                return idleOther;
            }

            if (_count < _partials.Length)
            {
                return _count;
            }

            return partial.IsProven && idleOther < 0 ? idle : idleOther;
        }
    }
}
