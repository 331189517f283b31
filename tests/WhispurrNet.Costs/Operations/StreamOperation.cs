using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>One block of key stream over 64 bytes, the key set before.</summary>
    internal sealed class StreamOperation : Operation
    {
        private const int BlockSize = 64;

        private readonly ChaCha20 _cipher = new ChaCha20();
        private readonly byte[] _nonce = OperationList.Bytes(12, 30);
        private readonly byte[] _data = OperationList.Bytes(BlockSize, 31);

        internal StreamOperation(string name)
            : base(name)
        {
            _cipher.SetKey(OperationList.Bytes(32, 32), 0);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            _cipher.Xor(_nonce, 0, 1, _data, 0, _data, 0, BlockSize);
        }
    }
}
