using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// Each side sends a Bloom filter of all that it has seen, in parts that stand alone; the other sends what is not in
    /// it. One frame in a hundred is taken for seen by mistake.
    /// </summary>
    public sealed class BloomSide : Side
    {
        /// <summary>The usual figures for one in a hundred: 9.6 bits an id and 7 hashes.</summary>
        private const int TenthsOfBits = 96;
        private const int Hashes = 7;
        private const int HeaderSize = 5;
        private const int FewHeld = 64;

        private readonly byte[] _filter;
        private readonly ulong[] _held;
        private readonly int _parts;
        private readonly int _partSize;
        private int _next;

        /// <summary>Makes the filter.</summary>
        public BloomSide(IdSets ids, byte[] key, bool begins)
            : base(ids, key, begins)
        {
            int bytes = ((ids.Seen.Length * TenthsOfBits) + 79) / 80;
            _parts = (bytes + RecordMax - HeaderSize - 1) / (RecordMax - HeaderSize);
            _partSize = (bytes + _parts - 1) / _parts;
            _filter = new byte[_parts * _partSize];
            for (int i = 0; i < ids.Seen.Length; i++)
            {
                Add(Salted(ids.Seen[i]));
            }

            if (ids.Held.Length > FewHeld)
            {
                // Else it is cheaper to compute them again for every part.
                _held = new ulong[ids.Held.Length];
                for (int i = 0; i < _held.Length; i++)
                {
                    _held[i] = Salted(ids.Held[i]);
                }
            }
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            if (_next == _parts)
            {
                return 0;
            }

            record[0] = Other;
            ByteOrder.WriteUInt16(record, 1, (uint)_next);
            ByteOrder.WriteUInt16(record, 3, (uint)_parts);
            System.Array.Copy(_filter, _next * _partSize, record, HeaderSize, _partSize);
            _next++;
            return HeaderSize + _partSize;
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            if (count <= HeaderSize)
            {
                return false;
            }

            uint part = ByteOrder.ReadUInt16(record, 1);
            uint parts = ByteOrder.ReadUInt16(record, 3);
            if (part >= parts)
            {
                return false;
            }

            uint bits = (uint)(count - HeaderSize) * 8;
            for (int i = 0; i < Ids.Held.Length; i++)
            {
                ulong hash = _held != null ? _held[i] : Salted(Ids.Held[i]);
                if (PartOf(hash, parts) == part && !IsIn(record, HeaderSize, bits, hash))
                {
                    Send(i);
                }
            }

            return true;
        }

        private void Add(ulong hash)
        {
            uint bits = (uint)_partSize * 8;
            uint start = PartOf(hash, (uint)_parts) * bits;
            ulong first = hash & 0xFFFFFFFF;
            ulong step = (hash >> 32) | 1;
            for (int i = 0; i < Hashes; i++)
            {
                uint bit = start + (uint)(first % bits);
                _filter[bit / 8] = (byte)(_filter[bit / 8] | (1u << (int)(bit % 8)));
                first += step;
            }
        }

        private static bool IsIn(byte[] filter, int offset, uint bits, ulong hash)
        {
            ulong first = hash & 0xFFFFFFFF;
            ulong step = (hash >> 32) | 1;
            for (int i = 0; i < Hashes; i++)
            {
                uint bit = (uint)(first % bits);
                if (((uint)filter[offset + (int)(bit / 8)] & (1u << (int)(bit % 8))) == 0)
                {
                    return false;
                }

                first += step;
            }

            return true;
        }

        private static uint PartOf(ulong hash, uint parts)
        {
            return (uint)((hash >> 40) % parts);
        }
    }
}
