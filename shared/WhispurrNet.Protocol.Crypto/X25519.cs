using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Any point goes up the Montgomery ladder. Multiples of the base point are found on the other form of the curve, where
    // a table of them makes short work of it, and brought over: u = (1 + y) / (1 - y), RFC 7748 section 4.1. The space for
    // that, 1,176 bytes, is made when it is first needed: most objects never do.
    //
    // IL: 1,292,504, and 657,642 for the base point; the inversion at the end has 101,860 of either.

    /// <summary>
    /// The X25519 function, RFC 7748 section 5: Diffie-Hellman over Curve25519. Runs in constant time. One object
    /// serves one call at a time.
    /// </summary>
    public sealed class X25519 : IX25519
    {
        /// <summary>Size of scalars, points and results in bytes.</summary>
        public const int KeySize = 32;

        private readonly byte[] _clamped = new byte[KeySize];
        private readonly long[] _baseX = new long[Field25519.LimbCount];
        private readonly long[] _x = new long[Field25519.LimbCount];
        private readonly long[] _z = new long[Field25519.LimbCount];
        private readonly long[] _scratchA = new long[Field25519.LimbCount];
        private readonly long[] _scratchB = new long[Field25519.LimbCount];
        private readonly long[] _scratchC = new long[Field25519.LimbCount];
        private EdwardsPoint _multiple;

        /// <summary>Multiplies a point by a scalar.</summary>
        /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
        /// <param name="point">32 bytes, the other side's public key; the top bit is ignored.</param>
        /// <param name="result">Receives 32 bytes; may be one of the inputs.</param>
        /// <returns>
        /// False when the result is all zero: the point has small order and the result is no secret, RFC 7748
        /// section 6.1. Such a contact is to be refused.
        /// </returns>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A buffer is not 32 bytes.</exception>
        public bool ScalarMultiply(byte[] scalar, byte[] point, byte[] result)
        {
            CryptoBytes.CheckSize(scalar, KeySize, "scalar");
            CryptoBytes.CheckSize(point, KeySize, "point");
            CryptoBytes.CheckSize(result, KeySize, "result");
            Field25519.Load(_baseX, point);
            Clamp(scalar);
            MontgomeryLadder.Run(_clamped, _baseX, _x, _z);
            return Divide(result);
        }

        /// <summary>Multiplies the base point 9 by a scalar: the public key that belongs to a private key.</summary>
        /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
        /// <param name="result">Receives 32 bytes; may be the scalar.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A buffer is not 32 bytes.</exception>
        public void ScalarMultiplyBase(byte[] scalar, byte[] result)
        {
            CryptoBytes.CheckSize(scalar, KeySize, "scalar");
            CryptoBytes.CheckSize(result, KeySize, "result");
            Clamp(scalar);
            if (_multiple == null)
            {
                _multiple = new EdwardsPoint();
            }

            _multiple.MultiplyBase(_clamped);
            Field25519.AddSubtract(_x, _z, _multiple.Z, _multiple.Y);
            Divide(result);
        }

        /// <summary>Overwrites all scratch space. Every multiplication does so itself when it ends.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_clamped);
            Array.Clear(_baseX, 0, _baseX.Length);
            Array.Clear(_x, 0, _x.Length);
            Array.Clear(_z, 0, _z.Length);
            Array.Clear(_scratchA, 0, _scratchA.Length);
            Array.Clear(_scratchB, 0, _scratchB.Length);
            Array.Clear(_scratchC, 0, _scratchC.Length);
            if (_multiple != null)
            {
                _multiple.Wipe();
            }
        }

        private void Clamp(byte[] scalar)
        {
            Array.Copy(scalar, 0, _clamped, 0, KeySize);
            _clamped[0] &= 0xF8;
            _clamped[31] = (byte)((_clamped[31] & 0x7F) | 0x40);
        }

        // result = x / z, and whether it is anything but zero.
        private bool Divide(byte[] result)
        {
            Field25519.Invert(_z, _z, _scratchA, _scratchB, _scratchC);
            Field25519.Multiply(_x, _x, _z);
            Field25519.Store(result, _x);
            Wipe();
            int any = 0;
            for (int i = 0; i < KeySize; i++)
            {
                any |= result[i];
            }

            return any != 0;
        }
    }
}
