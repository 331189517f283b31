using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// Offers whose names are a Golomb-coded set: short ids of 24 or 32 bits, sorted, their differences in Rice code. The
    /// side that begins names everything that it holds, then the other what was not named. Pulls are as always.
    /// </summary>
    public sealed class CodedOfferSide : Side
    {
        private const int OfferMax = 64;
        private const int HeaderSize = 7;
        private const int IndexBits = 16;
        private const byte Last = 0x80;

        private readonly ulong[] _names;
        private readonly ulong[] _theirs = new ulong[OfferMax];
        private readonly byte[] _known;
        private readonly BitString _bits = new BitString();
        private readonly int _nameBits;
        private int _nameCount;
        private int _next;
        private int _named;
        private bool _isReady;
        private bool _isDone;
        private bool _otherIsDone;
        private ulong _pull;
        private int _pullCount;

        /// <summary>A side that has named nothing yet.</summary>
        /// <param name="ids">What it knows.</param>
        /// <param name="key">The link's key.</param>
        /// <param name="begins">True on the side that begins.</param>
        /// <param name="nameBits">Bits of a name before it is coded, 24 or 32.</param>
        public CodedOfferSide(IdSets ids, byte[] key, bool begins, int nameBits)
            : base(ids, key, begins)
        {
            _nameBits = nameBits;
            _names = new ulong[ids.Held.Length];
            _known = new byte[ids.Held.Length];
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            if (_pullCount != 0)
            {
                record[0] = Pull;
                ByteOrder.WriteUInt64(record, 1, _pull);
                int bytes = (_pullCount + 7) / 8;
                _pullCount = 0;
                return 1 + bytes;
            }

            if (_isDone || _named != 0 || (!Begins && !_otherIsDone))
            {
                return 0;
            }

            if (!_isReady)
            {
                Prepare();
            }

            return WriteNames(record);
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            return record[0] == Offer ? ReadNames(record, count) : record[0] == Pull && ReadPull(record, count);
        }

        private void Prepare()
        {
            _isReady = true;
            for (int i = 0; i < _known.Length; i++)
            {
                if (_known[i] == 0)
                {
                    _names[_nameCount] = (NameOf(Ids.Held[i]) << IndexBits) | (uint)i;
                    _nameCount++;
                }
            }

            SortedValues.Sort(_names, _nameCount);
        }

        private int WriteNames(byte[] record)
        {
            int rice = RiceBits();
            int count = 0;
            ulong last = 0;
            record[0] = Offer;
            record[2] = (byte)rice;
            _bits.Start(record, HeaderSize, RecordMax);
            while (_next + count < _nameCount && count < OfferMax)
            {
                ulong name = _names[_next + count] >> IndexBits;
                if (count == 0)
                {
                    ByteOrder.WriteUInt32(record, 3, (uint)name);
                }
                else if (!_bits.WriteRice((uint)(name - last), rice))
                {
                    break;
                }

                last = name;
                count++;
            }

            _named = count;
            _isDone = _next + count == _nameCount;
            record[1] = (byte)((count % OfferMax) | (_isDone ? Last : 0));
            if (count == 0)
            {
                return _isDone && Begins ? HeaderSize : 0;
            }

            return _bits.ByteCount;
        }

        /// <summary>Differences average the range by the number of names; the power of two below is best.</summary>
        private int RiceBits()
        {
            int bits = _nameBits;
            for (int n = _nameCount; n > 1; n /= 2)
            {
                bits--;
            }

            return bits > 2 ? bits - 1 : bits;
        }

        private bool ReadNames(byte[] record, int count)
        {
            if (count < HeaderSize || _pullCount != 0)
            {
                return false;
            }

            _otherIsDone = (record[1] & Last) != 0;
            int named = record[1] & 0x3F;
            named = named == 0 && count > HeaderSize ? OfferMax : named;
            _bits.Start(record, HeaderSize, count);
            _theirs[0] = ByteOrder.ReadUInt32(record, 3);
            for (int i = 1; i < named; i++)
            {
                _theirs[i] = _theirs[i - 1] + _bits.ReadRice(record[2]);
            }

            ulong seen = 0;
            for (int i = 0; i < Ids.Seen.Length && named > 0; i++)
            {
                int place = Find(NameOf(Ids.Seen[i]), named);
                if (place >= 0)
                {
                    seen |= 1UL << place;
                    Forget(Ids.Seen[i]);
                }
            }

            ulong all = named == OfferMax ? ulong.MaxValue : (1UL << named) - 1;
            _pull = all & ~seen;
            _pullCount = named;
            return true;
        }

        private bool ReadPull(byte[] record, int count)
        {
            if (count != 1 + ((_named + 7) / 8))
            {
                return false;
            }

            for (int i = 0; i < _named; i++)
            {
                if (((uint)record[1 + (i / 8)] & (1u << (i % 8))) != 0)
                {
                    Send((int)(_names[_next + i] & 0xFFFF));
                }
            }

            _next += _named;
            _named = 0;
            return true;
        }

        private int Find(ulong name, int named)
        {
            int low = 0;
            int high = named - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                ulong value = _theirs[middle];
                if (value == name)
                {
                    return middle;
                }

                if (value < name)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return -1;
        }

        private void Forget(ulong id)
        {
            for (int i = 0; i < _known.Length; i++)
            {
                if (Ids.Held[i] == id)
                {
                    _known[i] = 1;
                }
            }
        }

        private ulong NameOf(ulong id)
        {
            return Salted(id) & ((1UL << _nameBits) - 1);
        }
    }
}
