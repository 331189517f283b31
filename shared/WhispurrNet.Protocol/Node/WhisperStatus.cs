namespace WhispurrNet.Protocol.Node
{
    /// <summary>How far a whisper of this node's own has come, as far as the node can know.</summary>
    public enum WhisperStatus
    {
        /// <summary>Not one of the last that were sent here.</summary>
        Unknown = 0,

        /// <summary>Accepted; not all of its frames have been taken by a neighbour yet.</summary>
        Queued = 1,

        /// <summary>
        /// Every frame of it has been taken by a neighbour. Of a whisper to many that is all that can be known.
        /// </summary>
        Relayed = 2,

        /// <summary>The recipient has given it to its application, and said so.</summary>
        Delivered = 3,

        /// <summary>
        /// Its time is over: a direct whisper was not acknowledged, another was taken by nobody. It may have arrived all the
        /// same, without anybody who could say so.
        /// </summary>
        Expired = 4,
    }
}
