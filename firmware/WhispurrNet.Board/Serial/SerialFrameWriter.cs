using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Serial
{
    /// <summary>Writes frames as they go over the line: zero, stuffed bytes, zero.</summary>
    internal sealed class SerialFrameWriter
    {
        private const byte RunMax = 0xFF;

        private readonly byte[] _frame;

        /// <param name="messageSizeMax">Most bytes of a message.</param>
        internal SerialFrameWriter(int messageSizeMax)
        {
            _frame = new byte[SerialFrame.SizeMax(messageSizeMax)];
        }

        /// <summary>The frame in the making, without its sum; head and message are written here.</summary>
        internal byte[] Frame
        {
            get { return _frame; }
        }

        /// <summary>Adds the sum and stuffs the frame.</summary>
        /// <param name="count">Bytes of <see cref="Frame"/> that count, at least <see cref="SerialFrame.HeadSize"/>.</param>
        /// <param name="line">Receives the bytes; <see cref="SerialFrame.LineSizeMax"/> of them free.</param>
        /// <returns>How many they are.</returns>
        internal int Finish(int count, byte[] line)
        {
            uint sum = Crc32.Of(_frame, 0, count);
            _frame[count] = (byte)sum;
            _frame[count + 1] = (byte)(sum >> 8);
            _frame[count + 2] = (byte)(sum >> 16);
            _frame[count + 3] = (byte)(sum >> 24);
            return Stuff(count + SerialFrame.SumSize, line);
        }

        private int Stuff(int count, byte[] line)
        {
            int at = 0;
            line[at++] = 0;
            int run = at++;
            byte length = 1;
            for (int i = 0; i < count; i++)
            {
                byte value = _frame[i];
                if (value != 0)
                {
                    line[at++] = value;
                    length++;
                }

                if (value == 0 || (length == RunMax && i + 1 < count))
                {
                    line[run] = length;
                    run = at++;
                    length = 1;
                }
            }

            line[run] = length;
            line[at++] = 0;
            return at;
        }
    }
}
