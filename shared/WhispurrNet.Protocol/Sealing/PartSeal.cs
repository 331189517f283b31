using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// The inner seal of the later parts of a direct whisper: XChaCha20-Poly1305 under a key that part 0's Noise message
    /// gives, so that a long whisper costs the curve operations of a short one (PROTOCOL.md, "Parts").
    /// </summary>
    /// <remarks>
    /// <code>
    ///  0      1       2      3          5             13                                  n-61
    ///  +------+-------+------+----------+-------------+-----------------------------------+
    ///  | type | flags | part | length LE| part's id 8 | payload, zeros, encrypted; 16 tag |
    ///  +------+-------+------+----------+-------------+-----------------------------------+
    /// </code>
    /// The nonce is the frame's: random, so that no two seals under one key share it. The associated data holds everything
    /// else in the frame that relays do not rewrite, but for the admission MAC.
    /// </remarks>
    internal static class PartSeal
    {
        /// <summary>Bytes in front of what is encrypted.</summary>
        internal const int HeadSize = WhisperHeader.EnvelopeSize + IdSize;

        /// <summary>Bytes of the id by which a recipient finds the key.</summary>
        internal const int IdSize = 8;

        private const byte IdPurpose = 1;
        private const int FrameSize = FrameLayout.AdmissionOffset + FrameLayout.NonceSize;

        /// <summary>Most bytes of the payload that one part carries.</summary>
        internal static int PayloadMax(int frameSize)
        {
            return FrameLayout.WhisperSize(frameSize) - HeadSize - XChaCha20Poly1305.TagSize;
        }

        /// <summary>True when what stands inside an outer seal says that it is a later part.</summary>
        internal static bool IsLater(byte[] whisper)
        {
            return whisper[WhisperHeader.PartOffset] != 0;
        }

        /// <summary>The id of the parts under a key: nobody without the key can tell that two belong together.</summary>
        internal static ulong IdOf(byte[] keys, int offset, MacWorkspace mac)
        {
            mac.Derive(keys, offset, IdPurpose);
            ulong id = ByteOrder.ReadUInt64(mac.Mac, 0);
            mac.Wipe();
            return id;
        }

        /// <summary>Seals one part; what goes round it is the mailbox's seal.</summary>
        /// <param name="header">Type, payload count and part, 1 or more.</param>
        /// <param name="payload">Holds the whole payload.</param>
        /// <param name="start">Where the part's bytes start.</param>
        /// <param name="count">How many they are.</param>
        /// <param name="key">32 bytes.</param>
        /// <param name="mac">HMAC-SHA256 and the workspace of the AEAD.</param>
        /// <param name="frame">The frame, up to its nonce.</param>
        /// <param name="at">Where it starts.</param>
        /// <param name="whisper">Receives what the outer seal goes round.</param>
        internal static void Seal(
            WhisperHeader header,
            byte[] payload,
            int start,
            int count,
            byte[] key,
            MacWorkspace mac,
            byte[] frame,
            int at,
            byte[] whisper)
        {
            header.WriteEnvelope(whisper, 0);
            ByteOrder.WriteUInt64(whisper, WhisperHeader.EnvelopeSize, IdOf(key, 0, mac));
            System.Array.Clear(whisper, HeadSize, whisper.Length - HeadSize);
            System.Array.Copy(payload, start, whisper, HeadSize, count);
            byte[] associated = Associated(frame, at, whisper);
            IAead aead = mac.CreateLongCipher();
            aead.SetKey(key, 0);
            aead.Seal(
                frame, at + FrameLayout.NonceOffset, associated, 0, associated.Length,
                whisper, HeadSize, whisper.Length - HeadSize - XChaCha20Poly1305.TagSize, whisper, HeadSize);
            aead.Wipe();
        }

        /// <summary>Opens one part in place; its bytes then stand at <see cref="HeadSize"/>.</summary>
        /// <param name="frame">The frame.</param>
        /// <param name="at">Where it starts.</param>
        /// <param name="whisper">What stood inside the outer seal; any bytes.</param>
        /// <param name="keys">Holds the key.</param>
        /// <param name="keyOffset">Where its 32 bytes start.</param>
        /// <param name="count">How many bytes are the payload's; zeros must follow.</param>
        /// <param name="mac">Has the workspace of the AEAD.</param>
        /// <returns>False when it does not verify or the padding is not zero.</returns>
        internal static bool TryOpen(
            byte[] frame, int at, byte[] whisper, byte[] keys, int keyOffset, int count, MacWorkspace mac)
        {
            byte[] associated = Associated(frame, at, whisper);
            IAead aead = mac.CreateLongCipher();
            aead.SetKey(keys, keyOffset);
            bool opened = aead.Open(
                frame, at + FrameLayout.NonceOffset, associated, 0, associated.Length,
                whisper, HeadSize, whisper.Length - HeadSize, whisper, HeadSize);
            aead.Wipe();
            uint padding = 0;
            for (int i = HeadSize + count; opened && i < whisper.Length - XChaCha20Poly1305.TagSize; i++)
            {
                padding |= whisper[i];
            }

            return opened && padding == 0;
        }

        private static byte[] Associated(byte[] frame, int at, byte[] whisper)
        {
            byte[] associated = new byte[FrameSize + HeadSize];
            System.Array.Copy(frame, at, associated, 0, FrameLayout.AdmissionOffset);
            System.Array.Copy(
                frame, at + FrameLayout.NonceOffset, associated, FrameLayout.AdmissionOffset, FrameLayout.NonceSize);
            System.Array.Copy(whisper, 0, associated, FrameSize, HeadSize);
            return associated;
        }
    }
}
