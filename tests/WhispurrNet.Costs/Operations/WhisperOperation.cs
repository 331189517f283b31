using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Costs
{
    /// <summary>A whisper in a frame of 256 bytes, sealed and admitted, or opened.</summary>
    internal sealed class WhisperOperation : Operation
    {
        private const int FrameSize = 256;

        private readonly bool _open;
        private readonly IHmacSha256 _hmac;
        private readonly WhisperSealer _sealer;
        private readonly FrameAuthenticator _authenticator;
        private readonly ChaChaRandom _random = new ChaChaRandom(OperationList.Bytes(ChaChaRandom.SeedSize, 41));
        private readonly WhisperHeader _header = new WhisperHeader();
        private readonly byte[] _payload = OperationList.Bytes(100, 42);
        private readonly byte[] _tagKey = OperationList.Bytes(32, 43);
        private readonly byte[] _sealKey = OperationList.Bytes(32, 44);
        private readonly byte[] _frame = new byte[FrameSize];

        internal WhisperOperation(string name, bool open, IHmacSha256 hmac)
            : base(name)
        {
            _open = open;
            _hmac = hmac;
            MacWorkspace mac = new MacWorkspace(hmac);
            _sealer = new WhisperSealer(mac, FrameSize);
            _authenticator = new FrameAuthenticator(mac, OperationList.Bytes(32, 45), FrameSize);
            _header.Type = (byte)WhisperType.Broadcast;
            _header.PayloadCount = _payload.Length;
            _header.InnerId = 46;
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            Seal();
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (!_open)
            {
                Seal();
            }
            else if (_sealer.TryOpen(_frame, 0, _sealKey, _header) < 0)
            {
                throw new InvalidOperationException("The whisper did not open.");
            }
        }

        private void Seal()
        {
            _sealer.Seal(_header, _payload, 0, ExpiryHour.Unknown, _tagKey, _sealKey, _random, _frame, 0);
            _authenticator.Admit(_frame, 0);
        }
    }
}
