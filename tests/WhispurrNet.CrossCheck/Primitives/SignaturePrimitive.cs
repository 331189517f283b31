using System;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;

namespace WhispurrNet.CrossCheck
{
    /// <summary>
    /// Ed25519: public key, signature, and one byte that says whether it is valid once a bit of it was changed, in half of all
    /// rounds.
    /// </summary>
    internal sealed class SignaturePrimitive : Primitive
    {
        private readonly Ed25519 _curve = new Ed25519();
        private readonly byte[] _seed = new byte[Ed25519.SeedSize];
        private readonly byte[] _signature = new byte[Ed25519.SignatureSize];

        internal SignaturePrimitive(string name)
            : base(name)
        {
        }

        /// <inheritdoc/>
        public override int Run(byte[] input, byte[] output)
        {
            int count = MessageCount(input);
            Array.Copy(input, 0, _seed, 0, Ed25519.SeedSize);
            UserIdentity user = new UserIdentity(_seed, _curve);
            user.Sign(input, MessageOffset, count, _signature, 0);
            Array.Copy(user.PublicKey, 0, output, 0, Ed25519.PublicKeySize);
            Array.Copy(_signature, 0, output, Ed25519.PublicKeySize, Ed25519.SignatureSize);
            int bit = SealPrimitive.FlippedBit(input, Ed25519.SignatureSize);
            if (bit >= 0)
            {
                _signature[bit >> 3] ^= (byte)(1 << (bit & 7));
            }

            bool valid = _curve.Verify(user.PublicKey, input, MessageOffset, count, _signature, 0);
            int end = Ed25519.PublicKeySize + Ed25519.SignatureSize;
            output[end] = (byte)(valid ? 1 : 0);
            return end + 1;
        }
    }
}
