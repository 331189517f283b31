using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
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
        private readonly uint _lifetimeSeconds;
        private readonly uint _burst;
        private readonly uint _refillMs;
        private long _budgetFullMs = TokenBucket.Full;
        private long _emergenciesFullMs = TokenBucket.Full;
        private long _nodesFullMs = TokenBucket.Full;
        private ulong _lastFrameId;

        internal WhisperOrigin(NodeConfiguration configuration, GossipEngine gossip, MacWorkspace mac)
        {
            _gossip = gossip;
            _mac = mac;
            _hopBudget = configuration.HopBudget;
            _lifetimeSeconds = configuration.WhisperLifetimeSeconds;
            _burst = configuration.WhisperBurst;
            _refillMs = configuration.WhisperRefillMs;
        }

        /// <summary>Id of the last frame made; 0 before the first.</summary>
        internal ulong LastFrameId
        {
            get { return _lastFrameId; }
        }

        /// <summary>Seconds that every frame lives, before jitter: a lifetime of its own would tell what a frame is.</summary>
        internal uint LifetimeSeconds
        {
            get { return _lifetimeSeconds; }
        }

        /// <summary>When a budget allows the next frame.</summary>
        internal long ReadyMs(int budget)
        {
            long fullMs = FullMsOf(budget);
            return fullMs == TokenBucket.Full ? fullMs : fullMs - ((long)(BurstOf(budget) - 1) * RefillMsOf(budget));
        }

        /// <summary>
        /// Makes a frame of one whisper, or of one part: seals, admits and stores it. Its budget allows it: that was asked.
        /// </summary>
        /// <param name="header">What stands in front of the payload.</param>
        /// <param name="seal">How it is sealed.</param>
        /// <param name="payload">Holds the whole payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal SendResult Send(
            WhisperHeader header, OutgoingSeal seal, byte[] payload, int offset, uint unixSeconds, long nowMs)
        {
            bool isEmergency = seal.Budget == OutgoingSeal.OfEmergencies;
            NodeStatistics statistics = _gossip.Statistics;
            ChaChaRandom random = _gossip.Random;
            uint units = DrawLifetimeUnits();
            int hops = DrawHopBudget();
            long deadlineMs = nowMs + ((long)units * FrameCodec.LifetimeUnitMs);
            int slot = _gossip.Reserve(deadlineMs, nowMs);
            if (slot == FrameStore.None)
            {
                statistics.Add(Counter.RefusedNoRoom);
                return SendResult.StoreFull;
            }

            byte[] frame = _gossip.Store.Buffer;
            int at = _gossip.Store.OffsetOf(slot);
            byte[] whisper = new byte[FrameLayout.WhisperSize(_gossip.FrameSize)];
            byte expiryHour = ExpiryHour.Encode(unixSeconds, _lifetimeSeconds);
            WhisperSealer.Begin(_mac, expiryHour, seal.TagKey, seal.TagPosition, random, frame, at);
            if (!seal.Write(header, payload, offset, frame, at, whisper, random))
            {
                return SendResult.UnknownContact;
            }

            // Only now: the workspaces of an inner seal are garbage, and a small board has no room for both.
            new WhisperSealer(_mac, _gossip.FrameSize, whisper).Finish(seal.SealKey, frame, at);

            _gossip.Authenticator.Admit(frame, at);
            FrameCodec.WriteMutable(frame, at, _gossip.FrameSize, hops, (int)units);
            _lastFrameId = _gossip.Originate(slot, isEmergency, deadlineMs, nowMs);
            TakeFrom(seal.Budget, nowMs);
            if (seal.Budget == OutgoingSeal.OfNobody)
            {
                _gossip.Store.Set(slot, FrameStore.Card);
            }

            return SendResult.Queued;
        }

        /// <summary>
        /// Makes a cover frame, if the budget of whispers and the store have room for one. A whisper sealed under keys that
        /// are thrown away is nothing but random bytes to everyone, so random bytes it is; the network admits it like any
        /// other.
        /// </summary>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal void SendCover(uint unixSeconds, long nowMs)
        {
            if (ReadyMs(OutgoingSeal.OfWhispers) > nowMs)
            {
                return;
            }

            ChaChaRandom random = _gossip.Random;
            uint units = DrawLifetimeUnits();
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
            frame[at + FrameLayout.ExpiryHourOffset] = ExpiryHour.Encode(unixSeconds, _lifetimeSeconds);
            random.NextBytes(frame, at + FrameLayout.TagOffset, immutable - FrameLayout.TagOffset);
            _gossip.Authenticator.Admit(frame, at);
            FrameCodec.WriteMutable(frame, at, _gossip.FrameSize, hops, (int)units);
            _gossip.OriginateCover(slot, deadlineMs, nowMs);
            TakeFrom(OutgoingSeal.OfWhispers, nowMs);
        }

        /// <summary>Jitter: what leaves the origin looks like what a relay hands on.</summary>
        private uint DrawLifetimeUnits()
        {
            uint units = _lifetimeSeconds / (FrameCodec.LifetimeUnitMs / 1000);
            return units - _gossip.Random.NextBelow((units / LifetimeJitterPart) + 1);
        }

        private int DrawHopBudget()
        {
            return _hopBudget - (int)_gossip.Random.NextBelow(HopJitter);
        }

        private uint BurstOf(int budget)
        {
            return budget == OutgoingSeal.OfEmergencies ? EmergencyLimits.Burst : _burst;
        }

        private uint RefillMsOf(int budget)
        {
            return budget == OutgoingSeal.OfEmergencies ? EmergencyLimits.RefillMs : _refillMs;
        }

        private long FullMsOf(int budget)
        {
            switch (budget)
            {
                case OutgoingSeal.OfWhispers: return _budgetFullMs;
                case OutgoingSeal.OfEmergencies: return _emergenciesFullMs;
                case OutgoingSeal.OfNode: return _nodesFullMs;
                default: return TokenBucket.Full;
            }
        }

        private void TakeFrom(int budget, long nowMs)
        {
            long fullMs = TokenBucket.Take(FullMsOf(budget), RefillMsOf(budget), nowMs);
            switch (budget)
            {
                case OutgoingSeal.OfWhispers: _budgetFullMs = fullMs; break;
                case OutgoingSeal.OfEmergencies: _emergenciesFullMs = fullMs; break;
                case OutgoingSeal.OfNode: _nodesFullMs = fullMs; break;
            }
        }
    }
}
