namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// What one side knows of frames: the ids of those that it holds, and of all that it has seen, those included. Of an id
    /// count six bytes, as everywhere.
    /// </summary>
    public sealed class IdSets
    {
        /// <summary>Ids of the frames held, in no order.</summary>
        public readonly ulong[] Held;

        /// <summary>Ids of the frames seen, in no order.</summary>
        public readonly ulong[] Seen;

        /// <summary>Takes both, without a copy.</summary>
        public IdSets(ulong[] held, ulong[] seen)
        {
            Held = held;
            Seen = seen;
        }
    }
}
