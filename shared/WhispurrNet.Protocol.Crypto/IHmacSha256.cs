namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// HMAC-SHA256 in one call: the place where a board plugs in the HMAC of its firmware, which costs the interpreter
    /// almost nothing, and everything else uses <see cref="HmacSha256"/>.
    /// </summary>
    public interface IHmacSha256
    {
        /// <summary>Computes a MAC, RFC 2104 over SHA-256.</summary>
        /// <param name="key">The whole array is the key; any size, also 0.</param>
        /// <param name="data">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="mac">Receives 32 bytes; may be the buffer the message or the key is in.</param>
        /// <param name="macOffset">Where they go.</param>
        void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset);
    }
}
