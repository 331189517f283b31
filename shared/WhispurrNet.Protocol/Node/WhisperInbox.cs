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
        private readonly KeyRing _ring;
        private readonly WhisperSealer _sealer;
        private readonly NodeStatistics _statistics;
        private readonly SeenCache _delivered;
        private readonly WhisperHeader _header = new WhisperHeader();

        internal WhisperInbox(
            int deliveredMax,
            GossipEngine gossip,
            KeyRing ring,
            WhisperSealer sealer,
            ChaChaRandom random,
            NodeStatistics statistics)
        {
            _gossip = gossip;
            _ring = ring;
            _sealer = sealer;
            _statistics = statistics;
            _delivered = new SeenCache(deliveredMax, random.NextUInt64());
        }

        /// <summary>
        /// Notes an own whisper: it may come back when its id is long forgotten, and is not for this application.
        /// </summary>
        internal void NoteOwn(ulong innerId)
        {
            _delivered.Add(innerId, SeenCache.None);
        }

        /// <summary>Fills the message with the next whisper.</summary>
        /// <returns>False when there is none.</returns>
        internal bool TryTake(WhisperMessage message)
        {
            while (true)
            {
                int slot = _gossip.TakePending();
                if (slot == FrameStore.None)
                {
                    return false;
                }

                bool delivered = TryDeliver(slot, message);
                _sealer.Forget();
                if (delivered)
                {
                    return true;
                }
            }
        }

        private bool TryDeliver(int slot, WhisperMessage message)
        {
            int entry = _gossip.Store.EntryAt(slot);
            int result = _sealer.TryOpen(_gossip.Store.FrameAt(slot), 0, _ring.SealKeyOf(entry), _header);
            if (result == WhisperSealer.NotForThisKey)
            {
                _statistics.OpenFailed++;
                return false;
            }

            if (result == WhisperSealer.Malformed || !IsExpected(entry))
            {
                _statistics.WhisperMalformed++;
                return false;
            }

            if (_delivered.Find(_header.InnerId) != SeenCache.None)
            {
                _statistics.DeliveredBefore++;
                return false;
            }

            _delivered.Add(_header.InnerId, SeenCache.None);
            _statistics.Delivered++;
            Fill(message, slot, entry);
            return true;
        }

        /// <summary>
        /// A type must come under its own kind of key: a broadcast under the network's, a resonance under an intent's.
        /// </summary>
        private bool IsExpected(int entry)
        {
            bool toNetwork = _header.Type == (byte)WhisperType.Broadcast
                || _header.Type == (byte)WhisperType.PeerDiscovery
                || _header.Type == (byte)WhisperType.Emergency;
            bool toIntent = _header.Type == (byte)WhisperType.Resonance;
            bool byNetwork = entry == KeyRing.BroadcastEntry;
            return (!toNetwork || byNetwork) && (!toIntent || !byNetwork);
        }

        private void Fill(WhisperMessage message, int slot, int entry)
        {
            message.Type = (WhisperType)_header.Type;
            message.Intent = _ring.IntentOf(entry);
            message.PayloadCount = _header.PayloadCount;
            System.Array.Copy(_sealer.Whisper, WhisperHeader.Size, message.Payload, 0, _header.PayloadCount);
            System.Array.Copy(_header.Sender, 0, message.Sender, 0, WhisperHeader.SenderSize);
            message.SenderTimestamp = _header.SenderTimestamp;
            message.SentUnixSeconds = _header.SentUnixSeconds;
            message.FrameId = _gossip.Store.IdAt(slot);
        }
    }
}
