using System;
using WhispurrNet.Protocol.Extras.Identity;

namespace WhispurrNet.Costs
{
    /// <summary>A signature of a user identity over 64 bytes, made or checked.</summary>
    internal sealed class SignatureOperation : Operation
    {
        private const int MessageSize = 64;

        private readonly bool _verify;
        private readonly UserIdentity _identity = new UserIdentity(OperationList.Bytes(32, 22));
        private readonly UserVerifier _verifier = new UserVerifier();
        private readonly byte[] _message = OperationList.Bytes(MessageSize, 23);
        private readonly byte[] _signature = new byte[64];

        internal SignatureOperation(string name, bool verify)
            : base(name)
        {
            _verify = verify;
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            _identity.Sign(_message, 0, MessageSize, _signature, 0);
            if (_verify)
            {
                // The first one makes its space.
                Run();
            }
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (!_verify)
            {
                _identity.Sign(_message, 0, MessageSize, _signature, 0);
            }
            else if (!_verifier.Verify(_identity.PublicKey, _message, 0, MessageSize, _signature, 0))
            {
                throw new InvalidOperationException("The signature does not verify.");
            }
        }
    }
}
