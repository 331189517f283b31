using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.CrossCheck
{
    /// <summary>X25519 of two keys, or of one and the base point.</summary>
    internal sealed class CurvePrimitive : Primitive
    {
        private readonly bool _isBase;
        private readonly X25519 _curve = new X25519();
        private readonly byte[] _scalar = new byte[X25519.KeySize];
        private readonly byte[] _point = new byte[X25519.KeySize];

        internal CurvePrimitive(string name, bool isBase)
            : base(name)
        {
            _isBase = isBase;
        }

        /// <inheritdoc/>
        public override int Run(byte[] input, byte[] output)
        {
            Array.Copy(input, 0, _scalar, 0, X25519.KeySize);
            if (_isBase)
            {
                _curve.ScalarMultiplyBase(_scalar, _point);
            }
            else
            {
                Array.Copy(input, SecondOffset, _point, 0, X25519.KeySize);
                _curve.ScalarMultiply(_scalar, _point, _point);
            }

            Array.Copy(_point, 0, output, 0, X25519.KeySize);
            return X25519.KeySize;
        }
    }
}
