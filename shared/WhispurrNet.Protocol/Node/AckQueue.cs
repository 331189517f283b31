using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// The acknowledgements that this node owes for direct whispers that its application has had. Each waits for a random
    /// time, so that an observer does not see a whisper arrive (PROTOCOL.md, "Acknowledgement").
    /// </summary>
    /// <remarks>
    /// Bounded by a budget of its own, so that a flood of whispers makes no flood of acknowledgements. When full, a further
    /// one is dropped and counted: the sender's resend asks for it again.
    /// </remarks>
    internal sealed class AckQueue
    {
        private const int KeySize = Sha256.HashSize;
        private const int InnerIdOffset = KeySize;
        private const int DueOffset = InnerIdOffset + 8;
        private const int EntrySize = DueOffset + 8;
        private const int DelayMinMs = 1000;
        private const int DelayMaxMs = 15 * 1000;
        private const int RetryMs = 30 * 1000;

        private readonly GossipEngine _gossip;
        private readonly WhisperOrigin _origin;
        private readonly EphemeralIdentity _identity;
        private readonly MacWorkspace _mac;
        private readonly int _capacity;
        private byte[] _entries = new byte[0];
        private long _nowMs;

        internal AckQueue(
            int capacity, GossipEngine gossip, WhisperOrigin origin, EphemeralIdentity identity, MacWorkspace mac)
        {
            _capacity = capacity;
            _gossip = gossip;
            _origin = origin;
            _identity = identity;
            _mac = mac;
        }

        /// <summary>When the next one may go; long.MaxValue without any.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = long.MaxValue;
                for (int i = 0; i < Count; i++)
                {
                    next = DueMsAt(i) < next ? DueMsAt(i) : next;
                }

                return next;
            }
        }

        private int Count
        {
            get { return _entries.Length / EntrySize; }
        }

        /// <summary>Acknowledges a whisper after a while.</summary>
        /// <param name="innerId">The whisper's inner id.</param>
        /// <param name="key">The key that its part 0 gave, 32 bytes. Copied.</param>
        internal void Add(ulong innerId, byte[] key)
        {
            int index = Count;
            if (index == _capacity)
            {
                _gossip.Statistics.Add(Counter.AcksDropped);
                return;
            }

            Resize(index + 1);
            System.Array.Copy(key, 0, _entries, index * EntrySize, KeySize);
            ByteOrder.WriteUInt64(_entries, (index * EntrySize) + InnerIdOffset, innerId);
            SetDueMs(index, _nowMs + DelayMinMs + (long)_gossip.Random.NextBelow(DelayMaxMs - DelayMinMs));
        }

        /// <summary>Sends what is due.</summary>
        internal void HandleTimeout(uint unixSeconds, long nowMs)
        {
            _nowMs = nowMs;
            for (int i = Count - 1; i >= 0; i--)
            {
                if (DueMsAt(i) > nowMs)
                {
                    continue;
                }

                long readyMs = _origin.ReadyMs(OutgoingSeal.OfNode);
                if (readyMs > nowMs)
                {
                    SetDueMs(i, readyMs);
                }
                else if (Send(i, unixSeconds, nowMs))
                {
                    int last = Count - 1;
                    System.Array.Copy(_entries, last * EntrySize, _entries, i * EntrySize, EntrySize);
                    Resize(last);
                }
                else
                {
                    SetDueMs(i, nowMs + RetryMs);
                }
            }
        }

        /// <summary>Overwrites every key.</summary>
        internal void Wipe()
        {
            Resize(0);
        }

        private long DueMsAt(int index)
        {
            return (long)ByteOrder.ReadUInt64(_entries, (index * EntrySize) + DueOffset);
        }

        private void SetDueMs(int index, long dueMs)
        {
            ByteOrder.WriteUInt64(_entries, (index * EntrySize) + DueOffset, (ulong)dueMs);
        }

        private bool Send(int index, uint unixSeconds, long nowMs)
        {
            OutgoingSeal seal = new OutgoingSeal();
            seal.Budget = OutgoingSeal.OfNode;
            System.Array.Copy(_entries, index * EntrySize, seal.TagKey, 0, KeySize);
            System.Array.Copy(seal.TagKey, 0, _mac.Mac, 0, KeySize);
            MailboxRing.DeriveSealKey(_mac);
            System.Array.Copy(_mac.Mac, 0, seal.SealKey, 0, KeySize);
            _mac.Wipe();
            WhisperHeader header = new WhisperHeader();
            header.Type = (byte)WhisperType.Ack;
            header.InnerId = ByteOrder.ReadUInt64(_entries, (index * EntrySize) + InnerIdOffset);
            header.SentUnixSeconds = unixSeconds;
            header.SenderTimestamp = _identity.Timestamp;
            System.Array.Copy(_identity.Id, 0, header.Sender, 0, WhisperHeader.SenderSize);
            SendResult result = _origin.Send(header, seal, header.Sender, 0, unixSeconds, nowMs);
            seal.Wipe();
            if (result != SendResult.Queued)
            {
                return false;
            }

            _gossip.Statistics.Add(Counter.AcksSent);
            return true;
        }

        private void Resize(int count)
        {
            byte[] entries = new byte[count * EntrySize];
            int kept = entries.Length < _entries.Length ? entries.Length : _entries.Length;
            System.Array.Copy(_entries, 0, entries, 0, kept);
            CryptoBytes.Wipe(_entries);
            _entries = entries;
        }
    }
}
