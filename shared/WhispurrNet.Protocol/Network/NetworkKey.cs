using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// The one secret of a network, 32 bytes: HKDF-SHA256 of a join code's secret. Whoever holds it is a member.
    /// </summary>
    public sealed class NetworkKey
    {
        /// <summary>Bytes of the key.</summary>
        public const int Size = 32;

        /// <summary>
        /// The join code of the public network. Everybody has it, so its frames are carried like all others and kept
        /// secret from nobody.
        /// </summary>
        public const string PublicJoinCode = "0000-0000-0000-0000-0000-0000-00VM";

        private readonly byte[] _key;

        private NetworkKey(byte[] key)
        {
            _key = key;
        }

        /// <summary>The key that a join code stands for, or null when the code is malformed.</summary>
        public static NetworkKey FromJoinCode(string code)
        {
            byte[] secret = JoinCode.Decode(code);
            if (secret == null)
            {
                return null;
            }

            byte[] prk = new byte[Sha256.HashSize];
            byte[] key = new byte[Size];
            HmacSha256 hmac = new HmacSha256();
            Hkdf hkdf = new Hkdf(hmac);
            hkdf.Extract(Labels.JoinCode(), secret, prk);
            hkdf.Expand(prk, Labels.NetworkKey(), key, 0, Size);
            hmac.Wipe();
            CryptoBytes.Wipe(secret);
            CryptoBytes.Wipe(prk);
            return new NetworkKey(key);
        }

        /// <summary>A key from 32 bytes; the array is copied.</summary>
        public static NetworkKey FromBytes(byte[] key)
        {
            if (key == null || key.Length != Size)
            {
                throw new System.ArgumentException("A network key has 32 bytes.");
            }

            byte[] copy = new byte[Size];
            System.Array.Copy(key, 0, copy, 0, Size);
            return new NetworkKey(copy);
        }

        /// <summary>A new join code.</summary>
        /// <param name="secret">16 bytes from a good random source.</param>
        public static string CreateJoinCode(byte[] secret)
        {
            return JoinCode.Encode(secret);
        }

        /// <summary>Overwrites the key; the object is of no use afterwards.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_key);
        }

        /// <summary>Says what it is, never what it holds.</summary>
        public override string ToString()
        {
            return "network key";
        }

        /// <summary>The root of the key tree: HKDF-Extract under the versioned label.</summary>
        internal void Extract(Hkdf hkdf, byte[] prk)
        {
            hkdf.Extract(Labels.Tree(), _key, prk);
        }
    }
}
