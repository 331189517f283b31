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

        private readonly SipHash _hash;
        private uint _sent;
        private uint _received;

        /// <summary>For a new link.</summary>
        public PlainProtection()
            : this(CreateHash())
        {
        }

        /// <summary>For one of several links that share the keyed hash.</summary>
        internal PlainProtection(SipHash hash)
        {
            _hash = hash;
        }

        /// <summary>The hash under its published key.</summary>
        internal static SipHash CreateHash()
        {
            SipHash hash = new SipHash();
            hash.SetKey(Labels.PlainLink(), 0);
            return hash;
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

            uint trailer = ByteOrder.ReadUInt32(buffer, offset + body);
            ByteOrder.WriteUInt32(buffer, offset + body, _received);
            ulong hash = _hash.Compute(buffer, offset, count);
            if ((uint)(hash & 0xFFFFFFFF) != trailer)
            {
                return -1;
            }

            _received++;
            return body;
        }
    }
}
