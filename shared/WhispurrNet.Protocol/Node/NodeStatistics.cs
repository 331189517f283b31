namespace WhispurrNet.Protocol.Node
{
    /// <summary>What happened so far: one counter for everything accepted, refused and dropped.</summary>
    public sealed class NodeStatistics
    {
        /// <summary>Frames stored that this network admitted.</summary>
        public uint FramesOwn;

        /// <summary>Frames stored for strangers.</summary>
        public uint FramesStranger;

        /// <summary>Frames handed to a neighbour.</summary>
        public uint FramesSent;

        /// <summary>Copies of frames already seen.</summary>
        public uint Duplicates;

        /// <summary>Copies that raised hop budget or lifetime of the held one.</summary>
        public uint Upgrades;

        /// <summary>Refused: not one frame long.</summary>
        public uint RefusedLength;

        /// <summary>Refused: version not spoken.</summary>
        public uint RefusedVersion;

        /// <summary>Refused: no lifetime left, or past the expiry hour.</summary>
        public uint RefusedExpired;

        /// <summary>Refused: everything held is worth more.</summary>
        public uint RefusedNoRoom;

        /// <summary>Frames whose lifetime ended here.</summary>
        public uint Expired;

        /// <summary>Frames of this network evicted before their end.</summary>
        public uint EvictedOwn;

        /// <summary>Strangers' frames evicted before their end.</summary>
        public uint EvictedStranger;

        /// <summary>Tags that matched a key of the ring.</summary>
        public uint Matched;

        /// <summary>Frames with a matching tag whose seal did not open.</summary>
        public uint OpenFailed;

        /// <summary>Seals that opened on something that is no whisper of this version.</summary>
        public uint WhisperMalformed;

        /// <summary>Whispers given to the application.</summary>
        public uint Delivered;

        /// <summary>Whispers not given again: the application has had them.</summary>
        public uint DeliveredBefore;

        /// <summary>Own whispers queued.</summary>
        public uint WhispersQueued;

        /// <summary>Own whispers refused because the budget of the origin was used up.</summary>
        public uint Congested;

        /// <summary>Links opened.</summary>
        public uint Links;

        /// <summary>Links refused because the table was full.</summary>
        public uint LinksRefused;

        /// <summary>Contacts in which both sides were done.</summary>
        public uint ContactsFinished;

        /// <summary>Links that ended in a failure.</summary>
        public uint LinksFailed;

        /// <summary>Links that failed because nothing came in time.</summary>
        public uint LinkTimeouts;

        /// <summary>Fragments missing, repeated or out of order.</summary>
        public uint FragmentGaps;

        /// <summary>Units that are no fragment.</summary>
        public uint FragmentsMalformed;

        /// <summary>Records damaged, lost or out of order.</summary>
        public uint RecordsDamaged;

        /// <summary>Records of the wrong length or at the wrong time, offers answered wrongly, unknown versions.</summary>
        public uint RecordsRefused;

        /// <summary>Records of a type this version does not know; skipped.</summary>
        public uint RecordsUnknown;

        /// <summary>Frames named in offers taken.</summary>
        public uint Offered;

        /// <summary>Frames asked for in answer.</summary>
        public uint Pulled;

        /// <summary>Neighbours not remembered because the table was full.</summary>
        public uint NeighboursRefused;

        /// <summary>Bytes given to the links, fragment headers included.</summary>
        public uint BytesSent;

        /// <summary>Bytes taken from the links.</summary>
        public uint BytesReceived;

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
                + OpenFailed + WhisperMalformed + RecordsDamaged + RecordsRefused + FragmentGaps + FragmentsMalformed;
        }
    }
}
