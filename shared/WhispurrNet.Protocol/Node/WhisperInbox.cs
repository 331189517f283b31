using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Gives whispers to the application, each once. The store is its queue: a frame whose tag matched waits there, and
    /// is opened only when the application asks.
    /// </summary>
    internal sealed partial class WhisperInbox
    {
        private const int Nothing = 0;
        private const int Delivered = 1;
        private const int Waits = 2;

        private readonly GossipEngine _gossip;
        private readonly MacWorkspace _mac;
        private readonly SeenCache _delivered;
        private readonly DirectMail _direct;
        private readonly Outbox _outbox;
        private readonly AckQueue _acks;
        private readonly Reassembler _reassembler;
        private long _nowMs;

        internal WhisperInbox(
            NodeLimits limits, GossipEngine gossip, MacWorkspace mac, DirectMail direct, Outbox outbox, AckQueue acks)
        {
            _reassembler = new Reassembler(limits.Reassemblies, gossip.Statistics);
            _direct = direct;
            _outbox = outbox;
            _acks = acks;
            _gossip = gossip;
            _mac = mac;
            _delivered = new SeenCache(limits.Delivered, null);
        }

        /// <summary>
        /// Notes an own whisper: it may come back when its id is long forgotten, and is not for this application.
        /// </summary>
        internal void NoteOwn(ulong innerId)
        {
            _delivered.Add(innerId);
        }

        /// <summary>When a whisper in parts is given up; long.MaxValue: never.</summary>
        internal long NextDeadlineMs
        {
            get { return _reassembler.NextDeadlineMs; }
        }

        /// <summary>Gives up whispers whose missing parts did not come.</summary>
        internal void HandleTimeout(long nowMs)
        {
            _nowMs = nowMs;
            if (_reassembler.Expire(nowMs))
            {
                _gossip.WakeWaiting();
            }
        }

        /// <summary>Overwrites what has come of whispers in parts.</summary>
        internal void Wipe()
        {
            _reassembler.Wipe();
        }

        /// <summary>Fills the message with the next whisper.</summary>
        /// <param name="message">Receives it.</param>
        /// <param name="direct">Whether there is time for the curve operations of direct whispers.</param>
        /// <returns>False when there is none.</returns>
        internal bool TryTake(WhisperMessage message, bool direct)
        {
            while (true)
            {
                int slot = _gossip.FindPending(direct);
                if (slot == FrameStore.None)
                {
                    return false;
                }

                int outcome = _gossip.Store.Has(slot, FrameStore.Direct)
                    ? TakeDirect(slot, message)
                    : Take(slot, message);

                // Only now: when memory runs out on the way, the whisper is still there to be asked for.
                _gossip.EndPending(slot);
                if (outcome == Waits)
                {
                    _gossip.LetWait(slot);
                }
                else if (outcome == Delivered)
                {
                    return true;
                }
            }
        }

        /// <summary>
        /// How many keys open a frame such that this node can read it, whatever its tag and admission MAC say: those of
        /// the ring, and every mailbox key held. A contact's mailbox key opens the outer seal of what others send to that
        /// contact, and shows nothing: it does not count.
        /// </summary>
        internal int CountKeysThatOpen(byte[] frame)
        {
            WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
            WhisperHeader header = new WhisperHeader();
            int count = 0;
            for (int i = 0; i < _gossip.Ring.Count; i++)
            {
                count += Open(sealer, frame, 0, i, header) != WhisperSealer.NotForThisKey ? 1 : 0;
            }

            count += _direct.CountMailboxesThatOpen(frame);
            sealer.Forget();
            return count;
        }

        private int Open(WhisperSealer sealer, byte[] frame, int offset, int entry, WhisperHeader header)
        {
            _gossip.Ring.DeriveSealKey(entry, _mac.Mac);
            int result = sealer.TryOpen(frame, offset, _mac.Mac, header);
            _mac.Wipe();
            return result;
        }

        private int Take(int slot, WhisperMessage message)
        {
            WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
            int outcome = Take(slot, sealer, message);
            sealer.Forget();
            return outcome;
        }

        private int Take(int slot, WhisperSealer sealer, WhisperMessage message)
        {
            NodeStatistics statistics = _gossip.Statistics;
            WhisperHeader header = new WhisperHeader();
            byte[] frame = _gossip.Store.Buffer;
            int offset = _gossip.Store.OffsetOf(slot);
            int entry = _gossip.Ring.Match(frame, offset);
            if (entry == KeyRing.NoMatch && _outbox.TakeAck(_mac, frame, offset))
            {
                return Nothing;
            }

            int result = entry == KeyRing.NoMatch
                ? WhisperSealer.NotForThisKey
                : Open(sealer, frame, offset, entry, header);
            if (result == WhisperSealer.NotForThisKey)
            {
                _gossip.Store.Clear(slot, FrameStore.Emergency);
                statistics.Add(Counter.OpenFailed);
                return Nothing;
            }

            byte[] whisper = sealer.Whisper;
            if (result == WhisperSealer.Malformed || !IsExpected(header, entry, whisper.Length))
            {
                _gossip.Store.Clear(slot, FrameStore.Emergency);
                statistics.Add(Counter.WhisperMalformed);
                return Nothing;
            }

            if (header.Type == (byte)WhisperType.PeerDiscovery)
            {
                _gossip.Store.Set(slot, FrameStore.Card);
                _direct.TakeCard(header, whisper, _gossip.Store.DeadlineAt(slot));
                return Nothing;
            }

            if (WasDelivered(header.InnerId))
            {
                return Nothing;
            }

            if (!header.IsWhole(whisper.Length))
            {
                return TakePart(slot, header, entry, whisper, message);
            }

            message.Copy(whisper, WhisperHeader.Size, header.PayloadCount);
            Fill(message, header, entry, false, _gossip.Store.IdAt(slot));
            return Delivered;
        }

        private int TakeDirect(int slot, WhisperMessage message)
        {
            int mailbox;
            byte[] outer = _direct.OpenOuter(slot, out mailbox);
            if (outer == null)
            {
                return Nothing;
            }

            if (PartSeal.IsLater(outer))
            {
                return TakeLaterPart(slot, outer, message);
            }

            WhisperHeader header = new WhisperHeader();
            DirectKeys keys = new DirectKeys();
            byte[] whisper = _direct.OpenFirst(slot, mailbox, outer, header, keys);
            int outcome = whisper == null ? Nothing : TakeDirect(slot, header, whisper, keys, message);
            CryptoBytes.Wipe(whisper);
            keys.Wipe();
            return outcome;
        }

        private int TakeDirect(
            int slot, WhisperHeader header, byte[] whisper, DirectKeys keys, WhisperMessage message)
        {
            bool proven;
            if (!_direct.CheckSender(header.Sender, keys.Sender, out proven))
            {
                _gossip.Statistics.Add(Counter.SendersForged);
                return Nothing;
            }

            if (WasDelivered(header.InnerId))
            {
                // The sender has not had the acknowledgement, or it would not send again.
                Acknowledge(header, keys.AckKey);
                return Nothing;
            }

            if (!header.IsWhole(whisper.Length))
            {
                return TakeFirstPart(slot, header, whisper, keys, proven, message);
            }

            if (header.Type == (byte)WhisperType.PeerDiscovery)
            {
                _direct.TakeSuccessor(
                    header, proven, whisper, WhisperHeader.Size, _gossip.Store.DeadlineAt(slot));
                return Nothing;
            }

            message.Copy(whisper, WhisperHeader.Size, header.PayloadCount);
            Fill(message, header, PartialWhisper.InMailbox, proven, _gossip.Store.IdAt(slot));
            Acknowledge(header, keys.AckKey);
            return Delivered;
        }

        /// <summary>A successor's card is sent once, and nobody waits for its acknowledgement.</summary>
        private void Acknowledge(WhisperHeader header, byte[] key)
        {
            if (header.Type == (byte)WhisperType.Whisper)
            {
                _acks.Add(header.InnerId, key);
            }
        }

        /// <summary>Whether the application has had this whisper.</summary>
        private bool WasDelivered(ulong innerId)
        {
            if (_delivered.Find(innerId) != SeenCache.None)
            {
                _gossip.Statistics.Add(Counter.DeliveredBefore);
                return true;
            }

            return false;
        }

        /// <summary>Fills in everything but the payload.</summary>
        private void Fill(WhisperMessage message, WhisperHeader header, int entry, bool proven, ulong frameId)
        {
            bool isDirect = entry == PartialWhisper.InMailbox;
            _gossip.Statistics.Add(Counter.Delivered);
            _direct.NoteHeard(header.Sender, isDirect && proven);
            message.Type = (WhisperType)header.Type;
            message.Intent = isDirect ? null : _gossip.Ring.IntentOf(entry);
            message.SenderProven = proven;
            System.Array.Copy(header.Sender, 0, message.Sender, 0, WhisperHeader.SenderSize);
            message.SenderTimestamp = header.SenderTimestamp;
            message.SentUnixSeconds = header.SentUnixSeconds;
            message.FrameId = frameId;
            _delivered.Add(header.InnerId);
        }

        /// <summary>
        /// A type must come under its own kind of key: a broadcast under the network's, a resonance under an intent's, a
        /// direct whisper under a mailbox's.
        /// </summary>
        private static bool IsExpected(WhisperHeader header, int entry, int whisperSize)
        {
            byte type = header.Type;
            bool isEmergency = entry == KeyRing.EmergencyEntry;
            if ((type == (byte)WhisperType.Emergency) != isEmergency)
            {
                return false;
            }

            bool isCard = type == (byte)WhisperType.PeerDiscovery;
            bool toNetwork = type == (byte)WhisperType.Broadcast || isCard;
            bool toIntent = type == (byte)WhisperType.Resonance;
            bool byNetwork = entry == KeyRing.BroadcastEntry;
            return type != (byte)WhisperType.Whisper
                && type != (byte)WhisperType.Ack
                && (header.IsWhole(whisperSize) || !(isEmergency || isCard))
                && (!toNetwork || byNetwork)
                && (!toIntent || !byNetwork);
        }
    }
}
