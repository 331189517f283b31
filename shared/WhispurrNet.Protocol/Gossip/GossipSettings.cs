namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// How eagerly a node gossips. Nodes with different settings understand each other: nothing of it is on the wire. The
    /// defaults are what a sweep over loss, density and load found best (host/WhispurrNet.Simulation/README.md).
    /// </summary>
    public sealed class GossipSettings
    {
        private const uint HourMs = 60 * 60 * 1000;
        private const int FanoutMax = 16;

        /// <summary>Streams that a new frame is pushed to, and contacts in one client window, 1 to 16.</summary>
        public int Fanout = 3;

        /// <summary>A client window begins at the earliest so long after the last one, milliseconds.</summary>
        public uint WindowMinMs = 10 * 1000;

        /// <summary>... and at the latest.</summary>
        public uint WindowMaxMs = 40 * 1000;

        /// <summary>An urgent window begins at the earliest so long after the frame came, milliseconds.</summary>
        public uint UrgentMinMs = 1 * 1000;

        /// <summary>... and at the latest.</summary>
        public uint UrgentMaxMs = 5 * 1000;

        /// <summary>
        /// A neighbour whose digest says nothing new is met again after so long, milliseconds: a filter seldom hides
        /// something, and under the next salt it does not.
        /// </summary>
        public uint MeetAgainMs = 10 * 60 * 1000;

        /// <summary>
        /// A neighbour whose digest differs is met again after so long, milliseconds; doubled for every fruitless contact in
        /// a row, at most five times: a stranger's digest always seems to differ.
        /// </summary>
        public uint MeetDifferentMs = 5 * 1000;

        /// <summary>
        /// What is advertised is made anew, which stops the stack for a moment, when it lacks a frame and is so old,
        /// milliseconds.
        /// </summary>
        public uint RenewAfterMs = 2 * 1000;

        /// <summary>
        /// How long frames of the network are to stay when there are many, milliseconds: when three quarters of a full store
        /// come anew within it, an origin is told that the mesh is congested. 0 for an origin that heeds no congestion.
        /// </summary>
        public uint StayMs = 3 * 60 * 1000;

        /// <summary>True when every value is within its range.</summary>
        internal bool AreSound
        {
            get
            {
                return Fanout >= 1 && Fanout <= FanoutMax
                    && IsSpan(WindowMinMs, WindowMaxMs) && IsSpan(UrgentMinMs, UrgentMaxMs)
                    && MeetAgainMs <= HourMs && MeetDifferentMs <= HourMs && RenewAfterMs <= HourMs && StayMs <= HourMs;
            }
        }

        private static bool IsSpan(uint min, uint max)
        {
            return min > 0 && min <= max && max <= HourMs;
        }
    }
}
