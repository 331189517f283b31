using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Obfuscation
{
    /// <summary>
    /// Stealth mode: random delays, cover traffic, and one length for all messages of a stream. The draws are exponential:
    /// how long a frame has been waiting says nothing of when it will go, and neither does the last cover frame of the next.
    /// </summary>
    public sealed class StealthObfuscation : IObfuscation
    {
        /// <summary>Mean time that a frame is held back, milliseconds.</summary>
        public const uint HoldBackMeanMs = 3000;

        /// <summary>... and at most.</summary>
        public const uint HoldBackMaxMs = 15 * 1000;

        /// <summary>An emergency is held back for so many times less.</summary>
        public const uint EmergencyPart = 10;

        /// <summary>
        /// Mean time between cover frames, milliseconds: the pace of an application that whispers every five minutes, which
        /// nothing then tells from one that is silent.
        /// </summary>
        public const uint CoverMeanMs = 5 * 60 * 1000;

        /// <summary>... and at most.</summary>
        public const uint CoverMaxMs = 30 * 60 * 1000;

        private const int LogBits = 12;

        // Natural logarithm of 2, in 1/65,536.
        private const uint NaturalLog2 = 45426;

        /// <inheritdoc/>
        public uint DrawHoldBackMs(bool emergency, ChaChaRandom random)
        {
            uint part = emergency ? EmergencyPart : 1;
            return DrawExponential(HoldBackMeanMs / part, HoldBackMaxMs / part, random);
        }

        /// <inheritdoc/>
        public uint DrawCoverIntervalMs(ChaChaRandom random)
        {
            return 1 + DrawExponential(CoverMeanMs, CoverMaxMs - 1, random);
        }

        /// <inheritdoc/>
        public int PadTo(int count, int frameMessageSize)
        {
            return count < frameMessageSize ? frameMessageSize : count;
        }

        /// <summary>
        /// Mean times the negative logarithm of a uniform number, in integers: a board has no mathematics library, and every
        /// runtime is to draw the same.
        /// </summary>
        private static uint DrawExponential(uint mean, uint max, ChaChaRandom random)
        {
            // An odd number over 2^32, with the point moved so that it lies between 1 and 2.
            ulong x = random.NextUInt32() | 1;
            uint shifts = 1;
            while (x < 0x80000000)
            {
                x <<= 1;
                shifts++;
            }

            // Squaring doubles the logarithm: a square of 2 or more shows its next bit.
            uint log = 0;
            for (int i = 0; i < LogBits; i++)
            {
                x = (x * x) >> 31;
                log <<= 1;
                if (x >= 0x100000000)
                {
                    x >>= 1;
                    log |= 1;
                }
            }

            ulong drawn = ((ulong)mean * ((shifts << LogBits) - log) * NaturalLog2) >> (16 + LogBits);
            return drawn < max ? (uint)drawn : max;
        }
    }
}
