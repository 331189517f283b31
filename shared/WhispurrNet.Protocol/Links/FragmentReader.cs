using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>Puts records together from fragments. Any bytes may come in; none makes it throw.</summary>
    public sealed class FragmentReader
    {
        /// <summary>The fragment was taken; the record is not complete.</summary>
        public const int NeedMore = 0;

        /// <summary>A record is complete: <see cref="Record"/>, <see cref="RecordCount"/>.</summary>
        public const int RecordComplete = 1;

        /// <summary>An acknowledgement: <see cref="Acknowledged"/>.</summary>
        public const int Acknowledgement = 2;

        /// <summary>A fragment is missing, repeated or out of order.</summary>
        public const int Gap = 3;

        /// <summary>Not a fragment, or one that contradicts its record: wrong length, no start, too long.</summary>
        public const int Malformed = 4;

        private readonly byte[] _record;
        private int _length;
        private int _position;
        private uint _sequence;
        private uint _sinceAck;
        private bool _inRecord;
        private uint _acknowledged;

        /// <summary>A reader for records of at most so many bytes.</summary>
        public FragmentReader(int recordSizeMax)
        {
            _record = new byte[recordSizeMax];
        }

        /// <summary>The bytes of the last complete record. Valid until the next <see cref="Push"/>.</summary>
        public byte[] Record
        {
            get { return _record; }
        }

        /// <summary>Bytes of the last complete record.</summary>
        public int RecordCount
        {
            get { return _length; }
        }

        /// <summary>What the last acknowledgement says.</summary>
        public uint Acknowledged
        {
            get { return _acknowledged; }
        }

        /// <summary>True when a full window came since the last acknowledgement, or one was asked for.</summary>
        public bool AckDue
        {
            get { return _sinceAck >= FragmentHeader.Window; }
        }

        /// <summary>The next unit is to acknowledge what came: the other side has no more, and waits for this.</summary>
        public void RequestAck()
        {
            _sinceAck = FragmentHeader.Window;
        }

        /// <summary>Starts afresh for a new link.</summary>
        public void Reset()
        {
            System.Array.Clear(_record, 0, _record.Length);
            _length = 0;
            _position = 0;
            _sequence = 0;
            _sinceAck = 0;
            _acknowledged = 0;
            _inRecord = false;
        }

        /// <summary>Takes one fragment as it arrived.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <returns>One of the constants above. After <see cref="Gap"/> or <see cref="Malformed"/> the link is
        /// over.</returns>
        public int Push(byte[] buffer, int offset, int count)
        {
            if (count < FragmentHeader.Size)
            {
                return Malformed;
            }

            uint flags = buffer[offset + 1];
            if (flags == FragmentHeader.Ack)
            {
                _acknowledged = buffer[offset];
                return count == FragmentHeader.Size ? Acknowledgement : Malformed;
            }

            if ((flags & ~(uint)(FragmentHeader.Start | FragmentHeader.End)) != 0)
            {
                return Malformed;
            }

            if (buffer[offset] != (_sequence & 0xFF))
            {
                return Gap;
            }

            _sequence++;
            _sinceAck++;
            return Append(buffer, offset + FragmentHeader.Size, count - FragmentHeader.Size, flags);
        }

        /// <summary>Writes the acknowledgement that is due.</summary>
        /// <returns>Its bytes: 2.</returns>
        public int WriteAck(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(_sequence & 0xFF);
            buffer[offset + 1] = FragmentHeader.Ack;
            _sinceAck = 0;
            return FragmentHeader.Size;
        }

        private int Append(byte[] buffer, int offset, int count, uint flags)
        {
            bool start = (flags & FragmentHeader.Start) != 0;
            if (start == _inRecord)
            {
                return Malformed;
            }

            if (start)
            {
                if (count < FragmentHeader.LengthSize)
                {
                    return Malformed;
                }

                _length = (int)ByteOrder.ReadUInt16(buffer, offset);
                _position = 0;
                if (_length > _record.Length)
                {
                    return Malformed;
                }

                offset += FragmentHeader.LengthSize;
                count -= FragmentHeader.LengthSize;
                _inRecord = true;
            }

            if (count > _length - _position)
            {
                return Malformed;
            }

            System.Array.Copy(buffer, offset, _record, _position, count);
            _position += count;
            bool complete = _position == _length;
            if (complete != ((flags & FragmentHeader.End) != 0))
            {
                return Malformed;
            }

            _inRecord = !complete;
            return complete ? RecordComplete : NeedMore;
        }
    }
}
