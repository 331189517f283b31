using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.DeviceTests.Vectors
{
    /// <summary>Runs a Noise vector with both sides: every handshake message, the hash, the channel behind it.</summary>
    public static class NoiseVectorCheck
    {
        /// <summary>Runs one.</summary>
        /// <param name="row">The vector.</param>
        /// <param name="initiatorHash">Hash of the vector, for the initiator alone.</param>
        /// <param name="responderHash">The same for the responder.</param>
        /// <param name="madeAhead">Whether both sides are given their ephemeral public keys.</param>
        /// <returns>What is wrong, or nothing.</returns>
        public static string Failure(string[] row, INoiseHash initiatorHash, INoiseHash responderHash, bool madeAhead)
        {
            HandshakeState initiator = Side(row[0], true, initiatorHash, madeAhead);
            HandshakeState responder = Side(row[0], false, responderHash, madeAhead);
            string[] payloads = NoiseVectors.Payloads();
            int at = 0;
            while (!initiator.IsFinished)
            {
                bool fromInitiator = at % 2 == 0;
                string failure = Message(
                    fromInitiator ? initiator : responder, fromInitiator ? responder : initiator,
                    Hex.Read(payloads[at]), row[at + 2]);
                if (failure != "")
                {
                    return row[0] + " message " + at + ": " + failure;
                }

                at++;
            }

            if (!responder.IsFinished
                || Hex.Write(initiator.HandshakeHash) != row[1] || Hex.Write(responder.HandshakeHash) != row[1])
            {
                return row[0] + ": handshake hash";
            }

            if (Hex.Write(initiator.RemoteStatic) != NoiseVectors.ResponderPublic
                || Hex.Write(responder.RemoteStatic) != Hex.Write(PublicOf(NoiseVectors.InitiatorStatic)))
            {
                return row[0] + ": static keys";
            }

            return Channel(row, at, Channels(initiator), Channels(responder), payloads);
        }

        /// <summary>One side with the keys of the vectors.</summary>
        /// <param name="pattern">Name of the pattern.</param>
        /// <param name="initiator">Which side.</param>
        /// <param name="hash">Its hash.</param>
        /// <param name="madeAhead">Whether it is given its ephemeral public key.</param>
        public static HandshakeState Side(string pattern, bool initiator, INoiseHash hash, bool madeAhead)
        {
            HandshakePattern data = PatternOf(pattern);
            string key = initiator ? NoiseVectors.InitiatorStatic : NoiseVectors.ResponderStatic;
            string ephemeral = initiator ? NoiseVectors.InitiatorEphemeral : NoiseVectors.ResponderEphemeral;
            bool sends = data.Sends(NoiseToken.E, initiator);
            return new HandshakeState(
                data,
                initiator,
                Hex.Read(NoiseVectors.Prologue),
                Hex.Read(key),
                PublicOf(key),
                initiator && data.HasPreMessage ? Hex.Read(NoiseVectors.ResponderPublic) : null,
                sends ? Hex.Read(ephemeral) : null,
                sends && madeAhead ? PublicOf(ephemeral) : null,
                data.HasPsk ? Hex.Read(NoiseVectors.Psk) : null,
                hash,
                null);
        }

        /// <summary>The pattern of a name.</summary>
        public static HandshakePattern PatternOf(string name)
        {
            switch (name)
            {
                case "X":
                    return HandshakePattern.X();
                case "XX":
                    return HandshakePattern.XX();
                case "XXpsk3":
                    return HandshakePattern.XXpsk3();
                default:
                    return HandshakePattern.IK();
            }
        }

        private static string Message(HandshakeState from, HandshakeState to, byte[] payload, string expected)
        {
            byte[] message = new byte[expected.Length / 2];
            if (from.WriteMessage(payload, 0, payload.Length, message, 0) != message.Length)
            {
                return "size";
            }

            if (Hex.Write(message) != expected)
            {
                return "bytes";
            }

            byte[] read = new byte[payload.Length];
            if (to.ReadMessage(message, 0, message.Length, read, 0) != payload.Length)
            {
                return "refused";
            }

            return Hex.Write(read) == Hex.Write(payload) ? "" : "payload";
        }

        private static string Channel(
            string[] row, int at, CipherState[] initiator, CipherState[] responder, string[] payloads)
        {
            for (; at < payloads.Length; at++)
            {
                int direction = row[0] == "X" ? 0 : at % 2;
                CipherState from = direction == 0 ? initiator[0] : responder[1];
                CipherState to = direction == 0 ? responder[0] : initiator[1];
                byte[] payload = Hex.Read(payloads[at]);
                byte[] message = new byte[payload.Length + CipherState.TagSize];
                from.EncryptWithAd(null, payload, 0, payload.Length, message, 0);
                if (Hex.Write(message) != row[at + 2])
                {
                    return row[0] + " message " + at + ": bytes";
                }

                byte[] read = new byte[payload.Length];
                if (!to.DecryptWithAd(null, message, 0, message.Length, read, 0)
                    || Hex.Write(read) != payloads[at])
                {
                    return row[0] + " message " + at + ": refused";
                }
            }

            return "";
        }

        /// <summary>The channel of the initiator's messages and the other one, over one workspace.</summary>
        private static CipherState[] Channels(HandshakeState handshake)
        {
            byte[] first = new byte[SymmetricState.HashSize];
            byte[] second = new byte[SymmetricState.HashSize];
            handshake.Split(first, second);
            ChaCha20Poly1305 workspace = new ChaCha20Poly1305();
            CipherState[] channels = { new CipherState(workspace), new CipherState(workspace) };
            channels[0].InitializeKey(first);
            channels[1].InitializeKey(second);
            return channels;
        }

        private static byte[] PublicOf(string key)
        {
            byte[] result = new byte[X25519.KeySize];
            new X25519().ScalarMultiplyBase(Hex.Read(key), result);
            return result;
        }
    }
}
