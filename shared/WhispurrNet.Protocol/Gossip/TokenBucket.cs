namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// A budget that refills with time: at most so many at once, one more every so often. All that has to be kept of a
    /// bucket is when it will be full again: one field, where a board pays 12 bytes for each.
    /// </summary>
    public static class TokenBucket
    {
        /// <summary>When a bucket is full again that always was.</summary>
        public const long Full = long.MinValue;

        /// <summary>True when one may be taken.</summary>
        /// <param name="fullMs">When the bucket is full again.</param>
        /// <param name="burst">Most takes at once, 1 or more.</param>
        /// <param name="refillMs">Milliseconds for one more.</param>
        /// <param name="nowMs">Now.</param>
        public static bool CanTake(long fullMs, uint burst, uint refillMs, long nowMs)
        {
            return fullMs <= nowMs + ((long)(burst - 1) * refillMs);
        }

        /// <summary>Takes one.</summary>
        /// <param name="fullMs">When the bucket is full again.</param>
        /// <param name="refillMs">Milliseconds for one more.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>When the bucket is full again from now on.</returns>
        public static long Take(long fullMs, uint refillMs, long nowMs)
        {
            return (fullMs > nowMs ? fullMs : nowMs) + refillMs;
        }
    }
}
