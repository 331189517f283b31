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

        /// <summary>Where the number of the part stands.</summary>
        internal const int PartOffset = 2;

        private const int FlagsOffset = 1;
        private const int LengthOffset = 3;
        private const int InnerIdOffset = 5;
        private const int SenderOffset = 13;
        private const int SenderTimestampOffset = 29;
        private const int SentOffset = 33;

        /// <summary>A <see cref="WhisperType"/> as a byte.</summary>
        public byte Type;

        /// <summary>Payload bytes of the whole whisper, 0 to <see cref="WhisperParts.PayloadMax"/>.</summary>
        public int PayloadCount;

        /// <summary>Which part of it this is, from 0.</summary>
        public int Part;

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

        /// <summary>How many bytes of the payload are in this part of a whisper of so many bytes.</summary>
        public int PartSize(int whisperSize)
        {
            int max = PayloadMax(whisperSize);
            return WhisperParts.Size(PayloadCount, Part, max, max);
        }

        /// <summary>True when a whisper of so many bytes holds the whole payload.</summary>
        public bool IsWhole(int whisperSize)
        {
            return PayloadCount <= PayloadMax(whisperSize);
        }

        /// <summary>Writes header, this part of the payload, and padding.</summary>
        /// <param name="payload">Source of <see cref="PayloadCount"/> bytes, the whole payload.</param>
        /// <param name="payloadOffset">Where they start.</param>
        /// <param name="whisper">Target.</param>
        /// <param name="offset">Where the whisper starts in it.</param>
        /// <param name="whisperSize">Bytes of the whisper, padding included.</param>
        public void Write(byte[] payload, int payloadOffset, byte[] whisper, int offset, int whisperSize)
        {
            WriteEnvelope(whisper, offset);
            ByteOrder.WriteUInt64(whisper, offset + InnerIdOffset, InnerId);
            System.Array.Copy(Sender, 0, whisper, offset + SenderOffset, SenderSize);
            ByteOrder.WriteUInt32(whisper, offset + SenderTimestampOffset, SenderTimestamp);
            ByteOrder.WriteUInt32(whisper, offset + SentOffset, SentUnixSeconds);
            int count = PartSize(whisperSize);
            System.Array.Copy(
                payload, payloadOffset + (Part * PayloadMax(whisperSize)), whisper, offset + Size, count);
            System.Array.Clear(whisper, offset + Size + count, whisperSize - Size - count);
        }

        /// <summary>Writes what stands before the inner id: type, flags, part and length.</summary>
        internal void WriteEnvelope(byte[] whisper, int offset)
        {
            whisper[offset] = Type;
            whisper[offset + FlagsOffset] = 0;
            whisper[offset + PartOffset] = (byte)Part;
            ByteOrder.WriteUInt16(whisper, offset + LengthOffset, (uint)PayloadCount);
        }

        /// <summary>Reads type, part and length.</summary>
        /// <returns>False for a reserved type, flags, or a length beyond the maximum.</returns>
        internal bool TryReadEnvelope(byte[] whisper, int offset)
        {
            Type = whisper[offset];
            Part = whisper[offset + PartOffset];
            PayloadCount = (int)ByteOrder.ReadUInt16(whisper, offset + LengthOffset);
            return Type != (byte)WhisperType.None
                && (Type <= (byte)WhisperType.Dreamspace || Type >= (byte)WhisperType.FirstExtension)
                && whisper[offset + FlagsOffset] == 0
                && PayloadCount <= WhisperParts.PayloadMax;
        }

        /// <summary>
        /// Reads header and length; <see cref="PartSize"/> bytes of the payload then stand at <paramref name="offset"/> + 37.
        /// </summary>
        /// <returns>
        /// False when it is not a whisper of this version: reserved type or flags, a length beyond the maximum, a part that
        /// is not within the length, padding that is not zero. Never throws on any bytes; the fields are then without meaning.
        /// </returns>
        public bool TryRead(byte[] whisper, int offset, int whisperSize)
        {
            if (!TryReadEnvelope(whisper, offset))
            {
                return false;
            }

            int count = PartSize(whisperSize);
            if (Part > 0 && count <= 0)
            {
                return false;
            }

            InnerId = ByteOrder.ReadUInt64(whisper, offset + InnerIdOffset);
            System.Array.Copy(whisper, offset + SenderOffset, Sender, 0, SenderSize);
            SenderTimestamp = ByteOrder.ReadUInt32(whisper, offset + SenderTimestampOffset);
            SentUnixSeconds = ByteOrder.ReadUInt32(whisper, offset + SentOffset);

            uint padding = 0;
            for (int i = offset + Size + count; i < offset + whisperSize; i++)
            {
                padding |= whisper[i];
            }

            return padding == 0;
        }
    }
}
