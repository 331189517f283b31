using WhispurrNet.DeviceTests.Vectors;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.DeviceTests.Contracts
{
    /// <summary>
    /// What everything that computes HMAC-SHA256 has to do, and HKDF over it: the same for managed code, the firmware's
    /// and the operating system's. Device code, so that it runs wherever one of them does.
    /// </summary>
    public static class HmacContract
    {
        /// <summary>Checks an implementation.</summary>
        /// <returns>What it does wrong, or nothing.</returns>
        public static string Failure(IHmacSha256 hmac)
        {
            string[] results =
            {
                Vectors(hmac), Extraction(hmac), Ranges(hmac), ResultOverMessage(hmac), ResultOverKey(hmac),
                KeyInPlace(hmac), EmptyKeyAndMessage(hmac),
            };
            string failure = "";
            for (int i = 0; i < results.Length; i++)
            {
                failure += results[i];
            }

            return failure;
        }

        private static string Vectors(IHmacSha256 hmac)
        {
            string failure = "";
            string[][] vectors = HmacVectors.Hmac();
            for (int i = 0; i < vectors.Length; i++)
            {
                byte[] key = Hex.Read(vectors[i][1]);
                byte[] message = Hex.Read(vectors[i][2]);
                string mac = Compute(hmac, key, message, 0, message.Length);
                if (mac.Substring(0, vectors[i][3].Length) != vectors[i][3])
                {
                    failure += vectors[i][0] + "; ";
                }

                if (Hex.Write(key) != vectors[i][1] || Hex.Write(message) != vectors[i][2])
                {
                    failure += vectors[i][0] + " changes its inputs; ";
                }
            }

            return failure;
        }

        private static string Extraction(IHmacSha256 hmac)
        {
            string failure = "";
            Hkdf hkdf = new Hkdf(hmac);
            string[][] vectors = HmacVectors.Hkdf();
            byte[] prk = new byte[Hkdf.HashSize];
            for (int i = 0; i < vectors.Length; i++)
            {
                byte[] okm = new byte[vectors[i][5].Length / 2];
                hkdf.Extract(Hex.Read(vectors[i][2]), Hex.Read(vectors[i][1]), prk);
                hkdf.Expand(prk, Hex.Read(vectors[i][3]), okm, 0, okm.Length);
                if (Hex.Write(prk) != vectors[i][4] || Hex.Write(okm) != vectors[i][5])
                {
                    failure += vectors[i][0] + "; ";
                }
            }

            return failure;
        }

        /// <summary>Part of a buffer as message, part of a buffer for the result, nothing else touched.</summary>
        private static string Ranges(IHmacSha256 hmac)
        {
            byte[] key = Bytes(32, 1);
            for (int count = 0; count <= 130; count += 13)
            {
                byte[] message = Bytes(count, 2);
                byte[] buffer = Bytes(count + 9, 3);
                System.Array.Copy(message, 0, buffer, 4, count);
                byte[] mac = Bytes(40, 4);
                hmac.Compute(key, buffer, 4, count, mac, 5);
                string text = Hex.Write(mac);
                string untouched = Hex.Write(Bytes(40, 4));
                if (text.Substring(10, 64) != Compute(hmac, key, message, 0, count)
                    || text.Substring(0, 10) != untouched.Substring(0, 10)
                    || text.Substring(74) != untouched.Substring(74))
                {
                    return "range of " + count + "; ";
                }
            }

            return "";
        }

        private static string ResultOverMessage(IHmacSha256 hmac)
        {
            byte[] key = Bytes(20, 5);
            byte[] message = Bytes(50, 6);
            string expected = Compute(hmac, key, message, 3, 40);
            hmac.Compute(key, message, 3, 40, message, 10);
            return Hex.Write(message).Substring(20, 64) == expected ? "" : "result over the message; ";
        }

        private static string ResultOverKey(IHmacSha256 hmac)
        {
            byte[] key = Bytes(32, 7);
            byte[] message = Bytes(33, 8);
            string expected = Compute(hmac, key, message, 0, 33);
            hmac.Compute(key, message, 0, 33, key, 0);
            return Hex.Write(key) == expected ? "" : "result over the key; ";
        }

        /// <summary>Callers overwrite key buffers: an implementation that remembers keys must look at the bytes.</summary>
        private static string KeyInPlace(IHmacSha256 hmac)
        {
            byte[] key = Bytes(32, 9);
            byte[] message = Bytes(5, 10);
            string first = Compute(hmac, key, message, 0, 5);
            key[31] ^= 1;
            string second = Compute(hmac, key, message, 0, 5);
            key[31] ^= 1;
            return first != second && first == Compute(hmac, key, message, 0, 5) ? "" : "key changed in place; ";
        }

        /// <summary>The MAC of nothing under no key, as RFC 2104 defines it; a longer key of zeros is the same key.</summary>
        private static string EmptyKeyAndMessage(IHmacSha256 hmac)
        {
            const string expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
            return Compute(hmac, new byte[0], new byte[0], 0, 0) == expected
                && Compute(hmac, new byte[64], new byte[0], 0, 0) == expected ? "" : "nothing under no key; ";
        }

        private static string Compute(IHmacSha256 hmac, byte[] key, byte[] message, int offset, int count)
        {
            byte[] mac = new byte[HmacSha256.MacSize];
            hmac.Compute(key, message, offset, count, mac, 0);
            return Hex.Write(mac);
        }

        private static byte[] Bytes(int count, int seed)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)((i * 7) + (seed * 31));
            }

            return bytes;
        }
    }
}
