using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>One block of 64 bytes taken while another waits: BLAKE2s holds the last one back.</summary>
    internal sealed class Blake2sOperation : Operation
    {
        private const int BlockSize = 64;

        private readonly Blake2s _hash = new Blake2s();
        private readonly byte[] _block = OperationList.Bytes(BlockSize, 35);

        internal Blake2sOperation(string name)
            : base(name)
        {
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            _hash.Reset();
            _hash.Update(_block, 0, BlockSize);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _hash.Update(_block, 0, BlockSize);
        }
    }
}
