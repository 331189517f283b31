using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>A MAC of 32 bytes under a key of 32 that was not used last.</summary>
    internal sealed class MacOperation : Operation
    {
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _key = OperationList.Bytes(32, 7);
        private readonly byte[] _message = OperationList.Bytes(32, 8);
        private readonly byte[] _mac = new byte[HmacSha256.MacSize];

        internal MacOperation(string name, IHmacSha256 hmac)
            : base(name)
        {
            _hmac = hmac;
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _hmac.Compute(_key, _message, 0, _message.Length, _mac, 0);
        }
    }
}
