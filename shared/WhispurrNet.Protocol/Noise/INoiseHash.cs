namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// A hash function of 32 bytes and HMAC over it, as a handshake uses them: Noise specification revision 34,
    /// sections 4.3 and 12. One object hashes one message after another and serves one handshake at a time.
    /// </summary>
    public interface INoiseHash
    {
        /// <summary>The hash's name as it stands in a protocol name, such as <c>SHA256</c> (section 12).</summary>
        string Name { get; }

        /// <summary>Adds message bytes; any split of a message into calls gives the same hash.</summary>
        /// <param name="data">Buffer holding them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many, 0 or more.</param>
        void Update(byte[] data, int offset, int count);

        /// <summary>Ends the message and starts with an empty one.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="offset">Where they go.</param>
        void Finish(byte[] hash, int offset);

        /// <summary>Computes a MAC, RFC 2104 over this hash. Leaves a message begun by <see cref="Update"/> alone.</summary>
        /// <param name="key">The whole array is the key, up to a block of the hash: 64 bytes.</param>
        /// <param name="data">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="mac">Receives 32 bytes; may be the buffer the message or the key is in.</param>
        /// <param name="macOffset">Where they go.</param>
        void Hmac(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset);

        /// <summary>Overwrites what is left of messages and keys, and starts with an empty message.</summary>
        void Wipe();
    }
}
