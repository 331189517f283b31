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

        internal WhisperInbox(int deliveredMax, GossipEngine gossip, MacWorkspace mac)
        {
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

                WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
                bool delivered = TryDeliver(slot, sealer, message);
                sealer.Forget();
                if (delivered)
                {
                    return true;
                }
            }
        }

        /// <summary>How many keys of the ring open a frame, whatever its tag and admission MAC say.</summary>
        internal int CountKeysThatOpen(byte[] frame)
        {
            WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
            WhisperHeader header = new WhisperHeader();
            int count = 0;
            for (int i = 0; i < _gossip.Ring.Count; i++)
            {
                count += Open(sealer, frame, 0, i, header) != WhisperSealer.NotForThisKey ? 1 : 0;
            }

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

        private bool TryDeliver(int slot, WhisperSealer sealer, WhisperMessage message)
        {
            NodeStatistics statistics = _gossip.Statistics;
            WhisperHeader header = new WhisperHeader();
            byte[] frame = _gossip.Store.Buffer;
            int offset = _gossip.Store.OffsetOf(slot);
            int entry = _gossip.Ring.Match(frame, offset);
            int result = entry == KeyRing.NoMatch
                ? WhisperSealer.NotForThisKey
                : Open(sealer, frame, offset, entry, header);
            if (result == WhisperSealer.NotForThisKey)
            {
                statistics.OpenFailed++;
                return false;
            }

            if (result == WhisperSealer.Malformed || !IsExpected(header.Type, entry))
            {
                statistics.WhisperMalformed++;
                return false;
            }

            if (_delivered.Find(header.InnerId) != SeenCache.None)
            {
                statistics.DeliveredBefore++;
                return false;
            }

            _delivered.Add(header.InnerId);
            statistics.Delivered++;
            message.Type = (WhisperType)header.Type;
            message.Intent = _gossip.Ring.IntentOf(entry);
            message.PayloadCount = header.PayloadCount;
            System.Array.Copy(sealer.Whisper, WhisperHeader.Size, message.Payload, 0, header.PayloadCount);
            System.Array.Copy(header.Sender, 0, message.Sender, 0, WhisperHeader.SenderSize);
            message.SenderTimestamp = header.SenderTimestamp;
            message.SentUnixSeconds = header.SentUnixSeconds;
            message.FrameId = _gossip.Store.IdAt(slot);
            return true;
        }

        /// <summary>
        /// A type must come under its own kind of key: a broadcast under the network's, a resonance under an intent's.
        /// </summary>
        private static bool IsExpected(byte type, int entry)
        {
            bool toNetwork = type == (byte)WhisperType.Broadcast
                || type == (byte)WhisperType.PeerDiscovery
                || type == (byte)WhisperType.Emergency;
            bool toIntent = type == (byte)WhisperType.Resonance;
            bool byNetwork = entry == KeyRing.BroadcastEntry;
            return (!toNetwork || byNetwork) && (!toIntent || !byNetwork);
        }
    }
}
