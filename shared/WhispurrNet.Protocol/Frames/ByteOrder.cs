namespace WhispurrNet.Protocol.Frames
{
    /// <summary>
    /// Little-endian integers in byte arrays. Written out in unsigned arithmetic: a cast between signed and unsigned
    /// emits no instruction on the board, and a shift would then follow the sign of the value's first type.
    /// </summary>
    public static class ByteOrder
    {
        /// <summary>Two bytes, little-endian.</summary>
        public static uint ReadUInt16(byte[] buffer, int offset)
        {
            return buffer[offset] | ((uint)buffer[offset + 1] << 8);
        }

        /// <summary>Four bytes, little-endian.</summary>
        public static uint ReadUInt32(byte[] buffer, int offset)
        {
            return buffer[offset]
                | ((uint)buffer[offset + 1] << 8)
                | ((uint)buffer[offset + 2] << 16)
                | ((uint)buffer[offset + 3] << 24);
        }

        /// <summary>Six bytes, little-endian: a short id.</summary>
        public static ulong ReadUInt48(byte[] buffer, int offset)
        {
            return ReadUInt32(buffer, offset) | ((ulong)ReadUInt16(buffer, offset + 4) << 32);
        }

        /// <summary>Eight bytes, little-endian.</summary>
        public static ulong ReadUInt64(byte[] buffer, int offset)
        {
            return ReadUInt32(buffer, offset) | ((ulong)ReadUInt32(buffer, offset + 4) << 32);
        }

        /// <summary>
        /// Eight bytes, big-endian: the first half of a message id, so that it prints as its bytes stand.
        /// </summary>
        public static ulong ReadUInt64BigEndian(byte[] buffer, int offset)
        {
            ulong value = 0;
            for (int i = 0; i < 8; i++)
            {
                value = (value << 8) | buffer[offset + i];
            }

            return value;
        }

        /// <summary>Two bytes, little-endian.</summary>
        public static void WriteUInt16(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value & 0xFF);
            buffer[offset + 1] = (byte)((value >> 8) & 0xFF);
        }

        /// <summary>Four bytes, little-endian.</summary>
        public static void WriteUInt32(byte[] buffer, int offset, uint value)
        {
            WriteUInt16(buffer, offset, value & 0xFFFF);
            WriteUInt16(buffer, offset + 2, value >> 16);
        }

        /// <summary>Six bytes, little-endian; the two highest bytes of the value are left out.</summary>
        public static void WriteUInt48(byte[] buffer, int offset, ulong value)
        {
            WriteUInt32(buffer, offset, (uint)(value & 0xFFFFFFFF));
            WriteUInt16(buffer, offset + 4, (uint)((value >> 32) & 0xFFFF));
        }

        /// <summary>Eight bytes, little-endian.</summary>
        public static void WriteUInt64(byte[] buffer, int offset, ulong value)
        {
            WriteUInt32(buffer, offset, (uint)(value & 0xFFFFFFFF));
            WriteUInt32(buffer, offset + 4, (uint)(value >> 32));
        }

        /// <summary>Eight bytes, big-endian.</summary>
        public static void WriteUInt64BigEndian(byte[] buffer, int offset, ulong value)
        {
            for (int i = 7; i >= 0; i--)
            {
                buffer[offset + i] = (byte)(value & 0xFF);
                value >>= 8;
            }
        }
    }
}
