namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// The places of the counters in <see cref="NodeStatistics"/>. Constants and one method that counts, where a setter for
    /// each counter would take two kilobytes of a board's flash.
    /// </summary>
    internal static class Counter
    {
        internal const int FramesOwn = 0;
        internal const int FramesStranger = 1;
        internal const int FramesSent = 2;
        internal const int Duplicates = 3;
        internal const int Upgrades = 4;
        internal const int RefusedLength = 5;
        internal const int RefusedVersion = 6;
        internal const int RefusedExpired = 7;
        internal const int RefusedNoRoom = 8;
        internal const int Expired = 9;
        internal const int EvictedOwn = 10;
        internal const int EvictedStranger = 11;
        internal const int Matched = 12;
        internal const int OpenFailed = 13;
        internal const int WhisperMalformed = 14;
        internal const int Delivered = 15;
        internal const int DeliveredBefore = 16;
        internal const int WhispersQueued = 17;
        internal const int Congested = 18;
        internal const int Links = 19;
        internal const int LinksRefused = 20;
        internal const int ContactsFinished = 21;
        internal const int LinksFailed = 22;
        internal const int LinkTimeouts = 23;
        internal const int FragmentGaps = 24;
        internal const int FragmentsMalformed = 25;
        internal const int RecordsDamaged = 26;
        internal const int RecordsRefused = 27;
        internal const int RecordsUnknown = 28;
        internal const int Offered = 29;
        internal const int Pulled = 30;
        internal const int NeighboursRefused = 31;
        internal const int BytesSent = 32;
        internal const int BytesReceived = 33;
        internal const int CardsSent = 34;
        internal const int ContactsLearned = 35;
        internal const int CardsRefused = 36;
        internal const int DirectFailed = 37;
        internal const int SendersForged = 38;
        internal const int Emergencies = 39;
        internal const int EmergenciesOrdinary = 40;
        internal const int CoverFrames = 41;
        internal const int ClocksRefused = 42;
        internal const int AcksSent = 43;
        internal const int AcksReceived = 44;
        internal const int AcksDropped = 45;
        internal const int AcksRefused = 46;
        internal const int Resent = 47;
        internal const int Unacknowledged = 48;
        internal const int TooManyPending = 49;
        internal const int PartsRefused = 50;
        internal const int PartsWaiting = 51;
        internal const int ReassembliesExpired = 52;
        internal const int SuccessorsSent = 53;
        internal const int SuccessorsLearned = 54;
        internal const int SuccessorsRefused = 55;
        internal const int Handshakes = 56;
        internal const int HandshakesFailed = 57;
        internal const int HandshakesRefused = 58;
        internal const int Resumptions = 59;
        internal const int ResumptionsUnknown = 60;
        internal const int ResumptionsCrossed = 61;
        internal const int KeyPairsMissing = 62;
        internal const int PeersRefused = 63;
        internal const int LinksCollapsed = 64;
        internal const int IdentitiesIntroduced = 65;
        internal const int RefusedQuota = 66;
        internal const int PulledLater = 67;
        internal const int Count = 68;
    }
}
