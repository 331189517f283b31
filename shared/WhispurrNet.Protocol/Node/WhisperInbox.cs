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
    internal sealed class WhisperInbox
    {
        private readonly GossipEngine _gossip;
        private readonly MacWorkspace _mac;
        private readonly SeenCache _delivered;
        private readonly DirectMail _direct;
        private readonly Outbox _outbox;
        private readonly AckQueue _acks;

        internal WhisperInbox(
            int deliveredMax, GossipEngine gossip, MacWorkspace mac, DirectMail direct, Outbox outbox, AckQueue acks)
        {
            _direct = direct;
            _outbox = outbox;
            _acks = acks;
            _gossip = gossip;
            _mac = mac;
            _delivered = new SeenCache(deliveredMax, null);
        }

        /// <summary>
        /// Notes an own whisper: it may come back when its id is long forgotten, and is not for this application.
        /// </summary>
        internal void NoteOwn(ulong innerId)
        {
            _delivered.Add(innerId);
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

                bool delivered = _gossip.Store.Has(slot, FrameStore.Direct)
                    ? TryDeliverDirect(slot, message)
                    : TryDeliver(slot, message);

                // Only now: when memory runs out on the way, the whisper is still there to be asked for.
                _gossip.EndPending(slot);
                if (delivered)
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

        private bool TryDeliver(int slot, WhisperMessage message)
        {
            WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
            bool delivered = TryDeliver(slot, sealer, message);
            sealer.Forget();
            return delivered;
        }

        private bool TryDeliver(int slot, WhisperSealer sealer, WhisperMessage message)
        {
            NodeStatistics statistics = _gossip.Statistics;
            WhisperHeader header = new WhisperHeader();
            byte[] frame = _gossip.Store.Buffer;
            int offset = _gossip.Store.OffsetOf(slot);
            int entry = _gossip.Ring.Match(frame, offset);
            if (entry == KeyRing.NoMatch && _outbox.TakeAck(_mac, frame, offset))
            {
                return false;
            }

            int result = entry == KeyRing.NoMatch
                ? WhisperSealer.NotForThisKey
                : Open(sealer, frame, offset, entry, header);
            if (result == WhisperSealer.NotForThisKey)
            {
                _gossip.Store.Clear(slot, FrameStore.Emergency);
                statistics.Add(Counter.OpenFailed);
                return false;
            }

            if (result == WhisperSealer.Malformed
                || !header.IsWhole(sealer.Whisper.Length)
                || !IsExpected(header.Type, entry))
            {
                _gossip.Store.Clear(slot, FrameStore.Emergency);
                statistics.Add(Counter.WhisperMalformed);
                return false;
            }

            if (header.Type == (byte)WhisperType.PeerDiscovery)
            {
                _gossip.Store.Set(slot, FrameStore.Card);
                _direct.TakeCard(header, sealer.Whisper, _gossip.Store.DeadlineAt(slot));
                return false;
            }

            if (WasDelivered(header))
            {
                return false;
            }

            message.Intent = _gossip.Ring.IntentOf(entry);
            message.SenderProven = false;
            Fill(message, header, sealer.Whisper, slot);
            return true;
        }

        private bool TryDeliverDirect(int slot, WhisperMessage message)
        {
            int mailbox;
            byte[] outer = _direct.OpenOuter(slot, out mailbox);
            if (outer == null)
            {
                return false;
            }

            WhisperHeader header = new WhisperHeader();
            DirectKeys keys = new DirectKeys();
            byte[] whisper = _direct.OpenFirst(slot, mailbox, outer, header, keys);
            bool delivered = whisper != null && TryDeliverDirect(slot, header, whisper, keys, message);
            CryptoBytes.Wipe(whisper);
            keys.Wipe();
            return delivered;
        }

        private bool TryDeliverDirect(
            int slot, WhisperHeader header, byte[] whisper, DirectKeys keys, WhisperMessage message)
        {
            bool proven;
            if (!_direct.CheckSender(header.Sender, keys.Sender, out proven))
            {
                _gossip.Statistics.Add(Counter.SendersForged);
                return false;
            }

            if (WasDelivered(header))
            {
                // The sender has not had the acknowledgement, or it would not send again.
                _acks.Add(header.InnerId, keys.AckKey);
                return false;
            }

            message.Intent = null;
            message.SenderProven = proven;
            Fill(message, header, whisper, slot);
            _acks.Add(header.InnerId, keys.AckKey);
            return true;
        }

        /// <summary>Whether the application has had this whisper.</summary>
        private bool WasDelivered(WhisperHeader header)
        {
            if (_delivered.Find(header.InnerId) != SeenCache.None)
            {
                _gossip.Statistics.Add(Counter.DeliveredBefore);
                return true;
            }

            return false;
        }

        private void Fill(WhisperMessage message, WhisperHeader header, byte[] whisper, int slot)
        {
            _gossip.Statistics.Add(Counter.Delivered);
            _direct.NoteHeard(header.Sender);
            message.Type = (WhisperType)header.Type;
            message.PayloadCount = header.PayloadCount;
            System.Array.Copy(whisper, WhisperHeader.Size, message.Payload, 0, header.PayloadCount);
            System.Array.Copy(header.Sender, 0, message.Sender, 0, WhisperHeader.SenderSize);
            message.SenderTimestamp = header.SenderTimestamp;
            message.SentUnixSeconds = header.SentUnixSeconds;
            message.FrameId = _gossip.Store.IdAt(slot);
            _delivered.Add(header.InnerId);
        }

        /// <summary>
        /// A type must come under its own kind of key: a broadcast under the network's, a resonance under an intent's, a
        /// direct whisper under a mailbox's.
        /// </summary>
        private static bool IsExpected(byte type, int entry)
        {
            if ((type == (byte)WhisperType.Emergency) != (entry == KeyRing.EmergencyEntry))
            {
                return false;
            }

            bool toNetwork = type == (byte)WhisperType.Broadcast || type == (byte)WhisperType.PeerDiscovery;
            bool toIntent = type == (byte)WhisperType.Resonance;
            bool byNetwork = entry == KeyRing.BroadcastEntry;
            return type != (byte)WhisperType.Whisper
                && type != (byte)WhisperType.Ack
                && (!toNetwork || byNetwork)
                && (!toIntent || !byNetwork);
        }
    }
}
