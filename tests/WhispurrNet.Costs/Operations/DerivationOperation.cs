using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>Two keys of 32 bytes from a shared secret: extract, then expand.</summary>
    internal sealed class DerivationOperation : Operation
    {
        private readonly IHmacSha256 _hmac;
        private readonly Hkdf _hkdf;
        private readonly byte[] _salt = OperationList.Bytes(32, 36);
        private readonly byte[] _secret = OperationList.Bytes(32, 37);
        private readonly byte[] _info = OperationList.Bytes(20, 38);
        private readonly byte[] _key = new byte[32];
        private readonly byte[] _output = new byte[64];

        internal DerivationOperation(string name, IHmacSha256 hmac)
            : base(name)
        {
            _hmac = hmac;
            _hkdf = new Hkdf(hmac);
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _hkdf.Extract(_salt, _secret, _key);
            _hkdf.Expand(_key, _info, _output, 0, _output.Length);
        }
    }
}
