using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// SipHash of message ids, under the key of a link for short ids or of a salt for the advertisement.
    /// </summary>
    internal sealed class IdHash
    {
        private const int IdSize = 8;
        private const int HashedSize = 6;

        private readonly SipHash _hash = new SipHash();
        private readonly byte[] _id = new byte[IdSize];

        /// <summary>Takes a copy of 16 key bytes.</summary>
        internal void SetKey(byte[] key)
        {
            _hash.SetKey(key, 0);
        }

        /// <summary>The hash of bytes 2 to 7 of a message id, which is what nodes remember of it.</summary>
        internal ulong Of(ulong id)
        {
            ByteOrder.WriteUInt64BigEndian(_id, 0, id);
            return _hash.Compute(_id, IdSize - HashedSize, HashedSize);
        }

        /// <summary>Overwrites the key.</summary>
        internal void Wipe()
        {
            _hash.Wipe();
        }
    }
}
