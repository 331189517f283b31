using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// Ranges: the salted ids are a line that is cut into 8 or 16 equal ranges, each of these again, and so on. Sides compare the sums of
    /// 64-bit salted ids over ranges, and cut on where they differ, until so few frames are left that both name them.
    /// </summary>
    /// <remarks>
    /// <para>Salted ids lie evenly, so that ranges of equal width hold about equally many frames and need no bounds: a range is the
    /// first bits of its ids. The sums are keyed by the link: who does not know the key cannot make two sets of equal sums.</para>
    /// <para>A side answers from what it holds when it is asked. Frames that come or go meanwhile are a difference more, or one
    /// less.</para>
    /// </remarks>
    public sealed class RangeSide : NamingSide
    {
        /// <summary>Ranges of this side that it has to cut, at most: all of two levels of 16.</summary>
        private const int QueueMax = 256;
        private const int BitsMax = 12;
        private const int HeaderSize = 2;
        private const int EntrySize = 3;
        private const int MaskSize = 2;
        private const byte NamesFollow = 1;
        private const byte NameFlag = 0x80;

        private readonly uint[] _queue = new uint[QueueMax];
        private readonly uint[] _names = new uint[QueueMax];
        private readonly ulong[] _sums;
        private readonly byte[] _counts;
        private readonly int _cutBits;
        private readonly int _leaf;
        private readonly int _sumSize;
        private int _queued;
        private int _nameCount;
        private bool _namesFollow;

        /// <summary>The side that begins begins with the whole line.</summary>
        /// <param name="ids">What it knows.</param>
        /// <param name="key">The link's key.</param>
        /// <param name="begins">True on the side that begins.</param>
        /// <param name="cutBits">3 to cut into 8, 4 into 16.</param>
        /// <param name="leaf">A range of so many frames or fewer is not cut, its frames are named.</param>
        /// <param name="sumSize">Bytes of a sum, 4 to 6.</param>
        /// <param name="nameSize">Bytes of a name, 4 to 6.</param>
        public RangeSide(IdSets ids, byte[] key, bool begins, int cutBits, int leaf, int sumSize, int nameSize)
            : base(ids, key, begins, nameSize)
        {
            _cutBits = cutBits;
            _leaf = leaf;
            _sumSize = sumSize;
            _sums = new ulong[1 << cutBits];
            _counts = new byte[1 << cutBits];
            _queued = begins ? 1 : 0;
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            return _queued + _nameCount > 0 ? WriteRanges(record) : base.Write(record);
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            return record[0] == Other ? ReadRanges(record, count) : base.Read(record, count);
        }

        private int WriteRanges(byte[] record)
        {
            int at = HeaderSize;
            while (_nameCount > 0 && at + EntrySize + MaskSize <= RecordMax)
            {
                _nameCount -= 2;
                WriteEntry(record, at, _names[_nameCount] | ((uint)NameFlag << 24));
                ByteOrder.WriteUInt16(record, at + EntrySize, _names[_nameCount + 1]);
                at += EntrySize + MaskSize;
            }

            int size = EntrySize + (_sums.Length * _sumSize);
            while (_queued > 0 && at + size <= RecordMax)
            {
                _queued--;
                WriteEntry(record, at, _queue[_queued]);
                AddUp(_queue[_queued]);
                at += EntrySize;
                for (int i = 0; i < _sums.Length; i++)
                {
                    WriteSum(record, at, _sums[i]);
                    at += _sumSize;
                }
            }

            record[0] = Other;
            record[1] = _namesFollow ? NamesFollow : (byte)0;
            _namesFollow = false;
            return at;
        }

        private bool ReadRanges(byte[] record, int count)
        {
            int at = HeaderSize;
            int size = _sums.Length * _sumSize;
            while (at + EntrySize <= count)
            {
                uint range = ((uint)(record[at] & 0x7F) << 24) | ByteOrder.ReadUInt16(record, at + 1);
                bool name = (record[at] & NameFlag) != 0;
                at += EntrySize;
                if (at + (name ? MaskSize : size) > count || DepthOf(range) > BitsMax)
                {
                    return false;
                }

                if (name)
                {
                    NameWithin(range, ByteOrder.ReadUInt16(record, at));
                    if (record[1] == NamesFollow)
                    {
                        WaitForOffer();
                    }

                    at += MaskSize;
                }
                else
                {
                    Compare(range, record, at);
                    at += size;
                }
            }

            return at == count;
        }

        private void Compare(uint range, byte[] record, int at)
        {
            AddUp(range);
            uint mask = 0;
            int bits = DepthOf(range) + _cutBits;
            for (int i = 0; i < _sums.Length; i++)
            {
                if (ReadSum(record, at + (i * _sumSize)) == (_sums[i] & ((1UL << (8 * _sumSize)) - 1)))
                {
                    continue;
                }

                uint child = ((uint)bits << 24) | ((range & 0xFFFF) << _cutBits) | (uint)i;
                if (_counts[i] <= _leaf || bits + _cutBits > BitsMax || _queued == QueueMax)
                {
                    mask |= 1u << i;
                    _namesFollow |= _counts[i] > 0;
                }
                else
                {
                    _queue[_queued] = child;
                    _queued++;
                }
            }

            if (mask != 0)
            {
                NameWithin(range, mask);
                _names[_nameCount] = range;
                _names[_nameCount + 1] = mask;
                _nameCount += 2;
            }
        }

        /// <summary>Sums and numbers of what is held in each part of a range.</summary>
        private void AddUp(uint range)
        {
            System.Array.Clear(_sums, 0, _sums.Length);
            System.Array.Clear(_counts, 0, _counts.Length);
            int depth = DepthOf(range);
            ulong[] held = Ids.Held;
            ulong first = range & 0xFFFF;
            int below = 64 - depth - _cutBits;
            ulong part = (1UL << _cutBits) - 1;
            for (int i = 0; i < held.Length; i++)
            {
                ulong hash = Salted(held[i]);
                if (depth == 0 || (hash >> (64 - depth)) == first)
                {
                    int place = (int)((hash >> below) & part);
                    _sums[place] += hash;
                    _counts[place] = (byte)(_counts[place] < 255 ? _counts[place] + 1 : 255);
                }
            }
        }

        private void NameWithin(uint range, uint mask)
        {
            int depth = DepthOf(range);
            ulong first = range & 0xFFFF;
            int below = 64 - depth - _cutBits;
            ulong part = (1UL << _cutBits) - 1;
            for (int i = 0; i < Ids.Held.Length; i++)
            {
                ulong hash = Salted(Ids.Held[i]);
                bool within = depth == 0 || (hash >> (64 - depth)) == first;
                if (within && ((mask >> (int)((hash >> below) & part)) & 1) != 0)
                {
                    Name(i);
                }
            }
        }

        private static int DepthOf(uint range)
        {
            return (int)(range >> 24);
        }

        private static void WriteEntry(byte[] record, int at, uint range)
        {
            record[at] = (byte)(range >> 24);
            ByteOrder.WriteUInt16(record, at + 1, range & 0xFFFF);
        }

        private void WriteSum(byte[] record, int at, ulong sum)
        {
            for (int i = 0; i < _sumSize; i++)
            {
                record[at + i] = (byte)(sum & 0xFF);
                sum >>= 8;
            }
        }

        private ulong ReadSum(byte[] record, int at)
        {
            ulong sum = 0;
            for (int i = _sumSize - 1; i >= 0; i--)
            {
                sum = (sum << 8) | record[at + i];
            }

            return sum;
        }
    }
}
