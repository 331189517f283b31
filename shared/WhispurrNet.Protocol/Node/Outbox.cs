using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// The node's own whispers from the application's call until there is nothing more to do for them: lets parts out as
    /// budget and store allow, sends direct ones again until they are acknowledged, and knows how far each has come.
    /// </summary>
    internal sealed partial class Outbox
    {
        /// <summary>Sends of one direct whisper: the first and two more.</summary>
        internal const int SendsMax = 3;

        private readonly IdentityKeeper _identity;
        private readonly GossipEngine _gossip;
        private readonly WhisperOrigin _origin;
        private readonly DirectMail _direct;
        private readonly NetworkKeys _keys;
        private readonly StatusTable _statuses;
        private readonly OutgoingWhisper[] _pending;
        private readonly uint _directLifetimeSeconds;
        private int _count;
        private ulong _lastSentId;
        private ulong _lastSentInnerId;

        internal Outbox(
            NodeConfiguration configuration,
            IdentityKeeper identity,
            GossipEngine gossip,
            WhisperOrigin origin,
            DirectMail direct,
            NetworkKeys keys)
        {
            _identity = identity;
            _gossip = gossip;
            _origin = origin;
            _direct = direct;
            _keys = keys;
            _statuses = new StatusTable(configuration.Limits.Statuses);
            _pending = new OutgoingWhisper[configuration.Limits.Outgoing];
            _directLifetimeSeconds = configuration.DirectLifetimeSeconds;
        }

        /// <summary>Id of the first frame of the last whisper queued; 0 before the first.</summary>
        internal ulong LastSentId
        {
            get { return _lastSentId; }
        }

        /// <summary>Inner id of the last whisper queued; 0 before the first.</summary>
        internal ulong LastSentInnerId
        {
            get { return _lastSentInnerId; }
        }

        /// <summary>When a part, a resend or the end of a whisper is due; long.MaxValue: never.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = long.MaxValue;
                for (int i = 0; i < _count; i++)
                {
                    next = _pending[i].DueMs < next ? _pending[i].DueMs : next;
                    next = _pending[i].UntilMs < next ? _pending[i].UntilMs : next;
                }

                return next;
            }
        }

        /// <summary>Takes a whisper from the application; its first frame is made at once.</summary>
        /// <param name="type">What it is.</param>
        /// <param name="intent">The intent of a resonance; else null.</param>
        /// <param name="recipient">The recipient of a direct one, 16 bytes; else null.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal SendResult Send(
            WhisperType type,
            string intent,
            byte[] recipient,
            byte[] payload,
            int offset,
            int count,
            uint unixSeconds,
            long nowMs)
        {
            int parts = PartsOf(recipient != null, count);
            bool isEmergency = type == WhisperType.Emergency;
            if (count > WhisperParts.PayloadMax || (isEmergency && parts > 1))
            {
                return SendResult.PayloadTooLarge;
            }

            int budget = isEmergency ? OutgoingSeal.OfEmergencies : OutgoingSeal.OfWhispers;
            if (_origin.ReadyMs(budget) > nowMs || (!isEmergency && (HasPartsLeft() || _gossip.IsCongested(nowMs))))
            {
                // While parts of a whisper are left the budget is spoken for.
                _gossip.Statistics.Add(Counter.Congested);
                return SendResult.Congested;
            }

            bool isFollowed = recipient != null || parts > 1;
            if (isFollowed && _count == _pending.Length)
            {
                _gossip.Statistics.Add(Counter.TooManyPending);
                return SendResult.TooManyPending;
            }

            OutgoingWhisper whisper = Make(type, intent, recipient, count, parts, unixSeconds);
            if (isFollowed)
            {
                whisper.Payload = new byte[count];
                System.Array.Copy(payload, offset, whisper.Payload, 0, count);
            }

            SendResult result = SendPart(whisper, payload, offset, unixSeconds, nowMs);
            if (result != SendResult.Queued)
            {
                whisper.Wipe();
                return result;
            }

            _gossip.Statistics.Add(Counter.WhispersQueued);
            _lastSentId = whisper.FrameIds[0];
            _lastSentInnerId = whisper.InnerId;
            _statuses.Add(whisper.InnerId, isFollowed ? 0 : _lastSentId);
            if (isFollowed)
            {
                uint seconds = recipient != null ? _directLifetimeSeconds : _origin.LifetimeSeconds;
                whisper.UntilMs = nowMs + ((long)seconds * 1000);
                _pending[_count++] = whisper;
                LetOut(whisper, unixSeconds, nowMs);
            }

            return SendResult.Queued;
        }

        /// <summary>How far a whisper of this node has come.</summary>
        internal WhisperStatus StatusOf(ulong innerId)
        {
            int index = _statuses.Find(innerId);
            return index == StatusTable.None ? WhisperStatus.Unknown : _statuses.StatusAt(index);
        }

        /// <summary>A neighbour has taken a frame of this node's own.</summary>
        internal void NoteTaken(ulong frameId)
        {
            for (int i = 0; i < _statuses.Count; i++)
            {
                if (_statuses.FrameIdAt(i) == frameId)
                {
                    Change(i, WhisperStatus.Relayed);
                }
            }

            for (int i = _count - 1; i >= 0; i--)
            {
                OutgoingWhisper whisper = _pending[i];
                for (int part = 0; part < whisper.NextPart; part++)
                {
                    whisper.Taken |= whisper.FrameIds[part] == frameId ? 1u << part : 0u;
                }

                if (whisper.IsTaken)
                {
                    Change(_statuses.Find(whisper.InnerId), WhisperStatus.Relayed);
                    if (whisper.Recipient == null)
                    {
                        End(i);
                    }
                }
            }
        }

        /// <summary>A frame of this node's own has ended before any neighbour took it.</summary>
        internal void NoteLost(ulong frameId)
        {
            for (int i = 0; i < _statuses.Count; i++)
            {
                if (_statuses.FrameIdAt(i) == frameId)
                {
                    Change(i, WhisperStatus.Expired);
                }
            }
        }

        /// <summary>Overwrites every payload and key.</summary>
        internal void Wipe()
        {
            while (_count > 0)
            {
                End(_count - 1);
            }

            _gossip.Acks.Wipe();
        }

        private bool HasPartsLeft()
        {
            bool left = false;
            for (int i = 0; i < _count; i++)
            {
                left |= !_pending[i].IsOut && _pending[i].Type != WhisperType.PeerDiscovery;
            }

            return left;
        }

        private int PartsOf(bool direct, int count)
        {
            int size = FrameLayout.WhisperSize(_gossip.FrameSize);
            int first = WhisperHeader.PayloadMax(direct ? size - DirectSeal.Overhead : size);
            return WhisperParts.Count(count, first, direct ? PartSeal.PayloadMax(_gossip.FrameSize) : first);
        }

        private OutgoingWhisper Make(
            WhisperType type, string intent, byte[] recipient, int count, int parts, uint unixSeconds)
        {
            OutgoingWhisper whisper = new OutgoingWhisper();
            whisper.Type = type;
            whisper.Intent = intent;
            whisper.Count = count;
            whisper.FrameIds = new ulong[parts];
            whisper.InnerId = _gossip.Random.NextUInt64();
            whisper.SentUnixSeconds = unixSeconds;
            whisper.IdentityNumber = _identity.Number;
            whisper.SenderTimestamp = _identity.Current.Timestamp;
            System.Array.Copy(_identity.Current.Id, 0, whisper.Sender, 0, WhisperHeader.SenderSize);
            if (recipient != null)
            {
                whisper.Recipient = new byte[WhisperHeader.SenderSize];
                System.Array.Copy(recipient, 0, whisper.Recipient, 0, WhisperHeader.SenderSize);
            }

            return whisper;
        }

        /// <summary>There is nothing more to do for a whisper: what is kept for it is overwritten.</summary>
        private void End(int index)
        {
            OutgoingWhisper whisper = _pending[index];
            _gossip.Acks.Remove(whisper.InnerId);
            for (int part = 0; part < whisper.NextPart; part++)
            {
                _gossip.Unprotect(whisper.FrameIds[part]);
            }

            whisper.Wipe();
            _count--;
            System.Array.Copy(_pending, index + 1, _pending, index, _count - index);
            _pending[_count] = null;
        }

        /// <summary>Notes how far a whisper has come; what was reached is not taken back.</summary>
        private void Change(int index, WhisperStatus status)
        {
            if (index == StatusTable.None || _statuses.StatusAt(index) >= status)
            {
                return;
            }

            _statuses.Set(index, status);
            if (_gossip.Observer != null)
            {
                _gossip.Observer.WhisperStatusChanged(_statuses.InnerIdAt(index), status);
            }
        }
    }
}
