using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// The text form of a network's secret: 28 characters of Crockford's base 32 in seven groups of four,
    /// 128 bits of secret and 12 bits of check. The network key is derived from the secret (<see cref="NetworkKey"/>);
    /// half the length to type for no practical loss, since nobody searches 2^128.
    /// </summary>
    public static class JoinCode
    {
        /// <summary>Bytes of the secret.</summary>
        public const int SecretSize = 16;

        /// <summary>Characters without the dashes.</summary>
        public const int CharacterCount = 28;

        private const int GroupSize = 4;
        private const int SecretBits = SecretSize * 8;
        private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

        /// <summary>Writes a secret as a join code, dashes included.</summary>
        /// <param name="secret">16 bytes.</param>
        public static string Encode(byte[] secret)
        {
            if (secret == null || secret.Length != SecretSize)
            {
                throw new System.ArgumentException("A join code carries a secret of 16 bytes.");
            }

            byte[] bits = WithCheck(secret);
            char[] text = new char[CharacterCount + (CharacterCount / GroupSize) - 1];
            int at = 0;
            for (int i = 0; i < CharacterCount; i++)
            {
                if (i > 0 && i % GroupSize == 0)
                {
                    text[at++] = '-';
                }

                text[at++] = Alphabet[(int)ReadFiveBits(bits, i * 5)];
            }

            CryptoBytes.Wipe(bits);
            return new string(text);
        }

        /// <summary>
        /// Reads a join code. Case, dashes and spaces do not matter; I and L are read as 1, O as 0.
        /// </summary>
        /// <returns>The secret, 16 bytes, or null when characters, length or check are wrong.</returns>
        public static byte[] Decode(string text)
        {
            if (text == null)
            {
                return null;
            }

            byte[] bits = new byte[SecretSize + 2];
            byte[] secret = new byte[SecretSize];
            bool whole = ReadCharacters(text, bits);
            System.Array.Copy(bits, 0, secret, 0, SecretSize);
            byte[] expected = WithCheck(secret);
            bool same = CryptoBytes.ConstantTimeEquals(bits, 0, expected, 0, bits.Length);
            CryptoBytes.Wipe(bits);
            CryptoBytes.Wipe(expected);
            if (!whole || !same)
            {
                CryptoBytes.Wipe(secret);
                return null;
            }

            return secret;
        }

        /// <summary>True when the text has exactly the characters of a code.</summary>
        private static bool ReadCharacters(string text, byte[] bits)
        {
            int count = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c == '-' || c == ' ')
                {
                    continue;
                }

                int value = ValueOf(c);
                if (value < 0 || count == CharacterCount)
                {
                    return false;
                }

                WriteFiveBits(bits, count * 5, (uint)value);
                count++;
            }

            return count == CharacterCount;
        }

        /// <summary>The secret, then the first 12 bits of its SHA-256, then four zero bits.</summary>
        private static byte[] WithCheck(byte[] secret)
        {
            byte[] hash = new byte[Sha256.HashSize];
            Sha256.Hash(secret, 0, secret.Length, hash, 0);
            byte[] bits = new byte[SecretSize + 2];
            System.Array.Copy(secret, 0, bits, 0, SecretSize);
            bits[SecretBits / 8] = hash[0];
            bits[(SecretBits / 8) + 1] = (byte)(hash[1] & 0xF0);
            CryptoBytes.Wipe(hash);
            return bits;
        }

        private static uint ReadFiveBits(byte[] bits, int bit)
        {
            uint value = 0;
            for (int i = bit; i < bit + 5; i++)
            {
                value = (value << 1) | (((uint)bits[i / 8] >> (7 - (i % 8))) & 1);
            }

            return value;
        }

        private static void WriteFiveBits(byte[] bits, int bit, uint value)
        {
            for (int i = 0; i < 5; i++)
            {
                uint one = (value >> (4 - i)) & 1;
                int at = bit + i;
                bits[at / 8] |= (byte)(one << (7 - (at % 8)));
            }
        }

        private static int ValueOf(char c)
        {
            if (c >= 'a' && c <= 'z')
            {
                c = (char)(c - 32);
            }

            if (c == 'I' || c == 'L')
            {
                c = '1';
            }
            else if (c == 'O')
            {
                c = '0';
            }

            return Alphabet.IndexOf(c);
        }
    }
}
