using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// One side of a handshake, Noise specification revision 34, section 5.3, over X25519, ChaCha20-Poly1305 and
    /// SHA-256.
    /// </summary>
    /// <remarks>
    /// Made for one handshake, wiped and dropped: it holds the curve's and the ciphers' workspaces, more than a
    /// kilobyte. A message that does not verify ends the handshake: everything is overwritten, and no further message
    /// is read or written. Every DH costs a good part of a second on a board.
    /// </remarks>
    public sealed class HandshakeState
    {
        /// <summary>Says that a message was refused or cannot be made.</summary>
        public const int Failed = -1;

        private const int KeySize = X25519.KeySize;

        private readonly X25519 _curve = new X25519();
        private readonly SymmetricState _symmetric;
        private readonly byte[][] _messages;
        private readonly bool _initiator;
        private readonly byte[] _static = new byte[KeySize];
        private readonly byte[] _staticPublic = new byte[KeySize];
        private readonly byte[] _ephemeral = new byte[KeySize];
        private readonly byte[] _shared = new byte[KeySize];
        private readonly byte[] _remoteStatic = new byte[KeySize];
        private readonly byte[] _remoteEphemeral = new byte[KeySize];
        private int _next;
        private bool _failed;

        /// <summary>
        /// Initialize(handshake_pattern, initiator, prologue, s, e, rs): the responder's static key is the pre-message.
        /// </summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="initiator">True on the side that sends the first message.</param>
        /// <param name="prologue">Both sides must have the same.</param>
        /// <param name="staticKey">s, the own static private key, 32 bytes. Copied.</param>
        /// <param name="staticPublic">Its public key. Copied.</param>
        /// <param name="remoteStatic">rs, the responder's public key, on the initiator; else null.</param>
        /// <param name="ephemeral">
        /// e, 32 fresh random bytes, on a side whose messages hold the token; else null. Copied; never to be used again.
        /// </param>
        /// <param name="hmac">HMAC-SHA256.</param>
        public HandshakeState(
            HandshakePattern pattern,
            bool initiator,
            byte[] prologue,
            byte[] staticKey,
            byte[] staticPublic,
            byte[] remoteStatic,
            byte[] ephemeral,
            IHmacSha256 hmac)
        {
            CryptoBytes.CheckSize(staticKey, KeySize, "staticKey");
            CryptoBytes.CheckSize(staticPublic, KeySize, "staticPublic");
            _messages = pattern.Messages;
            _initiator = initiator;
            System.Array.Copy(staticKey, 0, _static, 0, KeySize);
            System.Array.Copy(staticPublic, 0, _staticPublic, 0, KeySize);
            if (initiator)
            {
                CryptoBytes.CheckSize(remoteStatic, KeySize, "remoteStatic");
                System.Array.Copy(remoteStatic, 0, _remoteStatic, 0, KeySize);
            }

            if (ephemeral != null)
            {
                CryptoBytes.CheckSize(ephemeral, KeySize, "ephemeral");
                System.Array.Copy(ephemeral, 0, _ephemeral, 0, KeySize);
            }

            _symmetric = new SymmetricState(pattern.ProtocolName, hmac);
            _symmetric.MixHash(prologue, 0, prologue.Length);
            _symmetric.MixHash(initiator ? _remoteStatic : _staticPublic, 0, KeySize);
        }

        /// <summary>True when every message of the pattern was written or verified.</summary>
        public bool IsFinished
        {
            get { return !_failed && _next == _messages.Length; }
        }

        /// <summary>
        /// The other side's static public key, 32 bytes; null until the whole message that carried it has verified.
        /// Not copied.
        /// </summary>
        public byte[] RemoteStatic
        {
            get { return IsFinished ? _remoteStatic : null; }
        }

        /// <summary>The handshake hash, 32 bytes; null before the end. Not copied.</summary>
        public byte[] HandshakeHash
        {
            get { return IsFinished ? _symmetric.HandshakeHash : null; }
        }

        /// <summary>WriteMessage(payload, message_buffer).</summary>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="payloadOffset">Where it starts.</param>
        /// <param name="payloadCount">Its bytes.</param>
        /// <param name="message">Receives the message.</param>
        /// <param name="offset">Where.</param>
        /// <returns>
        /// Bytes of the message, or <see cref="Failed"/> when a key of the other side makes a shared secret of zeros.
        /// </returns>
        /// <exception cref="System.InvalidOperationException">It is not this side's turn.</exception>
        public int WriteMessage(byte[] payload, int payloadOffset, int payloadCount, byte[] message, int offset)
        {
            byte[] tokens = Take(true);
            int at = offset;
            for (int i = 0; i < tokens.Length; i++)
            {
                switch (tokens[i])
                {
                    case NoiseToken.E:
                        _curve.ScalarMultiplyBase(_ephemeral, _shared);
                        System.Array.Copy(_shared, 0, message, at, KeySize);
                        _symmetric.MixHash(message, at, KeySize);
                        at += KeySize;
                        break;
                    case NoiseToken.S:
                        at += _symmetric.EncryptAndHash(_staticPublic, 0, KeySize, message, at);
                        break;
                    default:
                        if (!MixDh(tokens[i]))
                        {
                            return Fail();
                        }

                        break;
                }
            }

            at += _symmetric.EncryptAndHash(payload, payloadOffset, payloadCount, message, at);
            _next++;
            return at - offset;
        }

        /// <summary>ReadMessage(message, payload_buffer): any bytes.</summary>
        /// <param name="message">Holds the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="payload">Receives the payload; at most as many bytes as the message has.</param>
        /// <param name="payloadOffset">Where.</param>
        /// <returns>Bytes of the payload, or <see cref="Failed"/>: the handshake is over then.</returns>
        /// <exception cref="System.InvalidOperationException">It is not the other side's turn.</exception>
        public int ReadMessage(byte[] message, int offset, int count, byte[] payload, int payloadOffset)
        {
            byte[] tokens = Take(false);
            int at = offset;
            int end = offset + count;
            for (int i = 0; i < tokens.Length; i++)
            {
                bool read;
                switch (tokens[i])
                {
                    case NoiseToken.E:
                        read = end - at >= KeySize;
                        if (read)
                        {
                            System.Array.Copy(message, at, _remoteEphemeral, 0, KeySize);
                            _symmetric.MixHash(message, at, KeySize);
                            at += KeySize;
                        }

                        break;
                    case NoiseToken.S:
                        int size = KeySize + _symmetric.Overhead;
                        read = end - at >= size && _symmetric.DecryptAndHash(message, at, size, _remoteStatic, 0);
                        at += size;
                        break;
                    default:
                        read = MixDh(tokens[i]);
                        break;
                }

                if (!read)
                {
                    return Fail();
                }
            }

            int payloadCount = end - at - _symmetric.Overhead;
            if (payloadCount < 0 || !_symmetric.DecryptAndHash(message, at, end - at, payload, payloadOffset))
            {
                return Fail();
            }

            _next++;
            return payloadCount;
        }

        /// <summary>Overwrites every key. The handshake is over.</summary>
        public void Wipe()
        {
            _failed = true;
            _curve.Wipe();
            _symmetric.Wipe();
            CryptoBytes.Wipe(_static);
            CryptoBytes.Wipe(_staticPublic);
            CryptoBytes.Wipe(_ephemeral);
            CryptoBytes.Wipe(_shared);
            CryptoBytes.Wipe(_remoteStatic);
            CryptoBytes.Wipe(_remoteEphemeral);
        }

        private int Fail()
        {
            Wipe();
            return Failed;
        }

        /// <summary>The tokens of the message that is due.</summary>
        private byte[] Take(bool write)
        {
            bool initiatorsTurn = _next % 2 == 0;
            if (_failed || _next == _messages.Length || write != (initiatorsTurn == _initiator))
            {
                throw new System.InvalidOperationException("This message is not due in this handshake.");
            }

            return _messages[_next];
        }

        /// <summary>MixKey(DH(...)) of one token; false for a shared secret of zeros.</summary>
        private bool MixDh(byte token)
        {
            bool ephemeralIsMine = token == NoiseToken.ES && _initiator;
            bool ephemeralIsTheirs = token == NoiseToken.ES && !_initiator;
            bool secret = _curve.ScalarMultiply(
                ephemeralIsMine ? _ephemeral : _static,
                ephemeralIsTheirs ? _remoteEphemeral : _remoteStatic,
                _shared);
            if (secret)
            {
                _symmetric.MixKey(_shared);
            }

            return secret;
        }
    }
}
