namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// Protects the records of one link in both directions. This is the seam where the Noise transport takes the place
    /// of <see cref="PlainProtection"/>: the records above it do not change.
    /// </summary>
    public abstract class LinkProtection
    {
        /// <summary>Bytes that protection adds to a record.</summary>
        public abstract int Overhead { get; }

        /// <summary>Starts afresh for a new link.</summary>
        public abstract void Reset();

        /// <summary>Protects a record in place.</summary>
        /// <param name="buffer">Holds the record and <see cref="Overhead"/> free bytes behind it.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <returns>Bytes of the protected record.</returns>
        public abstract int Protect(byte[] buffer, int offset, int count);

        /// <summary>Checks and opens a record in place.</summary>
        /// <param name="buffer">Holds the protected record.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <returns>Bytes of the record, or -1 when it is refused. Never throws on any bytes.</returns>
        public abstract int Unprotect(byte[] buffer, int offset, int count);
    }
}
