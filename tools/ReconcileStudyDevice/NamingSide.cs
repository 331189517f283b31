namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// A side that names some of its frames by short ids and answers what the other side names with one bit for each that
    /// it has not seen: the offers and pulls of PROTOCOL.md, "Reconciliation". With all frames to be named from the beginning it is
    /// the flat method.
    /// </summary>
    public class NamingSide : Side
    {
        /// <summary>Most frames in an offer: a pull answers with one bit each.</summary>
        public const int OfferMax = 64;

        private const byte Nothing = 0;
        private const byte ToOffer = 1;
        private const byte FirstOffered = 2;

        /// <summary>Times in a row that a side that waits has nothing to say.</summary>
        private const int SilenceMax = 2;

        private readonly byte[] _stages;
        private readonly int _nameSize;
        private readonly ulong _nameBits;
        private int _toOffer;
        private int _offered;
        private ulong _pull;
        private int _pullCount;
        private bool _waits;
        private int _silent;

        /// <summary>A side that has nothing to name yet.</summary>
        /// <param name="ids">What it knows.</param>
        /// <param name="key">The link's key.</param>
        /// <param name="begins">True on the side that begins.</param>
        /// <param name="nameSize">Bytes of a name, 2 to 6.</param>
        public NamingSide(IdSets ids, byte[] key, bool begins, int nameSize)
            : base(ids, key, begins)
        {
            _nameSize = nameSize;
            _nameBits = (1UL << (8 * nameSize)) - 1;
            _stages = new byte[ids.Held.Length];
        }

        /// <summary>
        /// Names nothing before the other side has: until an offer that is not full, or until both have been silent.
        /// </summary>
        public void WaitForOffer()
        {
            _waits = true;
            _silent = 0;
        }

        /// <summary>Everything held is to be named.</summary>
        public void NameAll()
        {
            for (int i = 0; i < _stages.Length; i++)
            {
                Name(i);
            }
        }

        /// <inheritdoc/>
        public override int Write(byte[] record)
        {
            if (_pullCount != 0)
            {
                return WritePull(record);
            }

            _waits &= _silent < SilenceMax;
            if (_toOffer != 0 && _offered == 0 && !_waits)
            {
                return WriteOffer(record);
            }

            _silent++;
            return 0;
        }

        /// <inheritdoc/>
        public override bool Read(byte[] record, int count)
        {
            return record[0] == Offer ? ReadOffer(record, count) : record[0] == Pull && ReadPull(record, count);
        }

        /// <summary>The frame at a place is to be named, unless that was done.</summary>
        protected void Name(int index)
        {
            if (_stages[index] == Nothing)
            {
                Set(index, ToOffer);
            }
        }

        private int WriteOffer(byte[] record)
        {
            int at = 2;
            for (int i = 0; i < _stages.Length && _offered < OfferMax; i++)
            {
                if (_stages[i] == ToOffer)
                {
                    WriteName(record, at, Salted(Ids.Held[i]));
                    at += _nameSize;
                    Set(i, (byte)(FirstOffered + _offered));
                    _offered++;
                }
            }

            record[0] = Offer;
            record[1] = (byte)_offered;
            return at;
        }

        private bool ReadOffer(byte[] record, int count)
        {
            int named = record[1];
            if (_pullCount != 0 || named == 0 || named > OfferMax || count != 2 + (named * _nameSize))
            {
                return false;
            }

            _silent = 0;
            _waits &= named == OfferMax;
            ulong seen = 0;
            ulong[] ids = Ids.Seen;
            for (int i = 0; i < ids.Length; i++)
            {
                ulong name = Salted(ids[i]) & _nameBits;
                byte first = (byte)(name & 0xFF);
                int at = 2;
                for (int n = 0; n < named; n++)
                {
                    if (record[at] == first && ReadName(record, at) == name)
                    {
                        seen |= 1UL << n;
                        Forget(ids[i]);
                    }

                    at += _nameSize;
                }
            }

            ulong all = named == 64 ? ulong.MaxValue : (1UL << named) - 1;
            _pull = all & ~seen;
            _pullCount = named;
            return true;
        }

        private int WritePull(byte[] record)
        {
            record[0] = Pull;
            int bytes = (_pullCount + 7) / 8;
            for (int i = 0; i < bytes; i++)
            {
                record[1 + i] = (byte)(_pull & 0xFF);
                _pull >>= 8;
            }

            _pullCount = 0;
            return 1 + bytes;
        }

        private bool ReadPull(byte[] record, int count)
        {
            if (_offered == 0 || count != 1 + ((_offered + 7) / 8))
            {
                return false;
            }

            for (int i = 0; i < _stages.Length; i++)
            {
                int place = _stages[i] - FirstOffered;
                if (place >= 0)
                {
                    if (((uint)record[1 + (place / 8)] & (1u << (place % 8))) != 0)
                    {
                        Send(i);
                    }

                    Set(i, Nothing);
                }
            }

            _offered = 0;
            return true;
        }

        /// <summary>What the other side names it need not be told of.</summary>
        private void Forget(ulong id)
        {
            ulong[] held = Ids.Held;
            for (int i = 0; i < held.Length; i++)
            {
                if (held[i] == id && _stages[i] == ToOffer)
                {
                    Set(i, Nothing);
                }
            }
        }

        private void Set(int index, byte stage)
        {
            _toOffer += (stage == ToOffer ? 1 : 0) - (_stages[index] == ToOffer ? 1 : 0);
            _stages[index] = stage;
        }

        private void WriteName(byte[] record, int at, ulong name)
        {
            for (int i = 0; i < _nameSize; i++)
            {
                record[at + i] = (byte)(name & 0xFF);
                name >>= 8;
            }
        }

        private ulong ReadName(byte[] record, int at)
        {
            ulong name = 0;
            for (int i = _nameSize - 1; i >= 0; i--)
            {
                name = (name << 8) | record[at + i];
            }

            return name;
        }
    }
}
