namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// Bits in a record, written or read in order, lowest bit of a byte first; and numbers in Golomb-Rice code: the quotient by a power of
    /// two in ones and a zero, then the remainder.
    /// </summary>
    internal sealed class BitString
    {
        private byte[] _bytes;
        private int _at;
        private int _end;

        /// <summary>From here on.</summary>
        /// <param name="bytes">The record.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="end">First byte that is not to be used.</param>
        internal void Start(byte[] bytes, int offset, int end)
        {
            _bytes = bytes;
            _at = offset * 8;
            _end = end * 8;
        }

        /// <summary>Bytes up to the last bit that was written or read.</summary>
        internal int ByteCount
        {
            get { return (_at + 7) / 8; }
        }

        /// <summary>Writes a number.</summary>
        /// <returns>False when it does not fit; then nothing is written.</returns>
        internal bool WriteRice(uint value, int bits)
        {
            uint quotient = value >> bits;
            if (quotient > (uint)(_end - _at) || (uint)(_end - _at) < quotient + 1 + (uint)bits)
            {
                return false;
            }

            for (uint i = 0; i < quotient; i++)
            {
                Put(1);
            }

            Put(0);
            for (int i = 0; i < bits; i++)
            {
                Put((value >> i) & 1);
            }

            return true;
        }

        /// <summary>Reads a number; ends with the bits at the latest.</summary>
        internal uint ReadRice(int bits)
        {
            uint quotient = 0;
            while (Get() == 1)
            {
                quotient++;
            }

            uint value = 0;
            for (int i = 0; i < bits; i++)
            {
                value |= Get() << i;
            }

            return (quotient << bits) | value;
        }

        private void Put(uint bit)
        {
            int index = _at / 8;
            int place = _at % 8;
            uint before = place == 0 ? 0u : _bytes[index];
            _bytes[index] = (byte)(before | (bit << place));
            _at++;
        }

        private uint Get()
        {
            if (_at >= _end)
            {
                return 0;
            }

            uint bit = ((uint)_bytes[_at / 8] >> (_at % 8)) & 1;
            _at++;
            return bit;
        }
    }
}
