using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>Makes frames of this node's own whispers and puts them into the store, within the origin's budget.</summary>
    internal sealed class WhisperOrigin
    {
        /// <summary>An own whisper leaves with a hop budget of this less than the configured one, at most.</summary>
        private const uint HopJitter = 3;

        /// <summary>... and with a lifetime shorter by up to this part.</summary>
        private const uint LifetimeJitterPart = 16;

        private readonly NodeConfiguration _configuration;
        private readonly GossipEngine _gossip;
        private readonly FrameAuthenticator _authenticator;
        private readonly WhisperSealer _sealer;
        private readonly ChaChaRandom _random;
        private readonly NodeStatistics _statistics;
        private readonly TokenBucket _budget;
        private readonly WhisperHeader _header = new WhisperHeader();
        private readonly byte[] _frame;
        private ulong _lastSentId;

        internal WhisperOrigin(
            NodeConfiguration configuration,
            GossipEngine gossip,
            FrameAuthenticator authenticator,
            WhisperSealer sealer,
            ChaChaRandom random,
            NodeStatistics statistics,
            long nowMs)
        {
            _configuration = configuration;
            _gossip = gossip;
            _authenticator = authenticator;
            _sealer = sealer;
            _random = random;
            _statistics = statistics;
            _budget = new TokenBucket(configuration.WhisperBurst, configuration.WhisperRefillMs, nowMs);
            _frame = new byte[configuration.FrameSize];
        }

        /// <summary>Id of the last whisper queued; 0 before the first.</summary>
        internal ulong LastSentId
        {
            get { return _lastSentId; }
        }

        /// <summary>Inner id of the last whisper sealed.</summary>
        internal ulong LastInnerId
        {
            get { return _header.InnerId; }
        }

        /// <summary>Seals, admits and stores one whisper.</summary>
        internal SendResult Send(
            WhisperType type,
            byte[] tagKey,
            byte[] sealKey,
            EphemeralIdentity identity,
            byte[] payload,
            int offset,
            int count,
            uint unixSeconds,
            long nowMs)
        {
            if (!_budget.CanTake(nowMs))
            {
                _statistics.Congested++;
                return SendResult.Congested;
            }

            _header.Type = (byte)type;
            _header.PayloadCount = count;
            _header.InnerId = _random.NextUInt64();
            System.Array.Copy(identity.Id, 0, _header.Sender, 0, WhisperHeader.SenderSize);
            _header.SenderTimestamp = identity.Timestamp;
            _header.SentUnixSeconds = unixSeconds;
            byte expiryHour = ExpiryHour.Encode(unixSeconds, _configuration.WhisperLifetimeSeconds);
            _sealer.Seal(_header, payload, offset, expiryHour, tagKey, sealKey, _random, _frame);
            _authenticator.Admit(_frame, 0);

            // Jitter: what leaves the origin looks like what a relay hands on.
            uint units = _configuration.WhisperLifetimeSeconds / (FrameCodec.LifetimeUnitMs / 1000);
            units -= _random.NextBelow((units / LifetimeJitterPart) + 1);
            int hops = _configuration.HopBudget - (int)_random.NextBelow(HopJitter);
            FrameCodec.WriteMutable(_frame, 0, _configuration.FrameSize, hops, (int)units);
            ulong id = _gossip.Originate(_frame, hops, units, nowMs);
            if (id == 0)
            {
                _statistics.RefusedNoRoom++;
                return SendResult.StoreFull;
            }

            _budget.TryTake(nowMs);
            _statistics.WhispersQueued++;
            _lastSentId = id;
            return SendResult.Queued;
        }
    }
}
