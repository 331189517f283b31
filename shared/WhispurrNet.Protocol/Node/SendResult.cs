namespace WhispurrNet.Protocol.Node
{
    /// <summary>What became of a whisper that the application wanted to send.</summary>
    public enum SendResult
    {
        /// <summary>Sealed and in the store; it travels from now on.</summary>
        Queued = 0,

        /// <summary>Longer than one frame carries.</summary>
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
    }
}
