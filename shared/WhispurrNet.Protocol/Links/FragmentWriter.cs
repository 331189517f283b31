using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>Cuts records into fragments that fit one GATT write or notification. One record at a time.</summary>
    /// <remarks>
    /// Order of calls: write a record into <see cref="Record"/>, <see cref="Load"/>, then <see cref="Next"/> while
    /// <see cref="CanSend"/>; <see cref="Acknowledge"/> whenever one arrives. There is no resending: a lost fragment
    /// is a gap at the other end, and a gap ends the link.
    /// </remarks>
    public sealed class FragmentWriter
    {
        /// <summary>Smallest unit: an attribute value at MTU 23.</summary>
        public const int UnitSizeMin = 20;

        /// <summary>Largest unit: an attribute value at MTU 256.</summary>
        public const int UnitSizeMax = 253;

        private readonly byte[] _record;
        private int _length;
        private int _position;
        private uint _sequence;
        private uint _acknowledged;

        /// <summary>A writer for records of at most so many bytes.</summary>
        public FragmentWriter(int recordSizeMax)
        {
            _record = new byte[recordSizeMax];
        }

        /// <summary>Where the caller writes the record. Only while not <see cref="IsBusy"/>.</summary>
        public byte[] Record
        {
            get { return _record; }
        }

        /// <summary>True while part of a record is still to be sent.</summary>
        public bool IsBusy
        {
            get { return _position < _length; }
        }

        /// <summary>True when a fragment is there and the window is open.</summary>
        public bool CanSend
        {
            get { return IsBusy && ((_sequence - _acknowledged) & 0xFF) < FragmentHeader.Window; }
        }

        /// <summary>True when the other end has acknowledged every fragment.</summary>
        public bool IsAcknowledged
        {
            get { return ((_sequence - _acknowledged) & 0xFF) == 0; }
        }

        /// <summary>Starts afresh for a new link.</summary>
        public void Reset()
        {
            System.Array.Clear(_record, 0, _record.Length);
            _length = 0;
            _position = 0;
            _sequence = 0;
            _acknowledged = 0;
        }

        /// <summary>Takes the record of <paramref name="count"/> bytes that stands in <see cref="Record"/>.</summary>
        public void Load(int count)
        {
            _length = count;
            _position = 0;
        }

        /// <summary>Writes the next fragment.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <param name="offset">Where.</param>
        /// <param name="unitSize">Most bytes of a fragment, <see cref="UnitSizeMin"/> or more.</param>
        /// <returns>Its bytes.</returns>
        public int Next(byte[] buffer, int offset, int unitSize)
        {
            uint flags = 0;
            int at = offset + FragmentHeader.Size;
            if (_position == 0)
            {
                flags = FragmentHeader.Start;
                ByteOrder.WriteUInt16(buffer, at, (uint)_length);
                at += FragmentHeader.LengthSize;
            }

            int room = unitSize - (at - offset);
            int count = _length - _position;
            if (count <= room)
            {
                flags |= FragmentHeader.End;
            }
            else
            {
                count = room;
            }

            System.Array.Copy(_record, _position, buffer, at, count);
            _position += count;
            buffer[offset] = (byte)(_sequence & 0xFF);
            buffer[offset + 1] = (byte)flags;
            _sequence++;
            return at - offset + count;
        }

        /// <summary>Takes an acknowledgement.</summary>
        /// <param name="expected">The sequence number that the other end expects next.</param>
        /// <returns>False when it acknowledges what was never sent.</returns>
        public bool Acknowledge(uint expected)
        {
            uint ahead = (expected - _acknowledged) & 0xFF;
            if (ahead > ((_sequence - _acknowledged) & 0xFF))
            {
                return false;
            }

            _acknowledged += ahead;
            return true;
        }
    }
}
