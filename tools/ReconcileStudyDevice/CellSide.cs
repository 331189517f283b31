using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// An invertible Bloom lookup table over what each side holds. The side that begins sends cells, twice as many each time, until the other can take the
    /// difference out of them: it then pulls what it has not seen, and names what the first side lacks.
    /// </summary>
    /// <remarks>
    /// <para>An id is in cell j with probability 1 / (1 + j / 2), as in Rateless IBLT (Yang, Gilad and Alizadeh, SIGCOMM 2024): a
    /// beginning of the cells is a table for few differences, and no estimate of their number is needed. After <see cref="CellsMax"/>
    /// cells, or two for each frame held, it is given up and everything is named.</para>
    /// <para>A cell is the exclusive or of salted ids (6 bytes), that of their checks (4) and their number modulo 256 (1).</para>
    /// </remarks>
    public sealed class CellSide : NamingSide
    {
        /// <summary>Most cells.</summary>
        public const int CellsMax = 2048;

        private const int CellSize = 11;
        private const int HeaderSize = 2;
        private const int CellsInRecord = (RecordMax - HeaderSize) / CellSize;
        private const int NameSize = 6;
        private const byte Cells = 0;
        private const byte More = 1;
        private const byte GiveUp = 2;
        private const byte Wanted = 3;

        private readonly int _first;
        private readonly ulong[] _sums;
        private readonly uint[] _checks;
        private readonly byte[] _counts;
        private readonly ulong[] _held;
        private readonly ulong[] _wanted;
        private int _known;
        private int _target;
        private int _wantedCount;
        private int _wantedSent;
        private byte _say;
        private bool _isDecoded;

        /// <summary>Takes what is held now: frames that come or go meanwhile would spoil the sums.</summary>
        /// <param name="ids">What it knows.</param>
        /// <param name="key">The link's key.</param>
        /// <param name="begins">True on the side that begins.</param>
        /// <param name="first">Cells sent at first.</param>
        public CellSide(IdSets ids, byte[] key, bool begins, int first)
            : base(ids, key, begins, NameSize)
        {
            int most = 2 * ids.Held.Length;
            most = most > CellsMax ? CellsMax : most;
            _first = first;
            _held = new ulong[ids.Held.Length];
            _wanted = new ulong[begins ? 0 : most];
            _sums = new ulong[most];
            _checks = new uint[most];
            _counts = new byte[most];
            _target = begins ? first : 0;
            for (int i = 0; i < _held.Length; i++)
            {
                _held[i] = Salted(ids.Held[i]) & IdBits;
            }
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            record[0] = Other;
            if (Begins && _known < _target)
            {
                return WriteCells(record);
            }

            if (_say != 0)
            {
                record[1] = _say;
                _say = 0;
                return HeaderSize;
            }

            return _wantedSent < _wantedCount ? WriteWanted(record) : base.Write(record);
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            if (record[0] != Other)
            {
                return base.Read(record, count);
            }

            switch (record[1])
            {
                case Cells:
                    return ReadCells(record, count);
                case More:
                    _target = 2 * _known > _sums.Length ? _sums.Length : 2 * _known;
                    return true;
                case GiveUp:
                    NameAll();
                    return true;
                default:
                    return ReadWanted(record, count);
            }
        }

        private int WriteCells(byte[] record)
        {
            int end = _known + CellsInRecord < _target ? _known + CellsInRecord : _target;
            AddHeld(_known, end);
            record[1] = Cells;
            int at = HeaderSize;
            for (int j = _known; j < end; j++)
            {
                ByteOrder.WriteUInt48(record, at, _sums[j]);
                ByteOrder.WriteUInt32(record, at + 6, _checks[j]);
                record[at + 10] = _counts[j];
                at += CellSize;
            }

            _known = end;
            return at;
        }

        private bool ReadCells(byte[] record, int count)
        {
            int cells = (count - HeaderSize) / CellSize;
            if (Begins || _known + cells > _sums.Length || count != HeaderSize + (cells * CellSize))
            {
                return false;
            }

            int at = HeaderSize;
            for (int j = _known; j < _known + cells; j++)
            {
                _sums[j] = ByteOrder.ReadUInt48(record, at);
                _checks[j] = ByteOrder.ReadUInt32(record, at + 6);
                _counts[j] = record[at + 10];
                at += CellSize;
            }

            AddHeld(_known, _known + cells);

            // What was found in the cells before is not in the new ones any more either.
            for (int i = 0; i < _wantedCount; i++)
            {
                Add(_wanted[i] & IdBits, _known, _known + cells, _wanted[i] > IdBits);
            }

            _known += cells;
            _target = _target == 0 ? _first : _target;
            if (_known == _target)
            {
                Decode();
            }

            return true;
        }

        /// <summary>
        /// A cell whose check fits its sum holds one id of the difference, which then leaves every cell. When all are empty
        /// everything was found.
        /// </summary>
        private void Decode()
        {
            bool found = true;
            while (found)
            {
                found = false;
                for (int j = 0; j < _known; j++)
                {
                    ulong id = _sums[j];
                    bool ours = _counts[j] == 0xFF;
                    if ((ours || _counts[j] == 1) && _checks[j] == CheckOf(id) && _wantedCount < _wanted.Length)
                    {
                        // Bit 48 says that it is this side's own.
                        _wanted[_wantedCount] = ours ? id | (IdBits + 1) : id;
                        _wantedCount++;
                        Add(id, 0, _known, ours);
                        found = true;
                    }
                }
            }

            _isDecoded = IsEmpty();
            if (_isDecoded)
            {
                Sort();
                return;
            }

            bool more = _known < _sums.Length;
            _say = more ? More : GiveUp;
            _target = 2 * _known > _sums.Length ? _sums.Length : 2 * _known;
            if (!more)
            {
                _wantedCount = 0;
                NameAll();
            }
        }

        private bool IsEmpty()
        {
            for (int j = 0; j < _known; j++)
            {
                if (_sums[j] != 0 || _counts[j] != 0 || _checks[j] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>This side's own are to be named; of the others' stay those that are not seen.</summary>
        private void Sort()
        {
            for (int i = 0; i < _held.Length; i++)
            {
                for (int w = 0; w < _wantedCount; w++)
                {
                    if (_wanted[w] == (_held[i] | (IdBits + 1)))
                    {
                        Name(i);
                    }
                }
            }

            for (int i = 0; i < Ids.Seen.Length; i++)
            {
                ulong id = Salted(Ids.Seen[i]) & IdBits;
                for (int w = 0; w < _wantedCount; w++)
                {
                    if (_wanted[w] == id)
                    {
                        _wanted[w] = IdBits + 1;
                    }
                }
            }

            int kept = 0;
            for (int w = 0; w < _wantedCount; w++)
            {
                if (_wanted[w] <= IdBits)
                {
                    _wanted[kept] = _wanted[w];
                    kept++;
                }
            }

            _wantedCount = kept;
        }

        private int WriteWanted(byte[] record)
        {
            if (!_isDecoded)
            {
                return 0;
            }

            record[1] = Wanted;
            int at = HeaderSize;
            while (_wantedSent < _wantedCount && at + NameSize <= RecordMax)
            {
                ByteOrder.WriteUInt48(record, at, _wanted[_wantedSent]);
                _wantedSent++;
                at += NameSize;
            }

            return at;
        }

        private bool ReadWanted(byte[] record, int count)
        {
            for (int at = HeaderSize; at + NameSize <= count; at += NameSize)
            {
                ulong id = ByteOrder.ReadUInt48(record, at);
                for (int i = 0; i < _held.Length; i++)
                {
                    if (_held[i] == id)
                    {
                        Send(i);
                    }
                }
            }

            return true;
        }

        private void AddHeld(int from, int to)
        {
            for (int i = 0; i < _held.Length; i++)
            {
                Add(_held[i], from, to, Begins);
            }
        }

        private void Add(ulong id, int from, int to, bool plus)
        {
            uint check = CheckOf(id);
            ulong mix = (id | 1) * 0x9E3779B97F4A7C15;
            for (int j = from; j < to; j++)
            {
                ulong draw = (mix ^ ((ulong)j * 0xC2B2AE3D27D4EB4F)) * 0xFF51AFD7ED558CCD;
                draw = (draw ^ (draw >> 32)) * 0xC4CEB9FE1A85EC53;

                // Of 2^32 values 2^33 / (j + 2), which for the first cell is all.
                if (((draw >> 32) * (ulong)(j + 2)) < 0x200000000)
                {
                    _sums[j] ^= id;
                    _checks[j] ^= check;
                    _counts[j] = (byte)(plus ? _counts[j] + 1 : _counts[j] - 1);
                }
            }
        }

        private static uint CheckOf(ulong id)
        {
            ulong mix = (id ^ (id >> 29)) * 0xBF58476D1CE4E5B9;
            mix = (mix ^ (mix >> 32)) * 0x94D049BB133111EB;
            return (uint)(mix >> 32);
        }
    }
}
