using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// The protection of an unauthenticated link: four bytes of SipHash-2-4 under a published key over the record and
    /// its number. It finds damage, loss and swapped order. It keeps no secret and stops no attacker.
    /// </summary>
    public sealed class PlainProtection : LinkProtection
    {
        private const int TrailerSize = 4;

        private readonly SipHash _hash = new SipHash();
        private readonly byte[] _trailer = new byte[TrailerSize];
        private uint _sent;
        private uint _received;

        /// <summary>For a new link.</summary>
        public PlainProtection()
        {
            _hash.SetKey(Labels.PlainLink(), 0);
        }

        /// <inheritdoc/>
        public override int Overhead
        {
            get { return TrailerSize; }
        }

        /// <inheritdoc/>
        public override void Reset()
        {
            _sent = 0;
            _received = 0;
        }

        /// <inheritdoc/>
        public override int Protect(byte[] buffer, int offset, int count)
        {
            ByteOrder.WriteUInt32(buffer, offset + count, _sent);
            _sent++;
            ulong hash = _hash.Compute(buffer, offset, count + TrailerSize);
            ByteOrder.WriteUInt32(buffer, offset + count, (uint)(hash & 0xFFFFFFFF));
            return count + TrailerSize;
        }

        /// <inheritdoc/>
        public override int Unprotect(byte[] buffer, int offset, int count)
        {
            int body = count - TrailerSize;
            if (body <= 0)
            {
                return -1;
            }

            System.Array.Copy(buffer, offset + body, _trailer, 0, TrailerSize);
            ByteOrder.WriteUInt32(buffer, offset + body, _received);
            ulong hash = _hash.Compute(buffer, offset, count);
            if ((uint)(hash & 0xFFFFFFFF) != ByteOrder.ReadUInt32(_trailer, 0))
            {
                return -1;
            }

            _received++;
            return body;
        }
    }
}
