using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Noise
{
    /// <summary>
    /// One side of a handshake, Noise specification revision 34, section 5.3, over X25519, ChaCha20-Poly1305 and
    /// SHA-256 or another hash.
    /// </summary>
    /// <remarks>
    /// Made for one handshake, wiped and dropped: it holds some two kilobytes, and 800 bytes more while a message is
    /// written or read that needs the curve. A message that does not verify ends the handshake: everything is overwritten, and no further message
    /// is read or written. Every DH costs a good part of a second on a board.
    /// </remarks>
    public sealed class HandshakeState
    {
        /// <summary>Says that a message was refused or cannot be made.</summary>
        public const int Failed = -1;

        /// <summary>Most bytes of a message (section 3).</summary>
        public const int MaxMessageSize = 65535;

        private const int KeySize = X25519.KeySize;

        /// <summary>What a message can hold besides the payload: e, s, and two tags.</summary>
        private const int MaxOverhead = KeySize + KeySize + CipherState.TagSize + CipherState.TagSize;

        private readonly SymmetricState _symmetric;
        private readonly byte[] _tokens;
        private readonly bool _initiator;
        private readonly byte[] _static;
        private readonly byte[] _staticPublic;
        private readonly byte[] _ephemeral;
        private readonly byte[] _ephemeralPublic;
        private readonly byte[] _psk;
        private readonly byte[] _shared = new byte[KeySize];
        private readonly byte[] _remoteStatic;
        private readonly byte[] _remoteEphemeral = new byte[KeySize];
        private IX25519 _curve;
        private int _next;
        private bool _initiatorsTurn = true;
        private bool _remoteStaticProven;
        private bool _dead;

        /// <summary>Initialize(handshake_pattern, initiator, prologue, s, e, rs) over SHA-256.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="initiator">True on the side that sends the first message.</param>
        /// <param name="prologue">Both sides must have the same.</param>
        /// <param name="staticKey">s, the own static private key, 32 bytes. Copied.</param>
        /// <param name="staticPublic">Its public key. Copied.</param>
        /// <param name="remoteStatic">
        /// rs, the responder's public key, 32 bytes, on the initiator of a pattern with that pre-message; else null.
        /// Copied.
        /// </param>
        /// <param name="ephemeral">
        /// e, 32 fresh random bytes, on a side whose messages hold the token; else null. Copied; never to be used again.
        /// </param>
        /// <param name="ephemeralPublic">
        /// Its public key when it was made ahead of need; null to have it computed when it is sent. Copied.
        /// </param>
        /// <param name="psk">The pre-shared key, 32 bytes, in a pattern that has one; else null. Copied.</param>
        /// <param name="hmac">HMAC-SHA256; shared, not owned.</param>
        /// <exception cref="ArgumentException">A key is missing, too many, or not 32 bytes.</exception>
        public HandshakeState(
            HandshakePattern pattern,
            bool initiator,
            byte[] prologue,
            byte[] staticKey,
            byte[] staticPublic,
            byte[] remoteStatic,
            byte[] ephemeral,
            byte[] ephemeralPublic,
            byte[] psk,
            IHmacSha256 hmac)
            : this(
                pattern, initiator, prologue, staticKey, staticPublic, remoteStatic, ephemeral, ephemeralPublic, psk,
                new NoiseSha256(hmac), null)
        {
        }

        /// <summary>The same over a hash of choice, and with a workspace that there is already.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="initiator">True on the side that sends the first message.</param>
        /// <param name="prologue">Both sides must have the same.</param>
        /// <param name="staticKey">s.</param>
        /// <param name="staticPublic">Its public key.</param>
        /// <param name="remoteStatic">rs or null.</param>
        /// <param name="ephemeral">e or null.</param>
        /// <param name="ephemeralPublic">Its public key or null.</param>
        /// <param name="psk">The pre-shared key or null.</param>
        /// <param name="hash">Hash and HMAC, for this handshake alone; wiped with it.</param>
        /// <param name="cipher">
        /// A workspace that others may use as well, one call at a time, which saves a board 636 bytes; wiped with the handshake.
        /// Null for one of its own.
        /// </param>
        /// <exception cref="ArgumentException">A key is missing, too many, or not 32 bytes.</exception>
        public HandshakeState(
            HandshakePattern pattern,
            bool initiator,
            byte[] prologue,
            byte[] staticKey,
            byte[] staticPublic,
            byte[] remoteStatic,
            byte[] ephemeral,
            byte[] ephemeralPublic,
            byte[] psk,
            INoiseHash hash,
            IAead cipher)
        {
            bool knowsResponder = pattern.HasPreMessage;
            _tokens = pattern.Tokens;
            _next = knowsResponder ? 2 : 1;
            _initiator = initiator;
            _static = Copy(staticKey, true, "staticKey");
            _staticPublic = Copy(staticPublic, true, "staticPublic");
            _ephemeral = Copy(ephemeral, pattern.Sends(NoiseToken.E, initiator), "ephemeral");
            _ephemeralPublic = Copy(ephemeralPublic, ephemeral != null && ephemeralPublic != null, "ephemeralPublic");
            _psk = Copy(psk, pattern.HasPsk, "psk");
            _remoteStatic = Copy(remoteStatic, knowsResponder && initiator, "remoteStatic");
            if (_remoteStatic == null)
            {
                _remoteStatic = new byte[KeySize];
            }

            _symmetric = new SymmetricState(Network.Labels.Noise(pattern.Name, hash.Name), hash, cipher);
            _symmetric.MixHash(prologue, 0, prologue.Length);
            if (knowsResponder)
            {
                _symmetric.MixHash(initiator ? _remoteStatic : _staticPublic, 0, KeySize);
            }
        }

        /// <summary>
        /// The curve to use: shared, not owned. Null, as on a board, for a workspace of its own in each message.
        /// </summary>
        internal IX25519 DeskCurve
        {
            set { _curve = value; }
        }

        /// <summary>True when every message of the pattern was written or verified.</summary>
        public bool IsFinished
        {
            get { return !_dead && _next == _tokens.Length; }
        }

        /// <summary>
        /// The other side's static public key, 32 bytes; null until the whole message that carried it has verified, and
        /// until the end when it was known beforehand. Not copied.
        /// </summary>
        public byte[] RemoteStatic
        {
            get { return !_dead && (_remoteStaticProven || IsFinished) ? _remoteStatic : null; }
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
        /// <param name="message">Receives the message; its place must not overlap the payload's.</param>
        /// <param name="offset">Where.</param>
        /// <returns>
        /// Bytes of the message, or <see cref="Failed"/> when a key of the other side makes a shared secret of zeros.
        /// </returns>
        /// <exception cref="InvalidOperationException">It is not this side's turn.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The payload is too large for a message.</exception>
        public int WriteMessage(byte[] payload, int payloadOffset, int payloadCount, byte[] message, int offset)
        {
            if (payloadCount > MaxMessageSize - MaxOverhead)
            {
                throw new ArgumentOutOfRangeException("payloadCount");
            }

            Begin(true);
            int at = offset;
            for (byte token = NextToken(); token != NoiseToken.End; token = NextToken())
            {
                switch (token)
                {
                    case NoiseToken.E:
                        WriteEphemeral(message, at);
                        at += KeySize;
                        break;
                    case NoiseToken.S:
                        at += _symmetric.EncryptAndHash(_staticPublic, 0, KeySize, message, at);
                        break;
                    default:
                        if (!Mix(token))
                        {
                            return Fail();
                        }

                        break;
                }
            }

            at += _symmetric.EncryptAndHash(payload, payloadOffset, payloadCount, message, at);
            End();
            return at - offset;
        }

        /// <summary>ReadMessage(message, payload_buffer): any bytes.</summary>
        /// <param name="message">Holds the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="payload">
        /// Receives the payload; at most as many bytes as the message has. May be the message's buffer.
        /// </param>
        /// <param name="payloadOffset">Where; in the message's buffer not behind the message's start.</param>
        /// <returns>Bytes of the payload, or <see cref="Failed"/>: the handshake is over then.</returns>
        /// <exception cref="InvalidOperationException">It is not the other side's turn.</exception>
        public int ReadMessage(byte[] message, int offset, int count, byte[] payload, int payloadOffset)
        {
            Begin(false);
            int at = offset;
            int end = offset + count;
            bool carriesStatic = false;
            bool read = count <= MaxMessageSize;
            for (byte token = NextToken(); token != NoiseToken.End && read; token = NextToken())
            {
                switch (token)
                {
                    case NoiseToken.E:
                        read = end - at >= KeySize;
                        if (read)
                        {
                            Array.Copy(message, at, _remoteEphemeral, 0, KeySize);
                            MixEphemeral(_remoteEphemeral);
                            at += KeySize;
                        }

                        break;
                    case NoiseToken.S:
                        int size = KeySize + _symmetric.Overhead;
                        read = end - at >= size && _symmetric.DecryptAndHash(message, at, size, _remoteStatic, 0);
                        at += size;
                        carriesStatic = true;
                        break;
                    default:
                        read = Mix(token);
                        break;
                }
            }

            int payloadCount = end - at - _symmetric.Overhead;
            if (!read || payloadCount < 0
                || !_symmetric.DecryptAndHash(message, at, end - at, payload, payloadOffset))
            {
                return Fail();
            }

            End();
            _remoteStaticProven |= carriesStatic;
            return payloadCount;
        }

        /// <summary>Split(): the two keys of the channel. A one-way pattern uses the first only.</summary>
        /// <param name="initiatorKey">Receives the key of what the initiator sends, 32 bytes.</param>
        /// <param name="responderKey">Receives the key of what the responder sends, 32 bytes.</param>
        /// <exception cref="InvalidOperationException">The handshake is not finished, or wiped.</exception>
        public void Split(byte[] initiatorKey, byte[] responderKey)
        {
            CheckFinished();
            _symmetric.Split(initiatorKey, responderKey);
        }

        /// <summary>
        /// A secret that both sides share besides the channel's keys: the first output of HKDF(ck, label), section 4.3.
        /// </summary>
        /// <param name="label">Says the purpose; not empty.</param>
        /// <param name="output">Receives 32 bytes.</param>
        /// <exception cref="InvalidOperationException">The handshake is not finished, or wiped.</exception>
        public void Export(byte[] label, byte[] output)
        {
            CheckFinished();
            _symmetric.Export(label, output);
        }

        /// <summary>Overwrites every key. The handshake is over.</summary>
        public void Wipe()
        {
            _dead = true;
            _remoteStaticProven = false;
            _curve = null;
            _symmetric.Wipe();
            CryptoBytes.Wipe(_static);
            CryptoBytes.Wipe(_staticPublic);
            CryptoBytes.Wipe(_ephemeral);
            CryptoBytes.Wipe(_ephemeralPublic);
            CryptoBytes.Wipe(_psk);
            CryptoBytes.Wipe(_shared);
            CryptoBytes.Wipe(_remoteStatic);
            CryptoBytes.Wipe(_remoteEphemeral);
        }

        /// <summary>Copies a key that the pattern asks for, and refuses one that it has no place for.</summary>
        private static byte[] Copy(byte[] key, bool needed, string name)
        {
            if (!needed)
            {
                if (key != null)
                {
                    throw new ArgumentException(name);
                }

                return null;
            }

            CryptoBytes.CheckSize(key, KeySize, name);
            byte[] copy = new byte[KeySize];
            Array.Copy(key, 0, copy, 0, KeySize);
            return copy;
        }

        private void CheckFinished()
        {
            if (!IsFinished)
            {
                throw new InvalidOperationException("The handshake is not finished.");
            }
        }

        private int Fail()
        {
            Wipe();
            return Failed;
        }

        /// <summary>
        /// Refuses a message that is not due. Until <see cref="End"/> the handshake counts as dead, so that an exception
        /// in between leaves nothing that can go on.
        /// </summary>
        private void Begin(bool write)
        {
            if (_dead || _next == _tokens.Length || write != (_initiatorsTurn == _initiator))
            {
                throw new InvalidOperationException("This message is not due in this handshake.");
            }

            _dead = true;
        }

        private byte NextToken()
        {
            _next++;
            return _tokens[_next - 1];
        }

        private void End()
        {
            // A workspace of its own; a desk's curve stays.
            if (_curve is X25519)
            {
                _curve = null;
            }

            _initiatorsTurn = !_initiatorsTurn;
            _dead = false;
        }

        /// <summary>
        /// The curve's workspace. It wipes itself after each operation and goes when the message ends: waiting for the
        /// other side takes seconds.
        /// </summary>
        private IX25519 Curve()
        {
            if (_curve == null)
            {
                _curve = new X25519();
            }

            return _curve;
        }

        private void WriteEphemeral(byte[] message, int at)
        {
            byte[] key = _ephemeralPublic;
            if (key == null)
            {
                key = _shared;
                Curve().ScalarMultiplyBase(_ephemeral, key);
            }

            Array.Copy(key, 0, message, at, KeySize);
            MixEphemeral(key);
        }

        /// <summary>An ephemeral public key goes into the hash, and with a pre-shared key into the key (section 9.2).</summary>
        private void MixEphemeral(byte[] key)
        {
            _symmetric.MixHash(key, 0, KeySize);
            if (_psk != null)
            {
                Array.Copy(key, 0, _shared, 0, KeySize);
                _symmetric.MixKey(_shared);
            }
        }

        /// <summary>The token psk, or MixKey(DH(...)) of another; false for a shared secret of zeros.</summary>
        private bool Mix(byte token)
        {
            if (token == NoiseToken.PSK)
            {
                _symmetric.MixKeyAndHash(_psk);
                return true;
            }

            bool bothEphemeral = token == NoiseToken.EE;
            bool ephemeralIsMine = bothEphemeral || token == (_initiator ? NoiseToken.ES : NoiseToken.SE);
            bool ephemeralIsTheirs = bothEphemeral || token == (_initiator ? NoiseToken.SE : NoiseToken.ES);
            bool secret = Curve().ScalarMultiply(
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
