namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// The X25519 function, RFC 7748 section 5: the board's own <see cref="X25519"/>, or what a desk has for it
    /// (<see cref="IPrimitives"/>).
    /// </summary>
    public interface IX25519
    {
        /// <summary>Multiplies a point by a scalar.</summary>
        /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
        /// <param name="point">32 bytes, the other side's public key; the top bit is ignored.</param>
        /// <param name="result">Receives 32 bytes; may be one of the inputs.</param>
        /// <returns>False when the result is all zero, RFC 7748 section 6.1: such a contact is to be refused.</returns>
        bool ScalarMultiply(byte[] scalar, byte[] point, byte[] result);

        /// <summary>Multiplies the base point 9 by a scalar: the public key that belongs to a private key.</summary>
        /// <param name="scalar">32 bytes, the private key; clamped on a copy.</param>
        /// <param name="result">Receives 32 bytes; may be the scalar.</param>
        void ScalarMultiplyBase(byte[] scalar, byte[] result);
    }
}
