namespace WhispurrNet.Protocol.Node
{
    /// <summary>What happened so far: one counter for everything accepted, refused and dropped.</summary>
    /// <remarks>The counters are one array: a board pays 12 bytes for a field and 4 for an element.</remarks>
    public sealed class NodeStatistics
    {
        private readonly uint[] _counters = new uint[Counter.Count];

        /// <summary>Frames stored that this network admitted.</summary>
        public uint FramesOwn
        {
            get { return _counters[Counter.FramesOwn]; }
        }

        /// <summary>Frames stored for strangers.</summary>
        public uint FramesStranger
        {
            get { return _counters[Counter.FramesStranger]; }
        }

        /// <summary>Frames handed to a neighbour.</summary>
        public uint FramesSent
        {
            get { return _counters[Counter.FramesSent]; }
        }

        /// <summary>Copies of frames already seen.</summary>
        public uint Duplicates
        {
            get { return _counters[Counter.Duplicates]; }
        }

        /// <summary>Copies that raised hop budget or lifetime of the held one.</summary>
        public uint Upgrades
        {
            get { return _counters[Counter.Upgrades]; }
        }

        /// <summary>Refused: not one frame long.</summary>
        public uint RefusedLength
        {
            get { return _counters[Counter.RefusedLength]; }
        }

        /// <summary>Refused: version not spoken.</summary>
        public uint RefusedVersion
        {
            get { return _counters[Counter.RefusedVersion]; }
        }

        /// <summary>Refused: no lifetime left, or past the expiry hour.</summary>
        public uint RefusedExpired
        {
            get { return _counters[Counter.RefusedExpired]; }
        }

        /// <summary>Refused: everything held is worth more.</summary>
        public uint RefusedNoRoom
        {
            get { return _counters[Counter.RefusedNoRoom]; }
        }

        /// <summary>Frames whose lifetime ended here.</summary>
        public uint Expired
        {
            get { return _counters[Counter.Expired]; }
        }

        /// <summary>Frames of this network evicted before their end.</summary>
        public uint EvictedOwn
        {
            get { return _counters[Counter.EvictedOwn]; }
        }

        /// <summary>Strangers' frames evicted before their end.</summary>
        public uint EvictedStranger
        {
            get { return _counters[Counter.EvictedStranger]; }
        }

        /// <summary>Tags that matched a key of the ring.</summary>
        public uint Matched
        {
            get { return _counters[Counter.Matched]; }
        }

        /// <summary>Frames with a matching tag whose seal did not open.</summary>
        public uint OpenFailed
        {
            get { return _counters[Counter.OpenFailed]; }
        }

        /// <summary>Seals that opened on something that is no whisper of this version.</summary>
        public uint WhisperMalformed
        {
            get { return _counters[Counter.WhisperMalformed]; }
        }

        /// <summary>Whispers given to the application.</summary>
        public uint Delivered
        {
            get { return _counters[Counter.Delivered]; }
        }

        /// <summary>Whispers not given again: the application has had them.</summary>
        public uint DeliveredBefore
        {
            get { return _counters[Counter.DeliveredBefore]; }
        }

        /// <summary>Own whispers queued.</summary>
        public uint WhispersQueued
        {
            get { return _counters[Counter.WhispersQueued]; }
        }

        /// <summary>Own whispers refused because the budget of the origin was used up.</summary>
        public uint Congested
        {
            get { return _counters[Counter.Congested]; }
        }

        /// <summary>Links opened.</summary>
        public uint Links
        {
            get { return _counters[Counter.Links]; }
        }

        /// <summary>Links refused because the table was full.</summary>
        public uint LinksRefused
        {
            get { return _counters[Counter.LinksRefused]; }
        }

        /// <summary>Contacts in which both sides were done.</summary>
        public uint ContactsFinished
        {
            get { return _counters[Counter.ContactsFinished]; }
        }

        /// <summary>Links that ended in a failure.</summary>
        public uint LinksFailed
        {
            get { return _counters[Counter.LinksFailed]; }
        }

        /// <summary>Links that failed because nothing came in time.</summary>
        public uint LinkTimeouts
        {
            get { return _counters[Counter.LinkTimeouts]; }
        }

        /// <summary>Fragments missing, repeated or out of order.</summary>
        public uint FragmentGaps
        {
            get { return _counters[Counter.FragmentGaps]; }
        }

        /// <summary>Units that are no fragment.</summary>
        public uint FragmentsMalformed
        {
            get { return _counters[Counter.FragmentsMalformed]; }
        }

        /// <summary>Records damaged, lost or out of order.</summary>
        public uint RecordsDamaged
        {
            get { return _counters[Counter.RecordsDamaged]; }
        }

        /// <summary>
        /// Records of the wrong length or at the wrong time, offers answered wrongly, unknown versions.
        /// </summary>
        public uint RecordsRefused
        {
            get { return _counters[Counter.RecordsRefused]; }
        }

        /// <summary>Records of a type this version does not know; skipped.</summary>
        public uint RecordsUnknown
        {
            get { return _counters[Counter.RecordsUnknown]; }
        }

        /// <summary>Frames named in offers taken.</summary>
        public uint Offered
        {
            get { return _counters[Counter.Offered]; }
        }

        /// <summary>Frames asked for in answer.</summary>
        public uint Pulled
        {
            get { return _counters[Counter.Pulled]; }
        }

        /// <summary>Neighbours not remembered because the table was full.</summary>
        public uint NeighboursRefused
        {
            get { return _counters[Counter.NeighboursRefused]; }
        }

        /// <summary>Bytes given to the links, fragment headers included.</summary>
        public uint BytesSent
        {
            get { return _counters[Counter.BytesSent]; }
        }

        /// <summary>Bytes taken from the links.</summary>
        public uint BytesReceived
        {
            get { return _counters[Counter.BytesReceived]; }
        }

        /// <summary>Own contact cards sent.</summary>
        public uint CardsSent
        {
            get { return _counters[Counter.CardsSent]; }
        }

        /// <summary>Contacts learned from cards.</summary>
        public uint ContactsLearned
        {
            get { return _counters[Counter.ContactsLearned]; }
        }

        /// <summary>Contact cards that are not of the identity that they name.</summary>
        public uint CardsRefused
        {
            get { return _counters[Counter.CardsRefused]; }
        }

        /// <summary>Frames in a mailbox whose inner seal did not open: made for another frame, or by nobody.</summary>
        public uint DirectFailed
        {
            get { return _counters[Counter.DirectFailed]; }
        }

        /// <summary>Direct whispers that name an identity whose card holds another key than they proved.</summary>
        public uint SendersForged
        {
            get { return _counters[Counter.SendersForged]; }
        }

        /// <summary>Emergencies stored with priority.</summary>
        public uint Emergencies
        {
            get { return _counters[Counter.Emergencies]; }
        }

        /// <summary>Emergencies beyond the limits: stored, and carried like any other frame.</summary>
        public uint EmergenciesOrdinary
        {
            get { return _counters[Counter.EmergenciesOrdinary]; }
        }

        /// <summary>Cover frames sent: they hide nothing but when a whisper is sent.</summary>
        public uint CoverFrames
        {
            get { return _counters[Counter.CoverFrames]; }
        }

        /// <summary>Times of neighbours that cannot be: from before <see cref="PeerClock.EarliestUnixSeconds"/>.</summary>
        public uint ClocksRefused
        {
            get { return _counters[Counter.ClocksRefused]; }
        }

        /// <summary>Acknowledgements sent for whispers of others.</summary>
        public uint AcksSent
        {
            get { return _counters[Counter.AcksSent]; }
        }

        /// <summary>Acknowledgements of own direct whispers.</summary>
        public uint AcksReceived
        {
            get { return _counters[Counter.AcksReceived]; }
        }

        /// <summary>Acknowledgements not sent for want of room: a resend asks for them again.</summary>
        public uint AcksDropped
        {
            get { return _counters[Counter.AcksDropped]; }
        }

        /// <summary>Frames with the tag of an acknowledgement that hold none.</summary>
        public uint AcksRefused
        {
            get { return _counters[Counter.AcksRefused]; }
        }

        /// <summary>Direct whispers sealed afresh because no acknowledgement came.</summary>
        public uint Resent
        {
            get { return _counters[Counter.Resent]; }
        }

        /// <summary>Direct whispers whose time ended without an acknowledgement.</summary>
        public uint Unacknowledged
        {
            get { return _counters[Counter.Unacknowledged]; }
        }

        /// <summary>Whispers refused because as many as can be looked after were under way.</summary>
        public uint TooManyPending
        {
            get { return _counters[Counter.TooManyPending]; }
        }

        /// <summary>Parts of whispers that contradict the parts before them, or nothing can be a part of.</summary>
        public uint PartsRefused
        {
            get { return _counters[Counter.PartsRefused]; }
        }

        /// <summary>Parts that came before what they need, or found no place: they wait in the store.</summary>
        public uint PartsWaiting
        {
            get { return _counters[Counter.PartsWaiting]; }
        }

        /// <summary>Whispers in parts whose missing parts did not come in time.</summary>
        public uint ReassembliesExpired
        {
            get { return _counters[Counter.ReassembliesExpired]; }
        }

        /// <summary>Cards of a new identity sent to contacts of the old one.</summary>
        public uint SuccessorsSent
        {
            get { return _counters[Counter.SuccessorsSent]; }
        }

        /// <summary>Successors of contacts learned.</summary>
        public uint SuccessorsLearned
        {
            get { return _counters[Counter.SuccessorsLearned]; }
        }

        /// <summary>Successors that were not proven, or no cards.</summary>
        public uint SuccessorsRefused
        {
            get { return _counters[Counter.SuccessorsRefused]; }
        }

        /// <summary>Links opened by a full handshake.</summary>
        public uint Handshakes
        {
            get { return _counters[Counter.Handshakes]; }
        }

        /// <summary>Handshakes that ended because a message did not verify.</summary>
        public uint HandshakesFailed
        {
            get { return _counters[Counter.HandshakesFailed]; }
        }

        /// <summary>Handshakes refused or not begun: their budget was used up.</summary>
        public uint HandshakesRefused
        {
            get { return _counters[Counter.HandshakesRefused]; }
        }

        /// <summary>Links opened by the secret of an earlier one.</summary>
        public uint Resumptions
        {
            get { return _counters[Counter.Resumptions]; }
        }

        /// <summary>Secrets that the other side said it does not know.</summary>
        public uint ResumptionsUnknown
        {
            get { return _counters[Counter.ResumptionsUnknown]; }
        }

        /// <summary>Links ended because both sides dialled at once and the other link goes on.</summary>
        public uint ResumptionsCrossed
        {
            get { return _counters[Counter.ResumptionsCrossed]; }
        }

        /// <summary>Handshakes not begun because no key pair was ready.</summary>
        public uint KeyPairsMissing
        {
            get { return _counters[Counter.KeyPairsMissing]; }
        }

        /// <summary>Peers without a place in the table: their links cannot be resumed.</summary>
        public uint PeersRefused
        {
            get { return _counters[Counter.PeersRefused]; }
        }

        /// <summary>Links brought to their end because another one to the same peer goes on.</summary>
        public uint LinksCollapsed
        {
            get { return _counters[Counter.LinksCollapsed]; }
        }

        /// <summary>New identities that peers introduced.</summary>
        public uint IdentitiesIntroduced
        {
            get { return _counters[Counter.IdentitiesIntroduced]; }
        }

        /// <summary>Refused: the store is full, and the neighbour has brought more than its quota.</summary>
        public uint RefusedQuota
        {
            get { return _counters[Counter.RefusedQuota]; }
        }

        /// <summary>Frames named that are asked for later: the neighbour's quota is used up.</summary>
        public uint PulledLater
        {
            get { return _counters[Counter.PulledLater]; }
        }

        /// <summary>Adds one to a counter.</summary>
        /// <param name="counter">One of <see cref="Counter"/>.</param>
        internal void Add(int counter)
        {
            _counters[counter]++;
        }

        /// <summary>Adds to a counter.</summary>
        internal void Add(int counter, uint amount)
        {
            _counters[counter] += amount;
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
            return RefusedLength + RefusedVersion + RefusedExpired + RefusedNoRoom + RefusedQuota
                + OpenFailed + WhisperMalformed + CardsRefused + DirectFailed + SendersForged
                + AcksRefused + PartsRefused + SuccessorsRefused
                + RecordsDamaged + RecordsRefused + FragmentGaps + FragmentsMalformed;
        }
    }
}
