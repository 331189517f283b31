namespace WhispurrNet.Protocol.Links
{
    /// <summary>How a link carries its records.</summary>
    public enum LinkKind
    {
        /// <summary>A Bluetooth contact: records cut into fragments, ends by itself when both sides are done.</summary>
        Contact = 0,

        /// <summary>A WebSocket or a pipe in one process: a unit is a whole record, stays up.</summary>
        Stream = 1,
    }

    /// <summary>Where a link is in its life (PROTOCOL.md, "Link states").</summary>
    public enum LinkState
    {
        /// <summary>Not in use.</summary>
        Closed = 0,

        /// <summary>Being opened; then records go both ways, hellos first.</summary>
        Open = 1,

        /// <summary>
        /// A contact in which both sides said that they are done, or a stream that gave way to another link; the initiator
        /// disconnects.
        /// </summary>
        Finished = 2,

        /// <summary>A gap, damage, a silent or wrong peer; the pump disconnects.</summary>
        Failed = 3,
    }

    /// <summary>First byte of every record.</summary>
    internal static class RecordType
    {
        internal const byte Hello = 0x01;
        internal const byte Offer = 0x02;
        internal const byte Pull = 0x03;
        internal const byte Frame = 0x04;
        internal const byte Done = 0x05;
        internal const byte Ping = 0x06;
        internal const byte Pong = 0x07;
        internal const byte Heartbeat = 0x08;
        internal const byte Padded = 0x09;
        internal const byte Introduce = 0x0A;
        internal const byte Identify = 0x0B;
        internal const byte Sums = 0x0C;
        internal const byte Name = 0x0D;
    }
}
