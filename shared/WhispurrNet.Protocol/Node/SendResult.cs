namespace WhispurrNet.Protocol.Node
{
    /// <summary>What became of a whisper that the application wanted to send.</summary>
    public enum SendResult
    {
        /// <summary>
        /// Accepted: its first frame is sealed and in the store, and travels from now on. Further parts of a long one follow as
        /// the origin's budget and the store allow.
        /// </summary>
        Queued = 0,

        /// <summary>Longer than 1,024 bytes, or an emergency longer than one frame carries.</summary>
        PayloadTooLarge = 1,

        /// <summary>Not 1 to 64 printable ASCII characters.</summary>
        InvalidIntent = 2,

        /// <summary>A keyless relay seals nothing.</summary>
        NoNetwork = 3,

        /// <summary>More than this origin may put into the mesh now; try again later.</summary>
        Congested = 4,

        /// <summary>Everything held must not be evicted.</summary>
        StoreFull = 5,

        /// <summary>No contact card of that identity is known, or its mailbox is about to end.</summary>
        UnknownContact = 6,

        /// <summary>
        /// As many direct and long whispers as the node can look after are under way: one must be acknowledged, or be all
        /// out, or expire first.
        /// </summary>
        TooManyPending = 7,
    }
}
