namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>What the gossip engine decided about a received frame.</summary>
    public enum FrameVerdict
    {
        /// <summary>New, and stored.</summary>
        Stored = 0,

        /// <summary>Seen before.</summary>
        Duplicate = 1,

        /// <summary>Not exactly one frame.</summary>
        WrongLength = 2,

        /// <summary>A version that is not spoken.</summary>
        WrongVersion = 3,

        /// <summary>No lifetime left, or past the expiry hour.</summary>
        Expired = 4,

        /// <summary>Everything held is worth more.</summary>
        NoRoom = 5,

        /// <summary>The store is full, and the neighbour has brought too much: it may offer it again later.</summary>
        OverQuota = 6,
    }
}
