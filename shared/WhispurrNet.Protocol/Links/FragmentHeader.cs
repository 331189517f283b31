namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// The two bytes before every fragment of a record (PROTOCOL.md, "Fragments"): a sequence number of its direction,
    /// modulo 256, and flags.
    /// </summary>
    internal static class FragmentHeader
    {
        /// <summary>Bytes of the header.</summary>
        internal const int Size = 2;

        /// <summary>First fragment of a record; two bytes of record length follow the header.</summary>
        internal const byte Start = 0x80;

        /// <summary>Last fragment of a record.</summary>
        internal const byte End = 0x40;

        /// <summary>No data: the first byte is the sequence number that is expected next.</summary>
        internal const byte Ack = 0x20;

        /// <summary>Bytes of the record length after the header of a first fragment.</summary>
        internal const int LengthSize = 2;

        /// <summary>
        /// Fragments that may be under way without an acknowledgement; the receiver acknowledges each full window.
        /// A notification is not confirmed by Bluetooth, and a board has few buffers: more would only be dropped.
        /// </summary>
        internal const int Window = 16;
    }
}
