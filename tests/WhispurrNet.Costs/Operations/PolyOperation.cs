using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>A tag over 1,024 bytes from the taking of its key on.</summary>
    internal sealed class PolyOperation : Operation
    {
        private readonly Poly1305 _mac = new Poly1305();
        private readonly byte[] _key = OperationList.Bytes(32, 33);
        private readonly byte[] _data = OperationList.Bytes(1024, 34);
        private readonly byte[] _tag = new byte[16];

        internal PolyOperation(string name)
            : base(name)
        {
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _mac.Init(_key, 0);
            _mac.Update(_data, 0, _data.Length);
            _mac.Finish(_tag, 0);
        }
    }
}
