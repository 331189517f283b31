using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// Each side sends a Golomb-coded set of all that it has seen: salted ids reduced to 128 values an id, sorted, their
    /// differences in Rice code of 7 bits. The other sends what is not in it. One frame in 128 is taken for seen by mistake.
    /// </summary>
    public sealed class CodedFilterSide : Side
    {
        private const int RiceBits = 7;
        private const int HeaderSize = 11;
        private const int IndexBits = 16;

        private readonly ulong[] _seen;
        private readonly ulong[] _held;
        private readonly uint _range;
        private readonly BitString _bits = new BitString();
        private int _next;
        private int _nextHeld;
        private bool _isDone;

        /// <summary>Sorts what is seen.</summary>
        public CodedFilterSide(IdSets ids, byte[] key, bool begins)
            : base(ids, key, begins)
        {
            _range = (uint)ids.Seen.Length << RiceBits;
            _seen = new ulong[ids.Seen.Length];
            for (int i = 0; i < _seen.Length; i++)
            {
                _seen[i] = Reduce(Salted(ids.Seen[i]), _range);
            }

            SortedValues.Sort(_seen, _seen.Length);
            _held = new ulong[ids.Held.Length];
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            if (_isDone)
            {
                return 0;
            }

            // Type, last record or not, values, range, first value; then the differences.
            ulong last = _seen[_next];
            int count = 1;
            record[0] = Other;
            ByteOrder.WriteUInt32(record, 3, _range);
            ByteOrder.WriteUInt32(record, 7, (uint)last);
            _bits.Start(record, HeaderSize, RecordMax);
            for (_next++; _next < _seen.Length && _bits.WriteRice((uint)(_seen[_next] - last), RiceBits); _next++)
            {
                last = _seen[_next];
                count++;
            }

            _isDone = _next == _seen.Length;
            record[1] = _isDone ? (byte)1 : (byte)0;
            record[2] = (byte)count;
            return _bits.ByteCount;
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            if (count < HeaderSize)
            {
                return false;
            }

            if (_nextHeld == 0)
            {
                SortHeld(ByteOrder.ReadUInt32(record, 3));
            }

            ulong value = ByteOrder.ReadUInt32(record, 7);
            _bits.Start(record, HeaderSize, count);
            for (int left = record[2]; left > 0; left--)
            {
                while (_nextHeld < _held.Length && (_held[_nextHeld] >> IndexBits) < value)
                {
                    SendNext();
                }

                while (_nextHeld < _held.Length && (_held[_nextHeld] >> IndexBits) == value)
                {
                    _nextHeld++;
                }

                value += left > 1 ? _bits.ReadRice(RiceBits) : 0;
            }

            while (record[1] == 1 && _nextHeld < _held.Length)
            {
                SendNext();
            }

            return true;
        }

        private void SendNext()
        {
            Send((int)(_held[_nextHeld] & 0xFFFF));
            _nextHeld++;
        }

        private void SortHeld(uint range)
        {
            for (int i = 0; i < _held.Length; i++)
            {
                _held[i] = (Reduce(Salted(Ids.Held[i]), range) << IndexBits) | (uint)i;
            }

            SortedValues.Sort(_held, _held.Length);
        }

        private static ulong Reduce(ulong hash, uint range)
        {
            return ((hash & 0xFFFFFFFF) * range) >> 32;
        }
    }
}
