using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>A hash of the message: SHA-256, SHA-512 or BLAKE2s, each in two parts.</summary>
    internal sealed class HashPrimitive : Primitive
    {
        private readonly Sha256 _sha256;
        private readonly Sha512 _sha512;
        private readonly Blake2s _blake2s;

        internal HashPrimitive(string name, Sha256 sha256, Sha512 sha512, Blake2s blake2s)
            : base(name)
        {
            _sha256 = sha256;
            _sha512 = sha512;
            _blake2s = blake2s;
        }

        /// <inheritdoc/>
        public override int Run(byte[] input, byte[] output)
        {
            int count = MessageCount(input), first = AssociatedCount(input);
            first = first < count ? first : count;
            if (_sha256 != null)
            {
                _sha256.Update(input, MessageOffset, first);
                _sha256.Update(input, MessageOffset + first, count - first);
                _sha256.Finish(output, 0);
                return Sha256.HashSize;
            }

            if (_sha512 != null)
            {
                _sha512.Update(input, MessageOffset, first);
                _sha512.Update(input, MessageOffset + first, count - first);
                _sha512.Finish(output, 0);
                return Sha512.HashSize;
            }

            _blake2s.Update(input, MessageOffset, first);
            _blake2s.Update(input, MessageOffset + first, count - first);
            _blake2s.Finish(output, 0);
            return Blake2s.HashSize;
        }
    }
}
