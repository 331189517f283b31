using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>One block of 128 bytes taken.</summary>
    internal sealed class Sha512Operation : Operation
    {
        private const int BlockSize = 128;

        private readonly Sha512 _hash = new Sha512();
        private readonly byte[] _block = OperationList.Bytes(BlockSize, 35);

        internal Sha512Operation(string name)
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
