namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>Every time of the radio's schedule, milliseconds (PROTOCOL.md, "Roles").</summary>
    public static class RadioTimings
    {
        /// <summary>A client window begins at the earliest so long after the last one.</summary>
        public const uint WindowMinMs = 10 * 1000;

        /// <summary>... and at the latest.</summary>
        public const uint WindowMaxMs = 40 * 1000;

        /// <summary>An urgent window begins at the earliest so long after the frame came.</summary>
        public const uint UrgentMinMs = 2 * 1000;

        /// <summary>... and at the latest.</summary>
        public const uint UrgentMaxMs = 10 * 1000;

        /// <summary>
        /// Length of a scan: some twenty advertising intervals, so that a neighbour is seldom missed.
        /// </summary>
        public const int ScanMs = 2000;

        /// <summary>One outbound contact, everything included.</summary>
        public const int ContactMs = 12 * 1000;

        /// <summary>A neighbour whose digest says nothing new is met again after so long.</summary>
        public const int MeetAgainMs = 60 * 1000;

        /// <summary>
        /// A neighbour whose digest differs is met again after so long. A stranger's digest always seems to differ.
        /// </summary>
        public const int MeetDifferentMs = 10 * 1000;

        /// <summary>An address that turned out to be no node is left alone for so long.</summary>
        public const int AvoidMs = 10 * 60 * 1000;

        /// <summary>After two stuck inbound contacts the node only dials for this long at least.</summary>
        public const uint RestMinMs = 45 * 1000;

        /// <summary>... and at most.</summary>
        public const uint RestMaxMs = 75 * 1000;

        /// <summary>Client time that may be saved up for a burst of urgent windows.</summary>
        public const long ClientCreditMaxMs = 20 * 1000;

        /// <summary>Client time needed to begin a window: a scan and two stack restarts.</summary>
        public const long ClientCreditNeededMs = 4 * 1000;
    }
}
