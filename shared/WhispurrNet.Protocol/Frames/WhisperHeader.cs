namespace WhispurrNet.Protocol.Frames
{
    /// <summary>
    /// The clear text inside a seal: 37 bytes of header, payload, zero padding to the end (PROTOCOL.md, "Whisper").
    /// An object of this class is reused: nothing is allocated in reading or writing.
    /// </summary>
    /// <remarks>
    /// <code>
    ///  0      1       2      3          5            13           29             33          37
    ///  +------+-------+------+----------+------------+------------+--------------+-----------+---------+------+
    ///  | type | flags | part | length LE| inner id 8 | sender 16  | sender time 4| sent at 4 | payload | 0... |
    ///  +------+-------+------+----------+------------+------------+--------------+-----------+---------+------+
    /// </code>
    /// </remarks>
    public sealed class WhisperHeader
    {
        /// <summary>Bytes before the payload.</summary>
        public const int Size = 37;

        /// <summary>Bytes before the inner id: what a direct whisper shows inside its outer seal.</summary>
        public const int EnvelopeSize = InnerIdOffset;

        /// <summary>Bytes of a sender's identity hash.</summary>
        public const int SenderSize = 16;

        private const int FlagsOffset = 1;
        private const int PartOffset = 2;
        private const int LengthOffset = 3;
        private const int InnerIdOffset = 5;
        private const int SenderOffset = 13;
        private const int SenderTimestampOffset = 29;
        private const int SentOffset = 33;

        /// <summary>A <see cref="WhisperType"/> as a byte.</summary>
        public byte Type;

        /// <summary>Payload bytes.</summary>
        public int PayloadCount;

        /// <summary>Chosen at random by the origin; the same in every resend of one whisper.</summary>
        public ulong InnerId;

        /// <summary>First 16 bytes of the sender's identity hash.</summary>
        public readonly byte[] Sender = new byte[SenderSize];

        /// <summary>When that identity was made, seconds since 1970, or since start without a clock.</summary>
        public uint SenderTimestamp;

        /// <summary>When the whisper was made, seconds since 1970; 0 without a clock.</summary>
        public uint SentUnixSeconds;

        /// <summary>Largest payload, bytes, in a whisper of this many bytes.</summary>
        public static int PayloadMax(int whisperSize)
        {
            return whisperSize - Size;
        }

        /// <summary>Writes header, payload and padding.</summary>
        /// <param name="payload">Source of <see cref="PayloadCount"/> bytes.</param>
        /// <param name="payloadOffset">Where they start.</param>
        /// <param name="whisper">Target.</param>
        /// <param name="offset">Where the whisper starts in it.</param>
        /// <param name="whisperSize">Bytes of the whisper, padding included.</param>
        public void Write(byte[] payload, int payloadOffset, byte[] whisper, int offset, int whisperSize)
        {
            whisper[offset] = Type;
            whisper[offset + FlagsOffset] = 0;
            whisper[offset + PartOffset] = 0;
            ByteOrder.WriteUInt16(whisper, offset + LengthOffset, (uint)PayloadCount);
            ByteOrder.WriteUInt64(whisper, offset + InnerIdOffset, InnerId);
            System.Array.Copy(Sender, 0, whisper, offset + SenderOffset, SenderSize);
            ByteOrder.WriteUInt32(whisper, offset + SenderTimestampOffset, SenderTimestamp);
            ByteOrder.WriteUInt32(whisper, offset + SentOffset, SentUnixSeconds);
            System.Array.Copy(payload, payloadOffset, whisper, offset + Size, PayloadCount);
            System.Array.Clear(whisper, offset + Size + PayloadCount, whisperSize - Size - PayloadCount);
        }

        /// <summary>Reads header and length; the payload then stands at <paramref name="offset"/> + 37.</summary>
        /// <returns>
        /// False when it is not a whisper of this version: reserved type, flags or parts, a length beyond the end,
        /// padding that is not zero. Never throws on any bytes; the fields are then without meaning.
        /// </returns>
        public bool TryRead(byte[] whisper, int offset, int whisperSize)
        {
            Type = whisper[offset];
            if (Type == (byte)WhisperType.None
                || (Type > (byte)WhisperType.Dreamspace && Type < (byte)WhisperType.FirstExtension)
                || whisper[offset + FlagsOffset] != 0
                || whisper[offset + PartOffset] != 0)
            {
                return false;
            }

            PayloadCount = (int)ByteOrder.ReadUInt16(whisper, offset + LengthOffset);
            if (PayloadCount > PayloadMax(whisperSize))
            {
                return false;
            }

            InnerId = ByteOrder.ReadUInt64(whisper, offset + InnerIdOffset);
            System.Array.Copy(whisper, offset + SenderOffset, Sender, 0, SenderSize);
            SenderTimestamp = ByteOrder.ReadUInt32(whisper, offset + SenderTimestampOffset);
            SentUnixSeconds = ByteOrder.ReadUInt32(whisper, offset + SentOffset);

            uint padding = 0;
            for (int i = offset + Size + PayloadCount; i < offset + whisperSize; i++)
            {
                padding |= whisper[i];
            }

            return padding == 0;
        }
    }
}
