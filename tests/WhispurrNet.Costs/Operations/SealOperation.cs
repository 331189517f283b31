using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>Sealing or opening with 18 bytes of associated data, the key set before.</summary>
    internal sealed class SealOperation : Operation
    {
        private const int AssociatedSize = 18;

        private readonly int _count;
        private readonly bool _open;
        private readonly bool _extended;
        private readonly ChaCha20Poly1305 _short = new ChaCha20Poly1305();
        private readonly XChaCha20Poly1305 _long = new XChaCha20Poly1305();
        private readonly byte[] _nonce = OperationList.Bytes(XChaCha20Poly1305.NonceSize, 3);
        private readonly byte[] _associated = OperationList.Bytes(AssociatedSize, 4);
        private readonly byte[] _plain;
        private readonly byte[] _sealed;

        internal SealOperation(string name, int count, bool open, bool extended)
            : base(name)
        {
            _count = count;
            _plain = OperationList.Bytes(count, 5);
            _sealed = new byte[count + ChaCha20Poly1305.TagSize];
            _open = open;
            _extended = extended;
            byte[] key = OperationList.Bytes(ChaCha20Poly1305.KeySize, 6);
            _short.SetKey(key, 0);
            _long.SetKey(key, 0);
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            Seal();
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (!_open)
            {
                Seal();
            }
            else if (_extended)
            {
                _long.Open(_nonce, 0, _associated, 0, AssociatedSize, _sealed, 0, _sealed.Length, _plain, 0);
            }
            else
            {
                _short.Open(_nonce, 0, _associated, 0, AssociatedSize, _sealed, 0, _sealed.Length, _plain, 0);
            }
        }

        private void Seal()
        {
            if (_extended)
            {
                _long.Seal(_nonce, 0, _associated, 0, AssociatedSize, _plain, 0, _count, _sealed, 0);
            }
            else
            {
                _short.Seal(_nonce, 0, _associated, 0, AssociatedSize, _plain, 0, _count, _sealed, 0);
            }
        }
    }
}
