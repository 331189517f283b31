namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>Every time of the radio's schedule, milliseconds (PROTOCOL.md, "Roles").</summary>
    public static class RadioTimings
    {
        /// <summary>
        /// Length of a scan: some twenty advertising intervals, so that a neighbour is seldom missed.
        /// </summary>
        public const int ScanMs = 1000;

        /// <summary>
        /// A scan that has as many candidates as a window has contacts goes on for so long: who is heard first is chance.
        /// </summary>
        public const int ScanEnoughMs = 100;

        /// <summary>
        /// What is advertised is made anew, which stops the stack, when it lacks something and no window begins within this
        /// time anyway.
        /// </summary>
        public const int RenewBeforeMs = 3 * 1000;

        /// <summary>One outbound contact, everything included.</summary>
        public const int ContactMs = 12 * 1000;

        /// <summary>So many fruitless contacts in a row double the time until the next one.</summary>
        public const int MeetDifferentDoublings = 5;

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
