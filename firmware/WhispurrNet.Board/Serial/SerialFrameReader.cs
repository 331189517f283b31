using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Serial
{
    /// <summary>
    /// Finds frames in what a serial line delivers, whatever else it delivers: a reset's noise, half frames, changed bytes.
    /// Undoes the stuffing byte by byte, checks the sum at the zero that ends a frame, and begins anew behind it.
    /// </summary>
    internal sealed class SerialFrameReader
    {
        private readonly byte[] _frame;
        private int _count;
        private int _left;
        private bool _begun;
        private bool _zeroDue;
        private bool _bad;
        private uint _damaged;

        /// <param name="messageSizeMax">Most bytes of a message; a longer frame counts as damaged.</param>
        internal SerialFrameReader(int messageSizeMax)
        {
            _frame = new byte[SerialFrame.SizeMax(messageSizeMax)];
        }

        /// <summary>The frame that <see cref="TryRead"/> found, without its sum; valid until it is called again.</summary>
        internal byte[] Frame
        {
            get { return _frame; }
        }

        /// <summary>Bytes of <see cref="Frame"/>, at least <see cref="SerialFrame.HeadSize"/>.</summary>
        internal int Count
        {
            get { return _count - SerialFrame.SumSize; }
        }

        /// <summary>Runs of bytes between zeros that were no frame.</summary>
        internal uint Damaged
        {
            get { return _damaged; }
        }

        /// <summary>Reads on to the end of a frame or of the bytes.</summary>
        /// <param name="data">Bytes of the line.</param>
        /// <param name="offset">Where to go on; moved behind what was read.</param>
        /// <param name="end">Behind the last byte.</param>
        /// <returns>Whether a whole frame is in <see cref="Frame"/>; call again for the next.</returns>
        internal bool TryRead(byte[] data, ref int offset, int end)
        {
            while (offset < end)
            {
                byte value = data[offset++];
                if (value == 0)
                {
                    if (EndFrame())
                    {
                        return true;
                    }
                }
                else
                {
                    Take(value);
                }
            }

            return false;
        }

        /// <summary>Forgets a frame that has begun: the line was cut.</summary>
        internal void Reset()
        {
            Restart();
            _count = 0;
        }

        private void Take(byte value)
        {
            if (_left > 0)
            {
                _left--;
                Append(value);
                return;
            }

            // A count: that of the bytes up to the next zero, one included; 255 stands for 254 without a zero behind.
            if (_zeroDue)
            {
                Append(0);
            }
            else if (!_begun)
            {
                _count = 0;
                _begun = true;
            }

            _left = value - 1;
            _zeroDue = value != 0xFF;
        }

        private void Append(byte value)
        {
            if (_count == _frame.Length)
            {
                _bad = true;
                return;
            }

            _frame[_count++] = value;
        }

        private bool EndFrame()
        {
            bool begun = _begun;
            bool whole = begun && !_bad && _left == 0 && _count >= SerialFrame.HeadSize + SerialFrame.SumSize
                && HasSum();
            Restart();
            if (begun && !whole)
            {
                _damaged++;
            }

            return whole;
        }

        private bool HasSum()
        {
            int length = _count - SerialFrame.SumSize;
            uint sum = Crc32.Of(_frame, 0, length);
            return _frame[length] == (byte)sum && _frame[length + 1] == (byte)(sum >> 8)
                && _frame[length + 2] == (byte)(sum >> 16) && _frame[length + 3] == (byte)(sum >> 24);
        }

        private void Restart()
        {
            _begun = false;
            _bad = false;
            _zeroDue = false;
            _left = 0;
        }
    }
}
