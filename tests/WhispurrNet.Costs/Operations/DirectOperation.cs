using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Costs
{
    /// <summary>The inner seal of a direct whisper in a frame of 256 bytes.</summary>
    internal sealed class DirectOperation : Operation
    {
        private const int FrameSize = 256;

        private readonly bool _open;
        private readonly IHmacSha256 _hmac;
        private readonly MacWorkspace _mac;
        private readonly ChaChaRandom _random;
        private readonly byte[] _frame = OperationList.Bytes(FrameSize, 17);
        private readonly byte[] _whisper = OperationList.Bytes(DirectSeal.InnerSize(FrameSize), 18);
        private readonly byte[] _sealed = new byte[DirectSeal.InnerSize(FrameSize) + DirectSeal.Overhead];
        private readonly byte[] _senderKey = OperationList.Bytes(X25519.KeySize, 19);
        private readonly byte[] _senderPublic = new byte[X25519.KeySize];
        private readonly byte[] _recipientKey = OperationList.Bytes(X25519.KeySize, 20);
        private readonly byte[] _recipientPublic = new byte[X25519.KeySize];
        private readonly DirectKeys _keys = new DirectKeys();

        internal DirectOperation(string name, bool open, IHmacSha256 hmac)
            : base(name)
        {
            _open = open;
            _hmac = hmac;
            _mac = new MacWorkspace(hmac);
            _random = new ChaChaRandom(OperationList.Bytes(ChaChaRandom.SeedSize, 21));
            X25519 curve = new X25519();
            curve.ScalarMultiplyBase(_senderKey, _senderPublic);
            curve.ScalarMultiplyBase(_recipientKey, _recipientPublic);
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            if (_open)
            {
                Seal();
            }

            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (!_open)
            {
                Seal();
            }
            else if (!DirectSeal.TryOpen(
                _frame, 0, _sealed, _recipientKey, _recipientPublic, _mac, _whisper, _keys))
            {
                throw new InvalidOperationException("The whisper did not open.");
            }
        }

        private void Seal()
        {
            DirectSeal.Seal(
                _whisper, _senderKey, _senderPublic, _recipientPublic, _random, _mac, _frame, 0, _sealed,
                _keys.PartKey, _keys.AckKey);
        }
    }
}
