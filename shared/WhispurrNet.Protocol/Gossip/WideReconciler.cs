using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Finds out on a stream between two gateways which frames are to be offered, instead of offering everything
    /// (PROTOCOL.md, "Ranges"). It is another assembly's, and a board has none: up to 64 frames are offered sooner.
    /// </summary>
    /// <remarks>
    /// It only marks frames as to be offered. What is offered when, pulled, put off and sent is the same as on any link.
    /// </remarks>
    public abstract class WideReconciler
    {
        /// <summary>Comes once, before anything else.</summary>
        /// <param name="gossip">The node's frames.</param>
        /// <param name="links">How many links there can be.</param>
        internal abstract void Attach(GossipEngine gossip, int links);

        /// <summary>Both hellos of a link are through, and both sides reconcile by ranges.</summary>
        internal abstract void Begin(LinkSession link);

        /// <summary>Writes the next record.</summary>
        /// <returns>Its bytes, 0 when there is nothing to say now.</returns>
        internal abstract int Write(LinkSession link, byte[] record, int offset, long nowMs);

        /// <summary>Reads a record of type SUMS or NAME: any bytes behind the type.</summary>
        /// <returns>False when it is malformed, or not due.</returns>
        internal abstract bool Read(LinkSession link, byte[] record, int offset, int count, long nowMs);

        /// <summary>When <see cref="Write"/> has something to say of its own accord; long.MaxValue: never.</summary>
        internal abstract long DueMs(LinkSession link);
    }
}
