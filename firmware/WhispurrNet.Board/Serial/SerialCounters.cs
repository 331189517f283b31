namespace WhispurrNet.Board.Serial
{
    /// <summary>What one end of a serial line counted since its start.</summary>
    internal sealed class SerialCounters
    {
        /// <summary>Sessions asked for by a board.</summary>
        internal uint Sessions;

        /// <summary>Messages sent, each counted once.</summary>
        internal uint Sent;

        /// <summary>Of those, acknowledged.</summary>
        internal uint Acknowledged;

        /// <summary>Times a message was sent again.</summary>
        internal uint Resent;

        /// <summary>Messages received in order.</summary>
        internal uint Received;

        /// <summary>Messages received again.</summary>
        internal uint Repeated;

        /// <summary>Runs of bytes on the line that were no frame.</summary>
        internal uint Damaged;

        /// <summary>Frames that belong to no session of this end, or say what cannot be.</summary>
        internal uint Strange;
    }
}
