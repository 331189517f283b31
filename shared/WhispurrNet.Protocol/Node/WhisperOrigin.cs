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
        private readonly int _hopBudget;
        private readonly uint _burst;
        private readonly uint _refillMs;
        private long _budgetFullMs = TokenBucket.Full;
        private long _emergenciesFullMs = TokenBucket.Full;
        private ulong _lastSentId;

        internal WhisperOrigin(NodeConfiguration configuration, GossipEngine gossip, MacWorkspace mac)
        {
            _gossip = gossip;
            _mac = mac;
            _hopBudget = configuration.HopBudget;
            _burst = configuration.WhisperBurst;
            _refillMs = configuration.WhisperRefillMs;
        }

        /// <summary>Id of the last whisper queued; 0 before the first.</summary>
        internal ulong LastSentId
        {
            get { return _lastSentId; }
        }

        /// <summary>Makes a frame of one whisper: seals, admits and stores it.</summary>
        /// <param name="header">Type and payload count are set; the rest is filled in here.</param>
        /// <param name="seal">How it is sealed.</param>
        /// <param name="identity">The sender.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal SendResult Send(
            WhisperHeader header,
            OutgoingSeal seal,
            EphemeralIdentity identity,
            byte[] payload,
            int offset,
            uint unixSeconds,
            long nowMs)
        {
            // A contact card is the node's own and comes once an hour: it takes nothing from the application's budget.
            bool isCard = header.Type == (byte)WhisperType.PeerDiscovery;
            bool isEmergency = header.Type == (byte)WhisperType.Emergency;
            NodeStatistics statistics = _gossip.Statistics;
            ChaChaRandom random = _gossip.Random;
            if (!isCard && !IsWithinBudget(isEmergency, nowMs))
            {
                statistics.Add(Counter.Congested);
                return SendResult.Congested;
            }

            uint lifetimeSeconds = seal.LifetimeSeconds;
            uint units = DrawLifetimeUnits(lifetimeSeconds);
            int hops = DrawHopBudget();
            long deadlineMs = nowMs + ((long)units * FrameCodec.LifetimeUnitMs);
            int slot = _gossip.Reserve(deadlineMs, nowMs);
            if (slot == FrameStore.None)
            {
                statistics.Add(Counter.RefusedNoRoom);
                return SendResult.StoreFull;
            }

            header.InnerId = random.NextUInt64();
            System.Array.Copy(identity.Id, 0, header.Sender, 0, WhisperHeader.SenderSize);
            header.SenderTimestamp = identity.Timestamp;
            header.SentUnixSeconds = unixSeconds;
            byte[] frame = _gossip.Store.Buffer;
            int at = _gossip.Store.OffsetOf(slot);
            byte[] whisper = new byte[FrameLayout.WhisperSize(_gossip.FrameSize)];
            byte expiryHour = ExpiryHour.Encode(unixSeconds, lifetimeSeconds);
            WhisperSealer.Begin(_mac, expiryHour, seal.TagKey, seal.TagPosition, random, frame, at);
            if (!seal.Write(header, payload, offset, frame, at, whisper, random))
            {
                return SendResult.UnknownContact;
            }

            // Only now: the workspaces of an inner seal are garbage, and a small board has no room for both.
            new WhisperSealer(_mac, _gossip.FrameSize, whisper).Finish(seal.SealKey, frame, at);

            _gossip.Authenticator.Admit(frame, at);
            FrameCodec.WriteMutable(frame, at, _gossip.FrameSize, hops, (int)units);
            ulong id = _gossip.Originate(slot, isEmergency, deadlineMs, nowMs);
            if (isCard)
            {
                _gossip.Store.Set(slot, FrameStore.Card);
                statistics.Add(Counter.CardsSent);
            }
            else
            {
                _lastSentId = id;
                TakeFromBudget(isEmergency, nowMs);
                statistics.Add(Counter.WhispersQueued);
            }

            return SendResult.Queued;
        }

        /// <summary>
        /// Makes a cover frame, if the budget of whispers and the store have room for one. A whisper sealed under keys that
        /// are thrown away is nothing but random bytes to everyone, so random bytes it is; the network admits it like any
        /// other.
        /// </summary>
        /// <param name="lifetimeSeconds">Lifetime of whispers.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal void SendCover(uint lifetimeSeconds, uint unixSeconds, long nowMs)
        {
            if (!IsWithinBudget(false, nowMs))
            {
                return;
            }

            ChaChaRandom random = _gossip.Random;
            uint units = DrawLifetimeUnits(lifetimeSeconds);
            int hops = DrawHopBudget();
            long deadlineMs = nowMs + ((long)units * FrameCodec.LifetimeUnitMs);
            int slot = _gossip.ReserveForCover(deadlineMs, nowMs);
            if (slot == FrameStore.None)
            {
                return;
            }

            byte[] frame = _gossip.Store.Buffer;
            int at = _gossip.Store.OffsetOf(slot);
            int immutable = FrameLayout.ImmutableSize(_gossip.FrameSize);
            frame[at + FrameLayout.VersionOffset] = FrameLayout.Version;
            frame[at + FrameLayout.ExpiryHourOffset] = ExpiryHour.Encode(unixSeconds, lifetimeSeconds);
            random.NextBytes(frame, at + FrameLayout.TagOffset, immutable - FrameLayout.TagOffset);
            _gossip.Authenticator.Admit(frame, at);
            FrameCodec.WriteMutable(frame, at, _gossip.FrameSize, hops, (int)units);
            _gossip.OriginateCover(slot, deadlineMs, nowMs);
            TakeFromBudget(false, nowMs);
        }

        /// <summary>Jitter: what leaves the origin looks like what a relay hands on.</summary>
        private uint DrawLifetimeUnits(uint lifetimeSeconds)
        {
            uint units = lifetimeSeconds / (FrameCodec.LifetimeUnitMs / 1000);
            return units - _gossip.Random.NextBelow((units / LifetimeJitterPart) + 1);
        }

        private int DrawHopBudget()
        {
            return _hopBudget - (int)_gossip.Random.NextBelow(HopJitter);
        }

        /// <summary>Emergencies have a budget of their own: other whispers cannot use it up.</summary>
        private bool IsWithinBudget(bool isEmergency, long nowMs)
        {
            return isEmergency
                ? TokenBucket.CanTake(_emergenciesFullMs, EmergencyLimits.Burst, EmergencyLimits.RefillMs, nowMs)
                : TokenBucket.CanTake(_budgetFullMs, _burst, _refillMs, nowMs);
        }

        private void TakeFromBudget(bool isEmergency, long nowMs)
        {
            if (isEmergency)
            {
                _emergenciesFullMs = TokenBucket.Take(_emergenciesFullMs, EmergencyLimits.RefillMs, nowMs);
            }
            else
            {
                _budgetFullMs = TokenBucket.Take(_budgetFullMs, _refillMs, nowMs);
            }
        }
    }
}
