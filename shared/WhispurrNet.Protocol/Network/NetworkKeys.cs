using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Network
{
    /// <summary>
    /// The key tree of one network: what a member derives from the network key and keeps (PROTOCOL.md, "Keys").
    /// A null network key makes the tree of a keyless relay, which holds nothing.
    /// </summary>
    public sealed class NetworkKeys
    {
        /// <summary>Bytes of every key in the tree.</summary>
        public const int KeySize = 32;

        /// <summary>Key of the admission MAC, or null on a keyless relay.</summary>
        public readonly byte[] Admission;

        /// <summary>Key of the advertisement filter; a keyless relay uses a published one.</summary>
        public readonly byte[] Digest;

        private readonly IHmacSha256 _hmac;
        private readonly byte[] _prk;

        /// <summary>Derives the tree.</summary>
        /// <param name="network">The network key, or null.</param>
        /// <param name="hmac">The HMAC to derive with.</param>
        public NetworkKeys(NetworkKey network, IHmacSha256 hmac)
        {
            _hmac = hmac;
            if (network == null)
            {
                Digest = Labels.Digest();
                return;
            }

            _prk = new byte[Sha256.HashSize];
            network.Extract(new Hkdf(hmac), _prk);
            Admission = Derive(Labels.Admission());
            Digest = Derive(Labels.Digest());
        }

        /// <summary>True when there is a network key.</summary>
        public bool IsMember
        {
            get { return _prk != null; }
        }

        /// <summary>Derives one 32-byte key; only on a member.</summary>
        public byte[] Derive(byte[] label)
        {
            byte[] key = new byte[KeySize];
            DeriveInto(label, key);
            return key;
        }

        /// <summary>Derives one key into the first 32 bytes of a buffer; only on a member.</summary>
        public void DeriveInto(byte[] label, byte[] key)
        {
            new Hkdf(_hmac).Expand(_prk, label, key, 0, KeySize);
        }

        /// <summary>Overwrites every key.</summary>
        public void Wipe()
        {
            if (_prk != null)
            {
                CryptoBytes.Wipe(_prk);
                CryptoBytes.Wipe(Admission);
                CryptoBytes.Wipe(Digest);
            }
        }
    }
}
