using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Costs
{
    /// <summary>
    /// One side of a members' handshake from its making to its wiping, with payloads of 72 bytes in the last two messages
    /// and one exported secret.
    /// </summary>
    internal sealed class HandshakeOperation : Operation
    {
        private const int PayloadSize = 72;

        private readonly bool _initiator;
        private readonly bool _madeAhead;
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _psk = OperationList.Bytes(32, 9);
        private readonly byte[] _prologue = OperationList.Bytes(27, 10);
        private readonly byte[] _payload = OperationList.Bytes(PayloadSize, 11);
        private readonly byte[] _label = OperationList.Bytes(20, 12);
        private readonly byte[] _scratch = new byte[256];
        private readonly byte[][] _messages = new byte[3][];
        private readonly byte[][] _keys;

        internal HandshakeOperation(string name, bool initiator, bool madeAhead, IHmacSha256 hmac)
            : base(name)
        {
            _initiator = initiator;
            _madeAhead = madeAhead;
            _hmac = hmac;
            _keys = new byte[][]
            {
                OperationList.Bytes(32, 13), null, OperationList.Bytes(32, 14), null,
                OperationList.Bytes(32, 15), null, OperationList.Bytes(32, 16), null,
            };
            X25519 curve = new X25519();
            for (int i = 0; i < _keys.Length; i += 2)
            {
                _keys[i + 1] = new byte[32];
                curve.ScalarMultiplyBase(_keys[i], _keys[i + 1]);
            }
        }

        /// <summary>Plays the handshake through, for what the other side sends in it.</summary>
        public override void Prepare()
        {
            if (_messages[0] == null)
            {
                HandshakeState[] sides = { Side(true), Side(false) };
                for (int i = 0; i < _messages.Length; i++)
                {
                    int written = sides[i % 2].WriteMessage(_payload, 0, i == 0 ? 0 : PayloadSize, _scratch, 0);
                    _messages[i] = new byte[written];
                    Array.Copy(_scratch, 0, _messages[i], 0, written);
                    sides[1 - (i % 2)].ReadMessage(_messages[i], 0, written, _scratch, 0);
                }
            }

            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            HandshakeState side = Side(_initiator);
            for (int i = 0; i < _messages.Length; i++)
            {
                if ((i % 2 == 0) == _initiator)
                {
                    side.WriteMessage(_payload, 0, i == 0 ? 0 : PayloadSize, _scratch, 0);
                }
                else
                {
                    side.ReadMessage(_messages[i], 0, _messages[i].Length, _scratch, 0);
                }
            }

            if (!side.IsFinished)
            {
                throw new InvalidOperationException("The handshake did not finish.");
            }

            byte[] first = new byte[SymmetricState.HashSize];
            byte[] second = new byte[SymmetricState.HashSize];
            side.Split(first, second);
            side.Export(_label, first);
            side.Wipe();
        }

        private HandshakeState Side(bool initiator)
        {
            int at = initiator ? 0 : 4;
            return new HandshakeState(
                HandshakePattern.XXpsk3(), initiator, _prologue, _keys[at], _keys[at + 1], null, _keys[at + 2],
                _madeAhead ? _keys[at + 3] : null, _psk, _hmac);
        }
    }
}
