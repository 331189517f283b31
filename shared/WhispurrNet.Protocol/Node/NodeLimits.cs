namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Every bound of a node, named. Two sizes of board and the desk's; what each costs stands in PROTOCOL.md,
    /// "Sizes".
    /// </summary>
    public sealed class NodeLimits
    {
        /// <summary>Most frames in one offer, on any node: a pull answers with one bit each.</summary>
        public const int OfferMaxOnWire = 64;

        private const int SlotsMax = 32767;
        private const int IdsMax = 32768;
        private const int KeysMax = 256;

        /// <summary>With one, a mailbox would end before the frame of its card.</summary>
        private const int MailboxesMin = 2;
        private const int MailboxesMax = 24;

        /// <summary>Frames held. When full: see <see cref="Gossip.FrameStore"/>.</summary>
        public int Frames;

        /// <summary>Strangers' frames among them: a quarter on a member, all on a keyless relay.</summary>
        public int StrangerFrames;

        /// <summary>Ids remembered of the network's own frames. When full the oldest is forgotten.</summary>
        public int SeenOwn;

        /// <summary>
        /// Ids remembered of strangers' frames, so that a flood of them cannot push out the network's.
        /// </summary>
        public int SeenStrangers;

        /// <summary>
        /// Neighbours remembered. When full, newcomers are refused until one has not been heard for long.
        /// </summary>
        public int Neighbours;

        /// <summary>Links at once. A further one is refused.</summary>
        public int Links;

        /// <summary>Entries of the key ring, the broadcast entry included. A further intent is refused.</summary>
        public int Keys;

        /// <summary>Most frames in one offer that this node makes or takes.</summary>
        public int OfferMax;

        /// <summary>
        /// Inner ids of whispers already given to the application. When full the oldest is forgotten.
        /// </summary>
        public int Delivered;

        /// <summary>Contacts known. When full: see <see cref="ContactTable"/>.</summary>
        public int Contacts;

        /// <summary>
        /// Mailboxes alive, the one of the identity of this hour included; a mailbox lives as many hours.
        /// </summary>
        public int Mailboxes;

        /// <summary>
        /// Own whispers that the node still has something to do for: direct ones without their acknowledgement, and others
        /// with parts that are not out yet. A further one is refused.
        /// </summary>
        public int Outgoing;

        /// <summary>Own whispers whose status is remembered. When full the oldest is forgotten.</summary>
        public int Statuses;

        /// <summary>Acknowledgements that wait for their moment. A further one is dropped: a resend brings it again.</summary>
        public int Acknowledgements;

        /// <summary>
        /// Whispers in parts that are put together at a time. A further one waits in the store:
        /// its frames may be evicted and are then taken again.
        /// </summary>
        public int Reassemblies;

        /// <summary>
        /// Peers with whom a secret is shared, by which links are resumed; a quarter of them may be strangers, on a keyless
        /// relay all. When full: see <see cref="Links.PeerTable"/>.
        /// </summary>
        public int Peers;

        /// <summary>Key pairs for handshakes made ahead of need. Without one a contact that needs it fails.</summary>
        public int KeyPairs;

        /// <summary>Full handshakes at once with members that dial, and as many that this node dials.</summary>
        public uint HandshakeBurst;

        /// <summary>Milliseconds in which one more of each may be made.</summary>
        public uint HandshakeRefillMs;

        /// <summary>Full handshakes at once with strangers, all together. A keyless relay uses the members' figures.</summary>
        public uint StrangerHandshakeBurst;

        /// <summary>Milliseconds in which one more may be made.</summary>
        public uint StrangerHandshakeRefillMs;

        /// <summary>A board without external RAM: core within 18 KB of managed heap.</summary>
        public static NodeLimits Small()
        {
            NodeLimits limits = new NodeLimits();
            limits.Frames = 16;
            limits.StrangerFrames = 4;
            limits.SeenOwn = 160;
            limits.SeenStrangers = 48;
            limits.Neighbours = 16;
            limits.Links = 2;
            limits.Keys = 16;
            limits.OfferMax = 16;
            limits.Delivered = 32;
            limits.Contacts = 4;
            limits.Mailboxes = 4;
            limits.Outgoing = 4;
            limits.Statuses = 8;
            limits.Acknowledgements = 4;
            limits.Reassemblies = 2;
            limits.Peers = 8;
            limits.KeyPairs = 2;
            limits.HandshakeBurst = 8;
            limits.HandshakeRefillMs = 10 * 1000;
            limits.StrangerHandshakeBurst = 2;
            limits.StrangerHandshakeRefillMs = 60 * 1000;
            return limits;
        }

        /// <summary>
        /// A board with external RAM: core within 57 KB, so 64 frames and not hundreds. One offer then names all of
        /// them and reconciliation stays one round trip.
        /// </summary>
        public static NodeLimits Full()
        {
            NodeLimits limits = new NodeLimits();
            limits.Frames = 64;
            limits.StrangerFrames = 16;
            limits.SeenOwn = 768;
            limits.SeenStrangers = 254;
            limits.Neighbours = 100;
            limits.Links = 4;
            limits.Keys = 16;
            limits.OfferMax = 64;
            limits.Delivered = 128;
            limits.Contacts = 32;
            limits.Mailboxes = 7;
            limits.Outgoing = 8;
            limits.Statuses = 32;
            limits.Acknowledgements = 8;
            limits.Reassemblies = 4;
            limits.Peers = 100;
            limits.KeyPairs = 4;
            limits.HandshakeBurst = 8;
            limits.HandshakeRefillMs = 10 * 1000;
            limits.StrangerHandshakeBurst = 2;
            limits.StrangerHandshakeRefillMs = 60 * 1000;
            return limits;
        }

        /// <summary>A gateway or another program on a PC.</summary>
        public static NodeLimits Desk()
        {
            NodeLimits limits = new NodeLimits();
            limits.Frames = 1024;
            limits.StrangerFrames = 256;
            limits.SeenOwn = 12288;
            limits.SeenStrangers = 12288;
            limits.Neighbours = 256;
            limits.Links = 130;
            limits.Keys = 64;
            limits.OfferMax = 64;
            limits.Delivered = 4096;
            limits.Contacts = 1024;
            limits.Mailboxes = 7;
            limits.Outgoing = 64;
            limits.Statuses = 1024;
            limits.Acknowledgements = 64;
            limits.Reassemblies = 64;
            limits.Peers = 1024;
            limits.KeyPairs = 16;
            limits.HandshakeBurst = 256;
            limits.HandshakeRefillMs = 50;
            limits.StrangerHandshakeBurst = 64;
            limits.StrangerHandshakeRefillMs = 1000;
            return limits;
        }

        /// <summary>
        /// True when every bound is within what its table can number, and more ids are remembered than frames are held.
        /// </summary>
        internal bool AreSound(bool keyless)
        {
            int strangersHeld = keyless ? Frames : StrangerFrames;
            return IsWithin(Frames, 1, SlotsMax)
                && IsWithin(StrangerFrames, 0, Frames)
                && IsWithin(SeenOwn, Frames + 1, IdsMax)
                && IsWithin(SeenStrangers, strangersHeld + 1, IdsMax)
                && IsWithin(Neighbours, 1, SlotsMax)
                && IsWithin(Links, 1, SlotsMax)
                && IsWithin(Keys, 1, KeysMax)
                && IsWithin(OfferMax, 1, OfferMaxOnWire)
                && IsWithin(Delivered, 1, IdsMax)
                && IsWithin(Contacts, 1, SlotsMax)
                && IsWithin(Mailboxes, MailboxesMin, MailboxesMax)
                && IsWithin(Outgoing, 1, IdsMax)
                && IsWithin(Statuses, 1, IdsMax)
                && IsWithin(Acknowledgements, 1, IdsMax)
                && IsWithin(Reassemblies, 1, IdsMax)
                && IsWithin(Peers, 1, SlotsMax)
                && IsWithin(KeyPairs, 1, KeysMax)
                && HandshakeBurst > 0
                && StrangerHandshakeBurst > 0;
        }

        private static bool IsWithin(int value, int min, int max)
        {
            return value >= min && value <= max;
        }
    }
}
