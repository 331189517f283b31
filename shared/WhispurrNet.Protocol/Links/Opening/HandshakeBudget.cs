using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// How many full handshakes a node takes part in: one budget for members that dial, one for all strangers together,
    /// and one for what it dials itself, so that nobody uses up another's. A keyless relay has strangers only.
    /// </summary>
    public sealed class HandshakeBudget
    {
        /// <summary>Somebody dials who showed the network's key.</summary>
        public const int Members = 0;

        /// <summary>A stranger dials, or answers in a contact.</summary>
        public const int Strangers = 1;

        /// <summary>This node dials.</summary>
        public const int Dialled = 2;

        private const int Kinds = 3;

        // Burst and refill of each.
        private readonly uint[] _figures;
        private readonly long[] _fullMs;

        /// <summary>Full budgets.</summary>
        /// <param name="limits">Their sizes.</param>
        /// <param name="keyless">Whether the node holds no network key: strangers are then all there is.</param>
        public HandshakeBudget(NodeLimits limits, bool keyless)
        {
            uint burst = limits.HandshakeBurst;
            uint refillMs = limits.HandshakeRefillMs;
            _figures = new uint[]
            {
                burst, refillMs,
                keyless ? burst : limits.StrangerHandshakeBurst,
                keyless ? refillMs : limits.StrangerHandshakeRefillMs,
                burst, refillMs,
            };
            _fullMs = new long[Kinds];
            for (int i = 0; i < Kinds; i++)
            {
                _fullMs[i] = TokenBucket.Full;
            }
        }

        /// <summary>True when there is one left.</summary>
        /// <param name="whom">One of the constants.</param>
        /// <param name="nowMs">Now.</param>
        public bool CanTake(int whom, long nowMs)
        {
            return TokenBucket.CanTake(_fullMs[whom], _figures[2 * whom], _figures[(2 * whom) + 1], nowMs);
        }

        /// <summary>Takes one, if there is one left.</summary>
        public bool TryTake(int whom, long nowMs)
        {
            bool taken = CanTake(whom, nowMs);
            if (taken)
            {
                _fullMs[whom] = TokenBucket.Take(_fullMs[whom], _figures[(2 * whom) + 1], nowMs);
            }

            return taken;
        }
    }
}
