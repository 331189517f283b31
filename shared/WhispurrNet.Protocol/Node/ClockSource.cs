namespace WhispurrNet.Protocol.Node
{
    /// <summary>Where a node has its wall clock from.</summary>
    public enum ClockSource
    {
        /// <summary>It has none. Delivery does not need one.</summary>
        None,

        /// <summary>From neighbours that agreed, or the only one that it ever met.</summary>
        Neighbours,

        /// <summary>The application said it: <see cref="NodeCore.SetUnixTime"/>.</summary>
        Application,
    }
}
