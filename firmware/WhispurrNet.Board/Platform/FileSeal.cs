namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// The last line of a text file that a board wrote, by which a file that the power cut short is told from a whole
    /// one: <c>#sum=</c> and the CRC-32 (IEEE 802.3) of everything before the line, eight hexadecimal digits. A file
    /// written by hand has no such line.
    /// </summary>
    internal static class FileSeal
    {
        /// <summary>Bytes of the line, its end included.</summary>
        internal const int Size = 14;

        private const int PrefixSize = 5;

        /// <summary>A copy of a text with the line behind it.</summary>
        /// <param name="text">The text, which ends with a line end.</param>
        internal static byte[] Add(byte[] text)
        {
            byte[] all = new byte[text.Length + Size];
            text.CopyTo(all, 0);
            Line(text, text.Length).CopyTo(all, text.Length);
            return all;
        }

        /// <summary>Whether a file ends with its line, and the line is right.</summary>
        internal static bool IsWhole(byte[] all)
        {
            int length = all.Length - Size;
            return length >= 0 && Matches(all, length, Line(all, length), Size);
        }

        /// <summary>Whether a file ends with such a line, right or not.</summary>
        internal static bool IsSealed(byte[] all)
        {
            int length = all.Length - Size;
            return length >= 0 && Matches(all, length, Line(all, 0), PrefixSize);
        }

        private static byte[] Line(byte[] text, int count)
        {
            string line = "#sum=" + Crc32.Of(text, 0, count).ToString("X8") + "\n";
            byte[] bytes = new byte[Size];
            for (int i = 0; i < Size; i++)
            {
                bytes[i] = (byte)line[i];
            }

            return bytes;
        }

        private static bool Matches(byte[] all, int offset, byte[] line, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (all[offset + i] != line[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
