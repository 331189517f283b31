namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// How many emergencies have priority. Any member can send them, so priority is scarce; what is beyond the limits
    /// travels like any other frame (PROTOCOL.md, "Emergencies").
    /// </summary>
    public static class EmergencyLimits
    {
        /// <summary>Most at once over one link, and from one origin.</summary>
        public const uint Burst = 3;

        /// <summary>Milliseconds for one more.</summary>
        public const uint RefillMs = 60 * 1000;

        /// <summary>At most this part of the frames held has priority: they are never evicted.</summary>
        public const int StorePart = 4;
    }
}
