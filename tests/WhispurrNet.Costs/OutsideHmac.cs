using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>Computes an HMAC as <see cref="IHmacSha256.Compute"/> does.</summary>
    public delegate void HmacCall(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset);

    /// <summary>An HMAC that is not made of device code, as the firmware's is not.</summary>
    public sealed class OutsideHmac : IHmacSha256
    {
        private readonly HmacCall _call;

        /// <summary>Calls what it is given.</summary>
        public OutsideHmac(HmacCall call)
        {
            _call = call;
        }

        /// <inheritdoc/>
        public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            _call(key, data, offset, count, mac, macOffset);
        }
    }
}
