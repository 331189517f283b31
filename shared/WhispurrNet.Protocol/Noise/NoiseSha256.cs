using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>SHA-256 for handshakes, Noise specification revision 34, section 12.5; HMAC as the board has it.</summary>
    public sealed class NoiseSha256 : INoiseHash
    {
        private readonly Sha256 _sha = new Sha256();
        private readonly IHmacSha256 _hmac;

        /// <summary>Uses the given HMAC.</summary>
        /// <param name="hmac">The HMAC; shared, not owned: <see cref="Wipe"/> leaves it alone.</param>
        public NoiseSha256(IHmacSha256 hmac)
        {
            if (hmac == null)
            {
                throw new System.ArgumentNullException("hmac");
            }

            _hmac = hmac;
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "SHA256"; }
        }

        /// <inheritdoc/>
        public void Update(byte[] data, int offset, int count)
        {
            _sha.Update(data, offset, count);
        }

        /// <inheritdoc/>
        public void Finish(byte[] hash, int offset)
        {
            _sha.Finish(hash, offset);
        }

        /// <inheritdoc/>
        public void Hmac(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            _hmac.Compute(key, data, offset, count, mac, macOffset);
        }

        /// <inheritdoc/>
        public void Wipe()
        {
            _sha.Wipe();
        }
    }
}
