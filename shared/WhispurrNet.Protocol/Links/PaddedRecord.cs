using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// A record inside another that hides its length: type, length of the inner record (2), the inner record, zeros
    /// (PROTOCOL.md, "Link records").
    /// </summary>
    internal static class PaddedRecord
    {
        /// <summary>Bytes before the inner record.</summary>
        internal const int HeaderSize = 3;

        /// <summary>Not a padded record.</summary>
        internal const int Malformed = -1;

        /// <summary>Completes a record whose inner one was written behind the place of the header.</summary>
        /// <param name="record">Holds it.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="inner">Bytes of the inner record, 1 or more.</param>
        /// <param name="size">Bytes of the whole.</param>
        internal static void Write(byte[] record, int offset, int inner, int size)
        {
            record[offset] = RecordType.Padded;
            ByteOrder.WriteUInt16(record, offset + 1, (uint)inner);
            System.Array.Clear(record, offset + HeaderSize + inner, size - HeaderSize - inner);
        }

        /// <summary>Checks a received record: any bytes behind its type.</summary>
        /// <returns>Bytes of the inner record, or <see cref="Malformed"/>.</returns>
        internal static int Check(byte[] record, int offset, int count)
        {
            if (count <= HeaderSize)
            {
                return Malformed;
            }

            int inner = (int)ByteOrder.ReadUInt16(record, offset + 1);
            if (inner == 0 || inner > count - HeaderSize || record[offset + HeaderSize] == RecordType.Padded)
            {
                return Malformed;
            }

            uint padding = 0;
            for (int i = offset + HeaderSize + inner; i < offset + count; i++)
            {
                padding |= record[i];
            }

            return padding == 0 ? inner : Malformed;
        }
    }
}
