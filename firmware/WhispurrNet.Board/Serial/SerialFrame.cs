namespace WhispurrNet.Board.Serial
{
    /// <summary>What a frame of the serial line is for.</summary>
    internal enum SerialFrameKind
    {
        /// <summary>The board asks for a session.</summary>
        Open = 1,

        /// <summary>The bridge grants it.</summary>
        Opened = 2,

        /// <summary>One message of a link.</summary>
        Message = 3,

        /// <summary>Nothing but how far its sender is.</summary>
        State = 4,

        /// <summary>The session is over, or was never known.</summary>
        Closed = 5,
    }

    /// <summary>Why a session ended.</summary>
    internal enum SerialCloseReason
    {
        /// <summary>It has not.</summary>
        None = 0,

        /// <summary>The bridge does not know the session: it was started anew.</summary>
        Unknown = 1,

        /// <summary>The bridge reaches no gateway.</summary>
        NoGateway = 2,

        /// <summary>The gateway ended the link.</summary>
        GatewayEnded = 3,

        /// <summary>The board ended the link, or the bridge was stopped.</summary>
        Ended = 4,

        /// <summary>The other side speaks another version.</summary>
        Version = 5,

        /// <summary>A message was longer than its receiver takes.</summary>
        TooLong = 6,

        /// <summary>Nothing was heard for too long.</summary>
        Silent = 7,
    }

    /// <summary>
    /// Layout of a frame of the serial line (PROTOCOL.md, "Serial line"). On the line it stands between two zero bytes,
    /// stuffed so that it has none itself (COBS).
    /// <code>
    /// 0  kind, 0x80 set: something was missing
    /// 1  session, 4 bytes
    /// 5  sequence number that the sender expects next
    /// 6  first sequence number that it has no room for
    /// 7  Open: version; Message: sequence number; Closed: reason
    /// 8  Message: 1 byte or more of a message
    ///    CRC-32 of all before, 4 bytes
    /// </code>
    /// </summary>
    internal static class SerialFrame
    {
        /// <summary>The version that this code speaks.</summary>
        internal const int Version = 1;

        /// <summary>Most bytes of a message: the largest record of a stream has 532.</summary>
        internal const int MessageSizeMax = 640;

        /// <summary>Bit of the kind: the sender lacks a message that it should have.</summary>
        internal const int GapFlag = 0x80;

        /// <summary>Offset of the session.</summary>
        internal const int SessionOffset = 1;

        /// <summary>Offset of the number expected next.</summary>
        internal const int ExpectedOffset = 5;

        /// <summary>Offset of the limit.</summary>
        internal const int LimitOffset = 6;

        /// <summary>Offset of version, sequence number or reason.</summary>
        internal const int DetailOffset = 7;

        /// <summary>Offset of a message, and the bytes of a head.</summary>
        internal const int HeadSize = 8;

        /// <summary>Bytes behind head and message.</summary>
        internal const int SumSize = 4;

        /// <summary>Most bytes of a frame with a message of at most so many.</summary>
        internal static int SizeMax(int messageSizeMax)
        {
            return HeadSize + messageSizeMax + SumSize;
        }

        /// <summary>Most bytes of such a frame on the line: one byte more for every 254, and the zeros around it.</summary>
        internal static int LineSizeMax(int messageSizeMax)
        {
            int size = SizeMax(messageSizeMax);
            return size + (size / 254) + 1 + 2;
        }
    }
}
