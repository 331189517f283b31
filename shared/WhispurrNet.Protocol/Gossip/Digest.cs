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

        private readonly GossipEngine _gossip;
        private readonly MacWorkspace _mac;
        private readonly byte[] _digestKey;
        private readonly IdHash _hash;

        /// <summary>A digest over what an engine has seen.</summary>
        /// <param name="gossip">The engine.</param>
        /// <param name="mac">Derives the key of a salt.</param>
        /// <param name="digestKey">The network's digest key. Not copied.</param>
        /// <param name="hash">Hashes ids.</param>
        internal Digest(GossipEngine gossip, MacWorkspace mac, byte[] digestKey, IdHash hash)
        {
            _gossip = gossip;
            _mac = mac;
            _digestKey = digestKey;
            _hash = hash;
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
        /// <param name="since">
        /// Frames that arrived here up to then, in the units of <see cref="FrameStore.ArrivalAt"/>, are known to be there,
        /// whatever the filter says: it names the newest only. 0 for none.
        /// </param>
        /// <param name="isOld">Whether the digest is older than the last contact, and shows nothing new there.</param>
        public bool Differs(byte[] buffer, int offset, uint since, bool isOld)
        {
            SetKey(buffer, offset);
            int theirs = offset + SaltSize;
            if (LacksHeld(_gossip.SeenOwn, NewestOwn, since, buffer, theirs)
                || LacksHeld(_gossip.SeenStrangers, NewestStrangers, since, buffer, theirs))
            {
                return true;
            }

            if (isOld)
            {
                return false;
            }

            // Mine reaches twice as far back, so that only what is new to this node sets a bit that mine lacks.
            // It stands where the salt's key stood, which the hash has taken.
            byte[] mine = _mac.Mac;
            AddNewest(_gossip.SeenOwn, NewestOwn * 2, mine, 0);
            AddNewest(_gossip.SeenStrangers, NewestStrangers * 2, mine, 0);
            uint beyond = 0;
            for (int i = 0; i < FilterSize; i++)
            {
                beyond |= buffer[theirs + i] & (0xFFu ^ mine[i]);
            }

            _mac.Wipe();
            return beyond != 0;
        }

        /// <summary>Overwrites the key of the last salt.</summary>
        public void Wipe()
        {
            _hash.Wipe();
        }

        private void SetKey(byte[] buffer, int offset)
        {
            _mac.Compute(_digestKey, buffer, offset, SaltSize);
            _hash.SetKey(_mac.Mac);
            _mac.Wipe();
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
                ulong bits = _hash.Of(cache.IdAt(cache.PositionByAge(age)));
                SetBit(filter, offset, (uint)(bits & 0xFFFF) % FilterBits);
                SetBit(filter, offset, (uint)((bits >> 16) & 0xFFFF) % FilterBits);
            }
        }

        private bool LacksHeld(SeenCache cache, int most, uint since, byte[] filter, int offset)
        {
            int count = Newest(cache, most);
            for (int age = 0; age < count; age++)
            {
                ulong id = cache.IdAt(cache.PositionByAge(age));
                int slot = _gossip.Store.Find(id);
                if (slot == FrameStore.None || _gossip.Store.ArrivalAt(slot) <= since)
                {
                    continue;
                }

                ulong bits = _hash.Of(id);
                if (!HasBit(filter, offset, (uint)(bits & 0xFFFF) % FilterBits)
                    || !HasBit(filter, offset, (uint)((bits >> 16) & 0xFFFF) % FilterBits))
                {
                    return true;
                }
            }

            return false;
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
