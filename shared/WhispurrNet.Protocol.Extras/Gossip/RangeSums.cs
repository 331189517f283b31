using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Extras.Gossip
{
    /// <summary>
    /// What a node holds at a moment, by range and part of its hashes under a link's key: sums, and how many
    /// (PROTOCOL.md, "Ranges").
    /// </summary>
    internal sealed class RangeSums
    {
        /// <summary>Ranges of the whole, and parts of a range.</summary>
        internal const int Parts = 16;

        private const int PartBits = 4;
        private const int CountMax = 255;

        private readonly GossipEngine _gossip;
        private readonly IdHash _hash = new IdHash();
        private readonly uint[] _sums = new uint[Parts * Parts];

        // 255 stands for more.
        private readonly byte[] _counts = new byte[Parts * Parts];

        internal RangeSums(GossipEngine gossip)
        {
            _gossip = gossip;
        }

        /// <summary>Salts hashes with the key of a link from here on.</summary>
        internal void SetKey(LinkSession link)
        {
            _hash.SetKey(link.Key);
        }

        /// <summary>Adds up what is held now, under the key of a link.</summary>
        internal void AddUp(LinkSession link)
        {
            System.Array.Clear(_sums, 0, _sums.Length);
            System.Array.Clear(_counts, 0, _counts.Length);
            SetKey(link);
            for (int slot = 0; slot < _gossip.Store.Capacity; slot++)
            {
                if (IsCompared(slot))
                {
                    ulong hash = _hash.Of(_gossip.Store.IdAt(slot));
                    int place = PlaceOf(hash);
                    _sums[place] += (uint)(hash & 0xFFFFFFFF);
                    _counts[place] = _counts[place] == CountMax ? (byte)CountMax : (byte)(_counts[place] + 1);
                }
            }
        }

        /// <summary>The sum of a part.</summary>
        internal uint OfPart(int range, int part)
        {
            return _sums[(range * Parts) + part];
        }

        /// <summary>The sum of a range.</summary>
        internal uint OfRange(int range)
        {
            uint sum = 0;
            for (int part = 0; part < Parts; part++)
            {
                sum += OfPart(range, part);
            }

            return sum;
        }

        /// <summary>Frames held in a range; a part of more than 255 counts as 255.</summary>
        internal int CountIn(int range)
        {
            int count = 0;
            for (int part = 0; part < Parts; part++)
            {
                count += _counts[(range * Parts) + part];
            }

            return count;
        }

        /// <summary>True for a frame that is held; what obfuscation holds back no neighbour is to hear of yet.</summary>
        internal bool IsCompared(int slot)
        {
            return _gossip.Store.Has(slot, FrameStore.Used)
                && (_gossip.Obfuscator == null || !_gossip.Obfuscator.IsHeldBack(slot));
        }

        /// <summary>Range times 16 and part of the frame of a slot.</summary>
        internal int PlaceOf(int slot)
        {
            return PlaceOf(_hash.Of(_gossip.Store.IdAt(slot)));
        }

        private static int PlaceOf(ulong hash)
        {
            return (int)(hash >> (64 - (2 * PartBits)));
        }
    }
}
