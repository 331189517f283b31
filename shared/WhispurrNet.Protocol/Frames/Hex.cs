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
    }
}
