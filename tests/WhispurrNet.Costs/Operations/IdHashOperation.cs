using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>The short name of a message id under the key of a link: six bytes hashed.</summary>
    internal sealed class IdHashOperation : Operation
    {
        private readonly SipHash _hash = new SipHash();
        private readonly byte[] _id = OperationList.Bytes(8, 39);

        internal IdHashOperation(string name)
            : base(name)
        {
            _hash.SetKey(OperationList.Bytes(16, 40), 0);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _hash.Compute(_id, 2, 6);
        }
    }
}
