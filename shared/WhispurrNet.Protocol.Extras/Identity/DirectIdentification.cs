using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Extras.Identity
{
    /// <summary>
    /// The payload of a direct whisper by which a person tells one identity who it is, wherever in the mesh that is
    /// (PROTOCOL.md, "User identity"): the signature ties the person to both identities of the whisper, whose seal proves
    /// the sender's. Nobody but its recipient sees it, and nobody else can use it.
    /// </summary>
    public static class DirectIdentification
    {
        /// <summary>Bytes of the payload.</summary>
        public const int Size = KeyOffset + Ed25519.PublicKeySize + Ed25519.SignatureSize;

        private const int KeyOffset = 4;
        private const int SignatureOffset = KeyOffset + Ed25519.PublicKeySize;
        private const string Label = "WhispurrNet v1 identify direct";

        /// <summary>Writes the payload. Costs a board most of a second.</summary>
        /// <param name="user">Who signs.</param>
        /// <param name="sender">This node's identity: the first 16 bytes of its hash.</param>
        /// <param name="senderTimestamp">When that was made.</param>
        /// <param name="recipient">The identity that the whisper goes to, 16 bytes.</param>
        /// <param name="payload">Receives <see cref="Size"/> bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <exception cref="ArgumentNullException">Something is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size is wrong.</exception>
        public static void Write(
            IUserIdentity user, byte[] sender, uint senderTimestamp, byte[] recipient, byte[] payload, int offset)
        {
            if (user == null)
            {
                throw new ArgumentNullException("user");
            }

            CryptoBytes.CheckRange(payload, offset, Size, "payload");
            byte[] message = Message(sender, senderTimestamp, recipient);
            WriteMark(payload, offset);
            Array.Copy(user.PublicKey, 0, payload, offset + KeyOffset, Ed25519.PublicKeySize);
            user.Sign(message, 0, message.Length, payload, offset + SignatureOffset);
        }

        /// <summary>Whether a payload is one of these. It begins with a zero byte, as no text does.</summary>
        /// <param name="payload">Holds it at its start.</param>
        /// <param name="count">Its bytes.</param>
        public static bool IsOne(byte[] payload, int count)
        {
            return count == Size && payload[0] == 0 && payload[1] == (byte)'i' && payload[2] == (byte)'d' && payload[3] == 1;
        }

        /// <summary>Checks a payload. Costs a board most of a second.</summary>
        /// <param name="verifier">Checks signatures.</param>
        /// <param name="payload">One for which <see cref="IsOne"/> is true, of a whisper whose sender is proven.</param>
        /// <param name="sender">That sender, 16 bytes.</param>
        /// <param name="senderTimestamp">When that identity was made.</param>
        /// <param name="recipient">This node's identity that the whisper went to, 16 bytes.</param>
        /// <returns>The person's public key, 32 bytes; null when the signature is not valid.</returns>
        /// <exception cref="ArgumentNullException">Something is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size is wrong.</exception>
        public static byte[] Check(
            IUserVerifier verifier, byte[] payload, byte[] sender, uint senderTimestamp, byte[] recipient)
        {
            if (verifier == null)
            {
                throw new ArgumentNullException("verifier");
            }

            CryptoBytes.CheckRange(payload, 0, Size, "payload");
            byte[] message = Message(sender, senderTimestamp, recipient);
            byte[] publicKey = new byte[Ed25519.PublicKeySize];
            Array.Copy(payload, KeyOffset, publicKey, 0, publicKey.Length);
            return verifier.Verify(publicKey, message, 0, message.Length, payload, SignatureOffset) ? publicKey : null;
        }

        private static void WriteMark(byte[] payload, int offset)
        {
            payload[offset] = 0;
            payload[offset + 1] = (byte)'i';
            payload[offset + 2] = (byte)'d';
            payload[offset + 3] = 1;
        }

        // Label, sender, its time, recipient.
        private static byte[] Message(byte[] sender, uint senderTimestamp, byte[] recipient)
        {
            CryptoBytes.CheckSize(sender, EphemeralIdentity.IdSize, "sender");
            CryptoBytes.CheckSize(recipient, EphemeralIdentity.IdSize, "recipient");
            byte[] message = new byte[Label.Length + EphemeralIdentity.IdSize + 4 + EphemeralIdentity.IdSize];
            for (int i = 0; i < Label.Length; i++)
            {
                message[i] = (byte)Label[i];
            }

            int at = Label.Length;
            Array.Copy(sender, 0, message, at, EphemeralIdentity.IdSize);
            at += EphemeralIdentity.IdSize;
            ByteOrder.WriteUInt32(message, at, senderTimestamp);
            Array.Copy(recipient, 0, message, at + 4, EphemeralIdentity.IdSize);
            return message;
        }
    }
}
