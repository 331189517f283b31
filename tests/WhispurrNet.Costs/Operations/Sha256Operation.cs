using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>One block of 64 bytes taken.</summary>
    internal sealed class Sha256Operation : Operation
    {
        private const int BlockSize = 64;

        private readonly Sha256 _hash = new Sha256();
        private readonly byte[] _block = OperationList.Bytes(BlockSize, 35);

        internal Sha256Operation(string name)
            : base(name)
        {
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            _hash.Reset();
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _hash.Update(_block, 0, BlockSize);
        }
    }
}
