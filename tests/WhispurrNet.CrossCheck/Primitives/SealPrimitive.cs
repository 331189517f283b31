using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>
    /// An AEAD: the sealed message, and behind it what it opens to. One bit of what is opened is another in half of all rounds:
    /// nothing comes of those.
    /// </summary>
    internal sealed class SealPrimitive : Primitive
    {
        private const int TagSize = ChaCha20Poly1305.TagSize;

        private readonly bool _extended;
        private readonly ChaCha20Poly1305 _short = new ChaCha20Poly1305();
        private readonly XChaCha20Poly1305 _long = new XChaCha20Poly1305();
        private readonly byte[] _sealed = new byte[OutputMax];

        internal SealPrimitive(string name, bool extended)
            : base(name)
        {
            _extended = extended;
        }

        /// <summary>The bit of sealed bytes that is changed before they are opened; a negative number for none.</summary>
        public static int FlippedBit(byte[] input, int sealedCount)
        {
            return (input[0] & 1) == 0 ? -1 : ((input[1] << 8) | input[2]) % (8 * sealedCount);
        }

        /// <inheritdoc/>
        public override int Run(byte[] input, byte[] output)
        {
            int adCount = AssociatedCount(input), count = MessageCount(input);
            if (_extended)
            {
                _long.SetKey(input, 0);
                _long.Seal(
                    input, SecondOffset, input, AssociatedOffset, adCount, input, MessageOffset, count, _sealed, 0);
            }
            else
            {
                _short.SetKey(input, 0);
                _short.Seal(
                    input, SecondOffset, input, AssociatedOffset, adCount, input, MessageOffset, count, _sealed, 0);
            }

            int sealedCount = count + TagSize;
            System.Array.Copy(_sealed, 0, output, 0, sealedCount);
            int bit = FlippedBit(input, sealedCount);
            if (bit >= 0)
            {
                _sealed[bit >> 3] ^= (byte)(1 << (bit & 7));
            }

            bool opened = _extended
                ? _long.Open(
                    input, SecondOffset, input, AssociatedOffset, adCount, _sealed, 0, sealedCount, _sealed, 0)
                : _short.Open(
                    input, SecondOffset, input, AssociatedOffset, adCount, _sealed, 0, sealedCount, _sealed, 0);
            if (!opened)
            {
                return sealedCount;
            }

            // As many bytes as there is room for.
            int rest = OutputMax - sealedCount;
            rest = rest < count ? rest : count;
            System.Array.Copy(_sealed, 0, output, sealedCount, rest);
            return sealedCount + rest;
        }
    }
}
