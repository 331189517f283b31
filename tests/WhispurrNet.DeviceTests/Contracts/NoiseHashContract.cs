using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.DeviceTests.Contracts
{
    /// <summary>What every hash function of a handshake has to do.</summary>
    public static class NoiseHashContract
    {
        private const int BlockSize = 64;

        /// <summary>Checks an implementation, which is used and wiped.</summary>
        /// <param name="hash">The implementation.</param>
        /// <param name="name">Its name in protocol names.</param>
        /// <param name="ofAbc">The hash of the text "abc", hex.</param>
        /// <returns>What it does wrong, or nothing.</returns>
        public static string Failure(INoiseHash hash, string name, string ofAbc)
        {
            string failure = "";
            failure += hash.Name == name ? "" : "name; ";
            failure += Hash(hash, new byte[] { 0x61, 0x62, 0x63 }) == ofAbc ? "" : "hash of abc; ";
            failure += Splits(hash);
            failure += Macs(hash);
            failure += MacWithinMessage(hash);
            failure += MacOverItsInputs(hash);
            hash.Update(Bytes(99, 1), 0, 99);
            hash.Wipe();
            failure += Hash(hash, new byte[] { 0x61, 0x62, 0x63 }) == ofAbc ? "" : "use after Wipe; ";
            hash.Wipe();
            return failure;
        }

        private static string Splits(INoiseHash hash)
        {
            byte[] message = Bytes(200, 2);
            string whole = Hash(hash, message);
            byte[] result = new byte[40];
            for (int at = 0; at <= message.Length; at += 8)
            {
                hash.Update(message, 0, at);
                hash.Update(message, at, 0);
                hash.Update(message, at, message.Length - at);
                hash.Finish(result, 3);
                if (Hex.Write(result).Substring(6, 64) != whole)
                {
                    return "split at " + at + "; ";
                }
            }

            return "";
        }

        /// <summary>RFC 2104 section 2 from the hash itself.</summary>
        private static string Macs(INoiseHash hash)
        {
            for (int size = 0; size <= BlockSize; size += 16)
            {
                byte[] key = Bytes(size, 3);
                byte[] message = Bytes(2 * size + 1, 4);
                byte[] inner = new byte[BlockSize + message.Length];
                byte[] outer = new byte[BlockSize + 32];
                System.Array.Copy(key, 0, inner, 0, size);
                System.Array.Copy(key, 0, outer, 0, size);
                for (int i = 0; i < BlockSize; i++)
                {
                    inner[i] ^= 0x36;
                    outer[i] ^= 0x5c;
                }

                System.Array.Copy(message, 0, inner, BlockSize, message.Length);
                System.Array.Copy(Hex.Read(Hash(hash, inner)), 0, outer, BlockSize, 32);
                byte[] mac = new byte[32];
                hash.Hmac(key, message, 0, message.Length, mac, 0);
                if (Hex.Write(mac) != Hash(hash, outer))
                {
                    return "MAC under a key of " + size + "; ";
                }
            }

            return "";
        }

        private static string MacWithinMessage(INoiseHash hash)
        {
            byte[] message = Bytes(100, 5);
            string whole = Hash(hash, message);
            byte[] mac = new byte[32];
            byte[] result = new byte[32];
            hash.Update(message, 0, 70);
            hash.Hmac(Bytes(32, 6), message, 0, 100, mac, 0);
            hash.Update(message, 70, 30);
            hash.Finish(result, 0);
            return Hex.Write(result) == whole ? "" : "MAC within a message; ";
        }

        private static string MacOverItsInputs(INoiseHash hash)
        {
            byte[] key = Bytes(32, 7);
            byte[] message = Bytes(33, 8);
            byte[] mac = new byte[32];
            hash.Hmac(key, message, 0, 33, mac, 0);
            byte[] copy = Bytes(33, 8);
            hash.Hmac(key, copy, 0, 33, copy, 0);
            hash.Hmac(key, message, 0, 33, key, 0);
            string expected = Hex.Write(mac);
            return Hex.Write(copy).Substring(0, 64) == expected && Hex.Write(key) == expected
                ? "" : "MAC over its inputs; ";
        }

        private static string Hash(INoiseHash hash, byte[] message)
        {
            byte[] result = new byte[32];
            hash.Update(message, 0, message.Length);
            hash.Finish(result, 0);
            return Hex.Write(result);
        }

        private static byte[] Bytes(int count, int seed)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)((i * 11) + (seed * 29));
            }

            return bytes;
        }
    }
}
