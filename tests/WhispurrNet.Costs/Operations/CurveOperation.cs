using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Costs
{
    /// <summary>One curve operation.</summary>
    internal sealed class CurveOperation : Operation
    {
        private readonly bool _isBase;
        private readonly X25519 _curve = new X25519();
        private readonly byte[] _scalar = OperationList.Bytes(X25519.KeySize, 1);
        private readonly byte[] _point = OperationList.Bytes(X25519.KeySize, 2);
        private readonly byte[] _result = new byte[X25519.KeySize];

        internal CurveOperation(string name, bool isBase)
            : base(name)
        {
            _isBase = isBase;
        }

        /// <summary>The first multiple of the base point makes its space.</summary>
        public override void Prepare()
        {
            if (_isBase)
            {
                Run();
            }
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (_isBase)
            {
                _curve.ScalarMultiplyBase(_scalar, _result);
            }
            else
            {
                _curve.ScalarMultiply(_scalar, _point, _result);
            }
        }
    }
}
