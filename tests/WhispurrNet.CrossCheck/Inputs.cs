namespace WhispurrNet.CrossCheck
{
    /// <summary>Bytes that look random and are the same in every run, everywhere: xorshift64 (Marsaglia 2003).</summary>
    public sealed class Inputs
    {
        /// <summary>Bytes of one input.</summary>
        public const int Size = 256;

        /// <summary>The last one drawn.</summary>
        public readonly byte[] Bytes = new byte[Size];

        private ulong _state;

        /// <summary>Starts a sequence.</summary>
        /// <param name="seed">Which one; not 0.</param>
        public Inputs(ulong seed)
        {
            _state = seed;
        }

        /// <summary>Draws the next input.</summary>
        public void Next()
        {
            byte[] bytes = Bytes;
            ulong x = _state;
            for (int i = 0; i < Size; i += 4)
            {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
                bytes[i] = (byte)(x >> 16);
                bytes[i + 1] = (byte)(x >> 24);
                bytes[i + 2] = (byte)(x >> 32);
                bytes[i + 3] = (byte)(x >> 40);
            }

            _state = x;
        }
    }
}
