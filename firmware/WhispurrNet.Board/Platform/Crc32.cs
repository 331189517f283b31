namespace WhispurrNet.Board.Platform
{
    /// <summary>CRC-32 of IEEE 802.3: polynomial 0x04C11DB7, lowest bit first; <c>123456789</c> gives 0xCBF43926.</summary>
    internal static class Crc32
    {
        /// <summary>Bytes of the sum.</summary>
        internal const int Size = 4;

        // What four bits do to the sum: a step a half byte, at 64 bytes of table.
        private static readonly uint[] s_steps = new uint[]
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>The sum of a part of an array.</summary>
        internal static uint Of(byte[] data, int offset, int count)
        {
            uint[] steps = s_steps;
            uint sum = 0xFFFFFFFF;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                sum ^= data[i];
                sum = (sum >> 4) ^ steps[(int)(sum & 0xFu)];
                sum = (sum >> 4) ^ steps[(int)(sum & 0xFu)];
            }

            return sum ^ 0xFFFFFFFF;
        }
    }
}
