using System;

namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// The X25519 function, RFC 7748 section 5: Diffie-Hellman over Curve25519. Runs in constant time. One object
    /// serves one call at a time.
    /// </summary>
    public sealed class X25519
    {
        /// <summary>Size of scalars, points and results in bytes.</summary>
        public const int KeySize = 32;

        private readonly byte[] clamped = new byte[KeySize];
        private readonly long[] baseX = new long[Field25519.LimbCount];
        private readonly long[] x = new long[Field25519.LimbCount];
        private readonly long[] z = new long[Field25519.LimbCount];
        private readonly long[] scratchA = new long[Field25519.LimbCount];
        private readonly long[] scratchB = new long[Field25519.LimbCount];
        private readonly long[] scratchC = new long[Field25519.LimbCount];

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
            Field25519.Load(baseX, point);
            return Multiply(scalar, false, result);
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
            Array.Clear(baseX, 0, baseX.Length);
            baseX[0] = 9;
            Multiply(scalar, true, result);
        }

        /// <summary>Overwrites all scratch space. Every multiplication does so itself when it ends.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(clamped);
            Array.Clear(baseX, 0, baseX.Length);
            Array.Clear(x, 0, x.Length);
            Array.Clear(z, 0, z.Length);
            Array.Clear(scratchA, 0, scratchA.Length);
            Array.Clear(scratchB, 0, scratchB.Length);
            Array.Clear(scratchC, 0, scratchC.Length);
        }

        private bool Multiply(byte[] scalar, bool isBase, byte[] result)
        {
            Array.Copy(scalar, 0, clamped, 0, KeySize);
            clamped[0] &= 0xF8;
            clamped[31] = (byte)((clamped[31] & 0x7F) | 0x40);
            MontgomeryLadder.Run(clamped, baseX, isBase, x, z);
            Field25519.Invert(z, z, scratchA, scratchB, scratchC);
            Field25519.Multiply(x, x, z);
            Field25519.Store(result, x);
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
