using System;

namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>Lower-case hexadecimal text, both ways, for reading vectors and showing results.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        /// <summary>Reads an even number of lower-case digits.</summary>
        /// <param name="text">The digits; empty gives an empty array.</param>
        /// <returns>The bytes.</returns>
        /// <exception cref="ArgumentException">The text is not of that form.</exception>
        public static byte[] Read(string text)
        {
            if (text.Length % 2 != 0)
            {
                throw new ArgumentException(text);
            }

            byte[] bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digit(text[2 * i]) << 4) | Digit(text[(2 * i) + 1]));
            }

            return bytes;
        }

        /// <summary>Writes bytes as text.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>Two digits for each.</returns>
        public static string Write(byte[] bytes)
        {
            char[] text = new char[2 * bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                text[2 * i] = Digits[bytes[i] >> 4];
                text[(2 * i) + 1] = Digits[bytes[i] & 15];
            }

            return new string(text);
        }

        private static int Digit(char c)
        {
            int value = Digits.IndexOf(c);
            if (value < 0)
            {
                throw new ArgumentException("Not a lower-case hexadecimal digit.");
            }

            return value;
        }
    }
}
