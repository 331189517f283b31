using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// The inner seal of a direct whisper: from the inner id on, header and payload are the payload of one Noise X
    /// message from the sender's identity key to the recipient's (PROTOCOL.md, "Direct whisper").
    /// </summary>
    /// <remarks>
    /// <code>
    ///  0      1       2      3          5               37             85                            n-61
    ///  +------+-------+------+----------+---------------+--------------+------------------------------+
    ///  | type | flags | part | length LE| ephemeral 32  | static 48    | inner id ... payload, zeros, 16 tag |
    ///  +------+-------+------+----------+---------------+--------------+------------------------------+
    /// </code>
    /// The prologue holds everything else in the frame that relays do not rewrite, but for the admission MAC. So a member
    /// that knows the mailbox key can neither wrap the message again nor change the length or the expiry hour.
    /// </remarks>
    internal static class DirectSeal
    {
        /// <summary>Bytes that the Noise message adds: ephemeral key, static key and tag, tag of the payload.</summary>
        internal const int Overhead =
            X25519.KeySize + X25519.KeySize + ChaCha20Poly1305.TagSize + ChaCha20Poly1305.TagSize;

        /// <summary>Bytes of the whisper that the two seals hide: header, payload and padding.</summary>
        internal static int InnerSize(int frameSize)
        {
            return FrameLayout.WhisperSize(frameSize) - Overhead;
        }

        /// <summary>Seals a whisper to an identity; three curve operations.</summary>
        /// <param name="whisper">The whisper, <see cref="InnerSize"/> bytes; wiped.</param>
        /// <param name="staticKey">The sender's private key.</param>
        /// <param name="staticPublic">Its public key.</param>
        /// <param name="recipient">The recipient's public key.</param>
        /// <param name="random">Source of the ephemeral key.</param>
        /// <param name="mac">HMAC-SHA256 and the workspace of the AEAD.</param>
        /// <param name="frame">The frame, up to its nonce.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="output">Receives what the outer seal goes round.</param>
        /// <param name="partKey">Receives the key of later parts, 32 bytes.</param>
        /// <param name="ackKey">Receives the key of the acknowledgement, 32 bytes.</param>
        /// <returns>False when the recipient's key is none.</returns>
        internal static bool Seal(
            byte[] whisper,
            byte[] staticKey,
            byte[] staticPublic,
            byte[] recipient,
            ChaChaRandom random,
            MacWorkspace mac,
            byte[] frame,
            int offset,
            byte[] output,
            byte[] partKey,
            byte[] ackKey)
        {
            const int envelope = WhisperHeader.EnvelopeSize;
            byte[] ephemeral = new byte[X25519.KeySize];
            random.NextBytes(ephemeral, 0, ephemeral.Length);
            System.Array.Copy(whisper, 0, output, 0, envelope);
            HandshakeState noise = new HandshakeState(
                HandshakePattern.X(), true, Prologue(frame, offset, whisper), staticKey, staticPublic, recipient,
                ephemeral, null, null, new NoiseSha256(mac.Hmac), mac.Cipher) { DeskCurve = mac.DeskCurve };
            int written = noise.WriteMessage(whisper, envelope, whisper.Length - envelope, output, envelope);
            if (written != HandshakeState.Failed)
            {
                noise.Export(Labels.DirectParts(), partKey);
                noise.Export(Labels.DirectAck(), ackKey);
            }

            noise.Wipe();
            CryptoBytes.Wipe(ephemeral);
            CryptoBytes.Wipe(whisper);
            return written != HandshakeState.Failed;
        }

        /// <summary>Opens a whisper to an identity of this node; two curve operations.</summary>
        /// <param name="frame">The frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="sealedWhisper">What stood inside the outer seal; any bytes.</param>
        /// <param name="staticKey">The identity's private key.</param>
        /// <param name="staticPublic">Its public key.</param>
        /// <param name="mac">HMAC-SHA256 and the workspace of the AEAD.</param>
        /// <param name="whisper">Receives the whisper, <see cref="InnerSize"/> bytes.</param>
        /// <param name="keys">Receives the sender's public key, which the message proves, and two more.</param>
        /// <returns>False when it does not verify; what was received is then without meaning.</returns>
        internal static bool TryOpen(
            byte[] frame,
            int offset,
            byte[] sealedWhisper,
            byte[] staticKey,
            byte[] staticPublic,
            MacWorkspace mac,
            byte[] whisper,
            DirectKeys keys)
        {
            const int envelope = WhisperHeader.EnvelopeSize;
            HandshakeState noise = new HandshakeState(
                HandshakePattern.X(), false, Prologue(frame, offset, sealedWhisper), staticKey, staticPublic, null,
                null, null, null, new NoiseSha256(mac.Hmac), mac.Cipher) { DeskCurve = mac.DeskCurve };
            int read = noise.ReadMessage(
                sealedWhisper, envelope, sealedWhisper.Length - envelope, whisper, envelope);
            if (read != HandshakeState.Failed)
            {
                System.Array.Copy(sealedWhisper, 0, whisper, 0, envelope);
                System.Array.Copy(noise.RemoteStatic, 0, keys.Sender, 0, X25519.KeySize);
                noise.Export(Labels.DirectParts(), keys.PartKey);
                noise.Export(Labels.DirectAck(), keys.AckKey);
            }

            noise.Wipe();
            return read != HandshakeState.Failed;
        }

        private static byte[] Prologue(byte[] frame, int offset, byte[] whisper)
        {
            byte[] label = Labels.Direct();
            int at = label.Length;
            byte[] prologue = new byte[
                at + FrameLayout.AdmissionOffset + FrameLayout.NonceSize + WhisperHeader.EnvelopeSize];
            System.Array.Copy(label, 0, prologue, 0, at);
            System.Array.Copy(frame, offset, prologue, at, FrameLayout.AdmissionOffset);
            at += FrameLayout.AdmissionOffset;
            System.Array.Copy(frame, offset + FrameLayout.NonceOffset, prologue, at, FrameLayout.NonceSize);
            at += FrameLayout.NonceSize;
            System.Array.Copy(whisper, 0, prologue, at, WhisperHeader.EnvelopeSize);
            return prologue;
        }
    }
}
