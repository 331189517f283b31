namespace WhispurrNet.Protocol.Frames
{
    /// <summary>Lower-case hexadecimal text, for people and logs; never used on secrets.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        /// <summary>Two digits a byte.</summary>
        public static string ToText(byte[] buffer, int offset, int count)
        {
            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                int value = buffer[offset + i];
                text[i * 2] = Digits[value / 16];
                text[(i * 2) + 1] = Digits[value % 16];
            }

            return new string(text);
        }

        /// <summary>Sixteen digits.</summary>
        public static string ToText(ulong value)
        {
            char[] text = new char[16];
            for (int i = 15; i >= 0; i--)
            {
                text[i] = Digits[(int)(value & 0xF)];
                value >>= 4;
            }

            return new string(text);
        }

        /// <summary>Eight digits.</summary>
        public static string ToText(uint value)
        {
            char[] text = new char[8];
            for (int i = 7; i >= 0; i--)
            {
                text[i] = Digits[(int)(value & 0xF)];
                value >>= 4;
            }

            return new string(text);
        }

        /// <summary>Reads two digits a byte, in either case.</summary>
        /// <param name="text">Holds them; long enough.</param>
        /// <param name="start">Where they start.</param>
        /// <param name="buffer">Receives the bytes at its start.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>False when there is another character.</returns>
        public static bool TryRead(string text, int start, byte[] buffer, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int high = ValueOf(text[start + (i * 2)]);
                int low = ValueOf(text[start + (i * 2) + 1]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                buffer[i] = (byte)((high * 16) + low);
            }

            return true;
        }

        private static int ValueOf(char digit)
        {
            char lower = digit >= 'A' && digit <= 'F' ? (char)(digit + 32) : digit;
            return Digits.IndexOf(lower);
        }
    }
}
