using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Makes frames of this node's own whispers and puts them into the store, within the origin's budget.
    /// </summary>
    internal sealed class WhisperOrigin
    {
        /// <summary>An own whisper leaves with a hop budget of this less than the configured one, at most.</summary>
        private const uint HopJitter = 3;

        /// <summary>... and with a lifetime shorter by up to this part.</summary>
        private const uint LifetimeJitterPart = 16;

        private readonly GossipEngine _gossip;
        private readonly MacWorkspace _mac;
        private readonly uint _lifetimeSeconds;
        private readonly int _hopBudget;
        private readonly uint _burst;
        private readonly uint _refillMs;
        private long _budgetFullMs = TokenBucket.Full;
        private ulong _lastSentId;

        internal WhisperOrigin(NodeConfiguration configuration, GossipEngine gossip, MacWorkspace mac)
        {
            _gossip = gossip;
            _mac = mac;
            _lifetimeSeconds = configuration.WhisperLifetimeSeconds;
            _hopBudget = configuration.HopBudget;
            _burst = configuration.WhisperBurst;
            _refillMs = configuration.WhisperRefillMs;
        }

        /// <summary>Id of the last whisper queued; 0 before the first.</summary>
        internal ulong LastSentId
        {
            get { return _lastSentId; }
        }

        /// <summary>Seals, admits and stores one whisper.</summary>
        /// <param name="header">Type and payload count are set; the rest is filled in here.</param>
        /// <param name="tagKey">32 bytes.</param>
        /// <param name="sealKey">32 bytes; may stand in the MAC workspace.</param>
        /// <param name="identity">The sender.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal SendResult Send(
            WhisperHeader header,
            byte[] tagKey,
            byte[] sealKey,
            EphemeralIdentity identity,
            byte[] payload,
            int offset,
            uint unixSeconds,
            long nowMs)
        {
            NodeStatistics statistics = _gossip.Statistics;
            ChaChaRandom random = _gossip.Random;
            if (!TokenBucket.CanTake(_budgetFullMs, _burst, _refillMs, nowMs))
            {
                statistics.Congested++;
                return SendResult.Congested;
            }

            // Jitter: what leaves the origin looks like what a relay hands on.
            uint units = _lifetimeSeconds / (FrameCodec.LifetimeUnitMs / 1000);
            units -= random.NextBelow((units / LifetimeJitterPart) + 1);
            int hops = _hopBudget - (int)random.NextBelow(HopJitter);
            long deadlineMs = nowMs + ((long)units * FrameCodec.LifetimeUnitMs);
            int slot = _gossip.Reserve(deadlineMs, nowMs);
            if (slot == FrameStore.None)
            {
                statistics.RefusedNoRoom++;
                return SendResult.StoreFull;
            }

            header.InnerId = random.NextUInt64();
            System.Array.Copy(identity.Id, 0, header.Sender, 0, WhisperHeader.SenderSize);
            header.SenderTimestamp = identity.Timestamp;
            header.SentUnixSeconds = unixSeconds;
            byte[] frame = _gossip.Store.Buffer;
            int at = _gossip.Store.OffsetOf(slot);
            byte expiryHour = ExpiryHour.Encode(unixSeconds, _lifetimeSeconds);
            WhisperSealer sealer = new WhisperSealer(_mac, _gossip.FrameSize);
            sealer.Seal(header, payload, offset, expiryHour, tagKey, sealKey, random, frame, at);
            _gossip.Authenticator.Admit(frame, at);
            FrameCodec.WriteMutable(frame, at, _gossip.FrameSize, hops, (int)units);
            _lastSentId = _gossip.Originate(slot, deadlineMs);
            _budgetFullMs = TokenBucket.Take(_budgetFullMs, _refillMs, nowMs);
            statistics.WhispersQueued++;
            return SendResult.Queued;
        }
    }
}
