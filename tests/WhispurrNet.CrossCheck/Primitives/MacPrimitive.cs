using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>HMAC-SHA256 of the message, or HKDF-SHA256 to one byte more than the message has.</summary>
    internal sealed class MacPrimitive : Primitive
    {
        private readonly bool _derives;
        private readonly HmacSha256 _hmac = new HmacSha256();
        private readonly Hkdf _hkdf;
        private readonly byte[] _key = new byte[HmacSha256.MacSize];
        private readonly byte[] _salt = new byte[HmacSha256.MacSize];
        private readonly byte[] _derived = new byte[HmacSha256.MacSize];

        internal MacPrimitive(string name, bool derives)
            : base(name)
        {
            _derives = derives;
            _hkdf = new Hkdf(_hmac);
        }

        /// <inheritdoc/>
        public override int Run(byte[] input, byte[] output)
        {
            Array.Copy(input, 0, _key, 0, _key.Length);
            int count = MessageCount(input);
            if (!_derives)
            {
                _hmac.Compute(_key, input, MessageOffset, count, output, 0);
                return HmacSha256.MacSize;
            }

            // .NET does not expand to nothing.
            count++;
            Array.Copy(input, SecondOffset, _salt, 0, _salt.Length);
            _hkdf.Extract(_salt, _key, _derived);
            _hkdf.Expand(_derived, _salt, output, 0, count);
            return count;
        }
    }
}
