using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// The 24 bytes that a node advertises: 4 bytes of fresh salt and a Bloom filter of 160 bits over the newest frames
    /// that it has seen, keyed by network key and salt. A member tells from it whether a contact is worth while;
    /// anybody else sees random bytes (PROTOCOL.md, "Advertisement").
    /// </summary>
    public sealed class Digest
    {
        /// <summary>Bytes advertised.</summary>
        public const int Size = 24;

        private const int SaltSize = 4;
        private const int FilterSize = Size - SaltSize;
        private const uint FilterBits = FilterSize * 8;
        private const int NewestOwn = 32;
        private const int NewestStrangers = 8;
        private const int KeySize = 16;
        private const int IdSize = 8;

        private readonly GossipEngine _gossip;
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _digestKey;
        private readonly SipHash _hash = new SipHash();
        private readonly byte[] _mac = new byte[Sha256.HashSize];
        private readonly byte[] _id = new byte[IdSize];
        private readonly byte[] _mine = new byte[FilterSize];

        /// <summary>A digest over what an engine has seen.</summary>
        /// <param name="gossip">The engine.</param>
        /// <param name="hmac">The HMAC that derives the key of a salt.</param>
        /// <param name="digestKey">The network's digest key. Not copied.</param>
        public Digest(GossipEngine gossip, IHmacSha256 hmac, byte[] digestKey)
        {
            _gossip = gossip;
            _hmac = hmac;
            _digestKey = digestKey;
        }

        /// <summary>Writes a digest under a fresh salt.</summary>
        /// <param name="buffer">Receives 24 bytes.</param>
        /// <param name="offset">Where.</param>
        /// <param name="random">Source of the salt.</param>
        public void Write(byte[] buffer, int offset, ChaChaRandom random)
        {
            random.NextBytes(buffer, offset, SaltSize);
            SetKey(buffer, offset);
            System.Array.Clear(buffer, offset + SaltSize, FilterSize);
            AddNewest(_gossip.SeenOwn, NewestOwn, buffer, offset + SaltSize);
            AddNewest(_gossip.SeenStrangers, NewestStrangers, buffer, offset + SaltSize);
        }

        /// <summary>
        /// True when the other side lacks a frame held here, or has seen one that was not seen here. Errs towards
        /// false: a filter of 160 bits over 40 frames calls about one absent frame in six present.
        /// </summary>
        /// <param name="buffer">The other side's digest; any bytes.</param>
        /// <param name="offset">Where it starts.</param>
        public bool Differs(byte[] buffer, int offset)
        {
            SetKey(buffer, offset);
            int theirs = offset + SaltSize;
            if (LacksHeld(_gossip.SeenOwn, NewestOwn, buffer, theirs)
                || LacksHeld(_gossip.SeenStrangers, NewestStrangers, buffer, theirs))
            {
                return true;
            }

            // Mine reaches twice as far back, so that only what is new to this node sets a bit that mine lacks.
            System.Array.Clear(_mine, 0, FilterSize);
            AddNewest(_gossip.SeenOwn, NewestOwn * 2, _mine, 0);
            AddNewest(_gossip.SeenStrangers, NewestStrangers * 2, _mine, 0);
            uint beyond = 0;
            for (int i = 0; i < FilterSize; i++)
            {
                beyond |= buffer[theirs + i] & (0xFFu ^ _mine[i]);
            }

            return beyond != 0;
        }

        /// <summary>Overwrites the key of the last salt.</summary>
        public void Wipe()
        {
            _hash.Wipe();
        }

        private void SetKey(byte[] buffer, int offset)
        {
            _hmac.Compute(_digestKey, buffer, offset, SaltSize, _mac, 0);
            _hash.SetKey(_mac, 0);
            CryptoBytes.Wipe(_mac);
        }

        private static int Newest(SeenCache cache, int most)
        {
            return cache.Count < most ? cache.Count : most;
        }

        private void AddNewest(SeenCache cache, int most, byte[] filter, int offset)
        {
            int count = Newest(cache, most);
            for (int age = 0; age < count; age++)
            {
                ulong bits = BitsOf(cache.IdAt(cache.PositionByAge(age)));
                SetBit(filter, offset, (uint)(bits & 0xFFFF) % FilterBits);
                SetBit(filter, offset, (uint)((bits >> 16) & 0xFFFF) % FilterBits);
            }
        }

        private bool LacksHeld(SeenCache cache, int most, byte[] filter, int offset)
        {
            int count = Newest(cache, most);
            for (int age = 0; age < count; age++)
            {
                int position = cache.PositionByAge(age);
                if (cache.SlotAt(position) == SeenCache.None)
                {
                    continue;
                }

                ulong bits = BitsOf(cache.IdAt(position));
                if (!HasBit(filter, offset, (uint)(bits & 0xFFFF) % FilterBits)
                    || !HasBit(filter, offset, (uint)((bits >> 16) & 0xFFFF) % FilterBits))
                {
                    return true;
                }
            }

            return false;
        }

        private ulong BitsOf(ulong id)
        {
            ByteOrder.WriteUInt64BigEndian(_id, 0, id);
            return _hash.Compute(_id, 0, IdSize);
        }

        private static void SetBit(byte[] filter, int offset, uint bit)
        {
            int at = offset + (int)(bit / 8);
            filter[at] = (byte)(filter[at] | (1u << (int)(bit % 8)));
        }

        private static bool HasBit(byte[] filter, int offset, uint bit)
        {
            return ((uint)filter[offset + (int)(bit / 8)] & (1u << (int)(bit % 8))) != 0;
        }
    }
}
