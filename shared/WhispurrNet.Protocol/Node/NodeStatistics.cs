namespace WhispurrNet.Protocol.Node
{
    /// <summary>What happened so far: one counter for everything accepted, refused and dropped.</summary>
    /// <remarks>The counters are one array: a board pays 12 bytes for a field and 4 for an element.</remarks>
    public sealed class NodeStatistics
    {
        private const int CounterCount = 42;

        private readonly uint[] _counters = new uint[CounterCount];

        /// <summary>Frames stored that this network admitted.</summary>
        public uint FramesOwn
        {
            get { return _counters[0]; }
            set { _counters[0] = value; }
        }

        /// <summary>Frames stored for strangers.</summary>
        public uint FramesStranger
        {
            get { return _counters[1]; }
            set { _counters[1] = value; }
        }

        /// <summary>Frames handed to a neighbour.</summary>
        public uint FramesSent
        {
            get { return _counters[2]; }
            set { _counters[2] = value; }
        }

        /// <summary>Copies of frames already seen.</summary>
        public uint Duplicates
        {
            get { return _counters[3]; }
            set { _counters[3] = value; }
        }

        /// <summary>Copies that raised hop budget or lifetime of the held one.</summary>
        public uint Upgrades
        {
            get { return _counters[4]; }
            set { _counters[4] = value; }
        }

        /// <summary>Refused: not one frame long.</summary>
        public uint RefusedLength
        {
            get { return _counters[5]; }
            set { _counters[5] = value; }
        }

        /// <summary>Refused: version not spoken.</summary>
        public uint RefusedVersion
        {
            get { return _counters[6]; }
            set { _counters[6] = value; }
        }

        /// <summary>Refused: no lifetime left, or past the expiry hour.</summary>
        public uint RefusedExpired
        {
            get { return _counters[7]; }
            set { _counters[7] = value; }
        }

        /// <summary>Refused: everything held is worth more.</summary>
        public uint RefusedNoRoom
        {
            get { return _counters[8]; }
            set { _counters[8] = value; }
        }

        /// <summary>Frames whose lifetime ended here.</summary>
        public uint Expired
        {
            get { return _counters[9]; }
            set { _counters[9] = value; }
        }

        /// <summary>Frames of this network evicted before their end.</summary>
        public uint EvictedOwn
        {
            get { return _counters[10]; }
            set { _counters[10] = value; }
        }

        /// <summary>Strangers' frames evicted before their end.</summary>
        public uint EvictedStranger
        {
            get { return _counters[11]; }
            set { _counters[11] = value; }
        }

        /// <summary>Tags that matched a key of the ring.</summary>
        public uint Matched
        {
            get { return _counters[12]; }
            set { _counters[12] = value; }
        }

        /// <summary>Frames with a matching tag whose seal did not open.</summary>
        public uint OpenFailed
        {
            get { return _counters[13]; }
            set { _counters[13] = value; }
        }

        /// <summary>Seals that opened on something that is no whisper of this version.</summary>
        public uint WhisperMalformed
        {
            get { return _counters[14]; }
            set { _counters[14] = value; }
        }

        /// <summary>Whispers given to the application.</summary>
        public uint Delivered
        {
            get { return _counters[15]; }
            set { _counters[15] = value; }
        }

        /// <summary>Whispers not given again: the application has had them.</summary>
        public uint DeliveredBefore
        {
            get { return _counters[16]; }
            set { _counters[16] = value; }
        }

        /// <summary>Own whispers queued.</summary>
        public uint WhispersQueued
        {
            get { return _counters[17]; }
            set { _counters[17] = value; }
        }

        /// <summary>Own whispers refused because the budget of the origin was used up.</summary>
        public uint Congested
        {
            get { return _counters[18]; }
            set { _counters[18] = value; }
        }

        /// <summary>Links opened.</summary>
        public uint Links
        {
            get { return _counters[19]; }
            set { _counters[19] = value; }
        }

        /// <summary>Links refused because the table was full.</summary>
        public uint LinksRefused
        {
            get { return _counters[20]; }
            set { _counters[20] = value; }
        }

        /// <summary>Contacts in which both sides were done.</summary>
        public uint ContactsFinished
        {
            get { return _counters[21]; }
            set { _counters[21] = value; }
        }

        /// <summary>Links that ended in a failure.</summary>
        public uint LinksFailed
        {
            get { return _counters[22]; }
            set { _counters[22] = value; }
        }

        /// <summary>Links that failed because nothing came in time.</summary>
        public uint LinkTimeouts
        {
            get { return _counters[23]; }
            set { _counters[23] = value; }
        }

        /// <summary>Fragments missing, repeated or out of order.</summary>
        public uint FragmentGaps
        {
            get { return _counters[24]; }
            set { _counters[24] = value; }
        }

        /// <summary>Units that are no fragment.</summary>
        public uint FragmentsMalformed
        {
            get { return _counters[25]; }
            set { _counters[25] = value; }
        }

        /// <summary>Records damaged, lost or out of order.</summary>
        public uint RecordsDamaged
        {
            get { return _counters[26]; }
            set { _counters[26] = value; }
        }

        /// <summary>
        /// Records of the wrong length or at the wrong time, offers answered wrongly, unknown versions.
        /// </summary>
        public uint RecordsRefused
        {
            get { return _counters[27]; }
            set { _counters[27] = value; }
        }

        /// <summary>Records of a type this version does not know; skipped.</summary>
        public uint RecordsUnknown
        {
            get { return _counters[28]; }
            set { _counters[28] = value; }
        }

        /// <summary>Frames named in offers taken.</summary>
        public uint Offered
        {
            get { return _counters[29]; }
            set { _counters[29] = value; }
        }

        /// <summary>Frames asked for in answer.</summary>
        public uint Pulled
        {
            get { return _counters[30]; }
            set { _counters[30] = value; }
        }

        /// <summary>Neighbours not remembered because the table was full.</summary>
        public uint NeighboursRefused
        {
            get { return _counters[31]; }
            set { _counters[31] = value; }
        }

        /// <summary>Bytes given to the links, fragment headers included.</summary>
        public uint BytesSent
        {
            get { return _counters[32]; }
            set { _counters[32] = value; }
        }

        /// <summary>Bytes taken from the links.</summary>
        public uint BytesReceived
        {
            get { return _counters[33]; }
            set { _counters[33] = value; }
        }

        /// <summary>Own contact cards sent.</summary>
        public uint CardsSent
        {
            get { return _counters[34]; }
            set { _counters[34] = value; }
        }

        /// <summary>Contacts learned from cards.</summary>
        public uint ContactsLearned
        {
            get { return _counters[35]; }
            set { _counters[35] = value; }
        }

        /// <summary>Contact cards that are not of the identity that they name.</summary>
        public uint CardsRefused
        {
            get { return _counters[36]; }
            set { _counters[36] = value; }
        }

        /// <summary>Frames in a mailbox whose inner seal did not open: made for another frame, or by nobody.</summary>
        public uint DirectFailed
        {
            get { return _counters[37]; }
            set { _counters[37] = value; }
        }

        /// <summary>Direct whispers that name an identity whose card holds another key than they proved.</summary>
        public uint SendersForged
        {
            get { return _counters[38]; }
            set { _counters[38] = value; }
        }

        /// <summary>Emergencies stored with priority.</summary>
        public uint Emergencies
        {
            get { return _counters[39]; }
            set { _counters[39] = value; }
        }

        /// <summary>Emergencies beyond the limits: stored, and carried like any other frame.</summary>
        public uint EmergenciesOrdinary
        {
            get { return _counters[40]; }
            set { _counters[40] = value; }
        }

        /// <summary>Cover frames sent: they hide nothing but when a whisper is sent.</summary>
        public uint CoverFrames
        {
            get { return _counters[41]; }
            set { _counters[41] = value; }
        }

        /// <summary>One line of name=value pairs, in fixed order, for the serial port.</summary>
        public string ToLine()
        {
            return string.Concat(
                string.Concat(
                    "own=", FramesOwn.ToString(), " stranger=", FramesStranger.ToString())
                + string.Concat(" sent=", FramesSent.ToString(), " dup=", Duplicates.ToString()),
                string.Concat(" expired=", Expired.ToString(), " evicted=", (EvictedOwn + EvictedStranger).ToString())
                + string.Concat(" delivered=", Delivered.ToString(), " queued=", WhispersQueued.ToString()),
                string.Concat(" links=", Links.ToString(), " failed=", LinksFailed.ToString())
                + string.Concat(" contacts=", ContactsFinished.ToString(), " refused=", Refused().ToString()),
                string.Concat(" tx=", BytesSent.ToString(), " rx=", BytesReceived.ToString()));
        }

        private uint Refused()
        {
            return RefusedLength + RefusedVersion + RefusedExpired + RefusedNoRoom
                + OpenFailed + WhisperMalformed + CardsRefused + DirectFailed + SendersForged
                + RecordsDamaged + RecordsRefused + FragmentGaps + FragmentsMalformed;
        }
    }
}
