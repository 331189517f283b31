using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// Seals whispers into frames and opens them: XChaCha20-Poly1305 with the immutable header, admission MAC left
    /// out, as associated data (PROTOCOL.md, "Sealing"). The MAC covers the sealed body, so the body cannot cover it.
    /// </summary>
    /// <remarks>
    /// Made for one whisper and then dropped, wiped: the ciphers and the clear text take more than a kilobyte, which a
    /// board would otherwise keep for good. A whisper is sealed or opened a few times a minute.
    /// </remarks>
    public sealed class WhisperSealer
    {
        private const int AssociatedSize = 2 + FrameLayout.TagSize + FrameLayout.NonceSize;

        private readonly IAead _aead;
        private readonly MacWorkspace _mac;
        private readonly byte[] _associated = new byte[AssociatedSize];
        private readonly byte[] _whisper;
        private readonly int _frameSize;

        /// <summary>For frames of one size.</summary>
        public WhisperSealer(MacWorkspace mac, int frameSize)
            : this(mac, frameSize, new byte[FrameLayout.WhisperSize(frameSize)])
        {
        }

        /// <summary>For one whisper, which the caller writes or wants to have.</summary>
        internal WhisperSealer(MacWorkspace mac, int frameSize, byte[] whisper)
        {
            _mac = mac;
            _aead = mac.CreateLongCipher();
            _frameSize = frameSize;
            _whisper = whisper;
        }

        /// <summary>
        /// The clear whisper of the last successful <see cref="TryOpen"/>, payload at
        /// <see cref="WhisperHeader.Size"/>. Valid until <see cref="Forget"/>.
        /// </summary>
        public byte[] Whisper
        {
            get { return _whisper; }
        }

        /// <summary>
        /// Writes version, expiry hour, tag, nonce and sealed body. Admission MAC and mutable part are left to others.
        /// </summary>
        /// <param name="header">The whisper; its payload count is what is read from <paramref name="payload"/>.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="payloadOffset">Where it starts.</param>
        /// <param name="expiryHour">See <see cref="ExpiryHour"/>.</param>
        /// <param name="tagKey">32 bytes.</param>
        /// <param name="sealKey">32 bytes.</param>
        /// <param name="random">Source of the nonce.</param>
        /// <param name="frame">Receives the frame.</param>
        /// <param name="offset">Where it starts.</param>
        public void Seal(
            WhisperHeader header,
            byte[] payload,
            int payloadOffset,
            byte expiryHour,
            byte[] tagKey,
            byte[] sealKey,
            ChaChaRandom random,
            byte[] frame,
            int offset)
        {
            // The seal key may stand in the workspace: it is taken before the tag is computed there.
            _aead.SetKey(sealKey, 0);
            Begin(_mac, expiryHour, tagKey, 0, random, frame, offset);
            header.Write(payload, payloadOffset, _whisper, 0, _whisper.Length);
            Finish(frame, offset);
        }

        /// <summary>Writes version, expiry hour, nonce and tag; the tag from a position of the nonce's HMAC.</summary>
        internal static void Begin(
            MacWorkspace mac,
            byte expiryHour,
            byte[] tagKey,
            int tagPosition,
            ChaChaRandom random,
            byte[] frame,
            int offset)
        {
            int nonce = offset + FrameLayout.NonceOffset;
            frame[offset + FrameLayout.VersionOffset] = FrameLayout.Version;
            frame[offset + FrameLayout.ExpiryHourOffset] = expiryHour;
            random.NextBytes(frame, nonce, FrameLayout.NonceSize);
            mac.Compute(tagKey, frame, nonce, FrameLayout.NonceSize);
            System.Array.Copy(mac.Mac, tagPosition, frame, offset + FrameLayout.TagOffset, FrameLayout.TagSize);
        }

        /// <summary>Seals <see cref="Whisper"/> into a frame that was begun, and forgets it.</summary>
        internal void Finish(byte[] sealKey, byte[] frame, int offset)
        {
            _aead.SetKey(sealKey, 0);
            Finish(frame, offset);
        }

        private void Finish(byte[] frame, int offset)
        {
            LoadAssociated(frame, offset);
            _aead.Seal(
                frame, offset + FrameLayout.NonceOffset, _associated, 0, AssociatedSize,
                _whisper, 0, _whisper.Length, frame, offset + FrameLayout.BodyOffset);
            Forget();
        }

        /// <summary>Opens a frame and reads the whisper in it.</summary>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="sealKey">32 bytes.</param>
        /// <param name="header">Receives the fields.</param>
        /// <returns><see cref="Opened"/>, <see cref="NotForThisKey"/> or <see cref="Malformed"/>.</returns>
        public int TryOpen(byte[] frame, int offset, byte[] sealKey, WhisperHeader header)
        {
            if (!Open(frame, offset, sealKey))
            {
                return NotForThisKey;
            }

            return header.TryRead(_whisper, 0, _whisper.Length) ? Opened : Malformed;
        }

        /// <summary>Opens a frame into <see cref="Whisper"/>; false when it is not sealed under this key.</summary>
        internal bool Open(byte[] frame, int offset, byte[] sealKey)
        {
            LoadAssociated(frame, offset);
            _aead.SetKey(sealKey, 0);
            bool opened = _aead.Open(
                frame, offset + FrameLayout.NonceOffset, _associated, 0, AssociatedSize,
                frame, offset + FrameLayout.BodyOffset, _frameSize - FrameLayout.MutableSize - FrameLayout.BodyOffset,
                _whisper, 0);
            _aead.Wipe();
            return opened;
        }

        /// <summary>The whisper was opened and read.</summary>
        public const int Opened = 0;

        /// <summary>The seal does not open under this key.</summary>
        public const int NotForThisKey = 1;

        /// <summary>The seal opened, and what was inside is not a whisper of this version.</summary>
        public const int Malformed = 2;

        /// <summary>Overwrites the clear whisper and the key schedule.</summary>
        public void Forget()
        {
            CryptoBytes.Wipe(_whisper);
            _aead.Wipe();
        }

        private void LoadAssociated(byte[] frame, int offset)
        {
            System.Array.Copy(frame, offset, _associated, 0, FrameLayout.AdmissionOffset);
            System.Array.Copy(
                frame, offset + FrameLayout.NonceOffset, _associated, FrameLayout.AdmissionOffset,
                FrameLayout.NonceSize);
        }
    }
}
