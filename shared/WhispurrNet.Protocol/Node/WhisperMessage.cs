using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>A whisper for the application. One object is reused: copy what is to be kept.</summary>
    public sealed class WhisperMessage
    {
        /// <summary>What it is.</summary>
        public WhisperType Type;

        /// <summary>The intent it came by; null for a whisper of another kind.</summary>
        public string Intent;

        private byte[] _short;
        private byte[] _payload;

        /// <summary>Bytes of the payload.</summary>
        public int PayloadCount;

        /// <summary>
        /// First 16 bytes of the sender's identity hash, as the sender states it; see <see cref="SenderProven"/>.
        /// </summary>
        public readonly byte[] Sender = new byte[WhisperHeader.SenderSize];

        /// <summary>
        /// True when <see cref="Sender"/> is no mere claim: a direct whisper proved a key, and a contact card ties that key
        /// to the identity.
        /// </summary>
        public bool SenderProven;

        /// <summary>When that identity was made.</summary>
        public uint SenderTimestamp;

        /// <summary>When it was sent, seconds since 1970; 0 when the sender had no clock.</summary>
        public uint SentUnixSeconds;

        /// <summary>First eight bytes of the message id of the frame that brought it.</summary>
        public ulong FrameId;

        /// <summary>A message that has room for so many bytes; it grows when a whisper needs more.</summary>
        /// <param name="room">
        /// Bytes; <see cref="NodeCore.MaxFramePayload"/> is enough for every whisper that comes in one frame.
        /// </param>
        public WhisperMessage(int room)
        {
            _short = new byte[room];
            _payload = _short;
        }

        /// <summary>
        /// The payload, <see cref="PayloadCount"/> bytes of it. Another array for a whisper that came in parts: a board has
        /// that one for as long as the whisper only.
        /// </summary>
        public byte[] Payload
        {
            get { return _payload; }
        }

        /// <summary>
        /// The payload in an array exactly as long, which is the caller's; that of a whisper in parts is not copied.
        /// </summary>
        public byte[] TakePayload()
        {
            if (_payload != _short)
            {
                return _payload;
            }

            byte[] taken = new byte[PayloadCount];
            System.Array.Copy(_payload, 0, taken, 0, PayloadCount);
            return taken;
        }

        /// <summary>Lets go of the payload, so that a board has the room of a long one again.</summary>
        public void Forget()
        {
            _payload = _short;
            PayloadCount = 0;
        }

        /// <summary>Takes a payload over that belongs to nobody else.</summary>
        internal void Give(byte[] payload)
        {
            _payload = payload;
            PayloadCount = payload.Length;
        }

        /// <summary>Copies a payload.</summary>
        internal void Copy(byte[] buffer, int offset, int count)
        {
            if (_short.Length < count)
            {
                _short = new byte[count];
            }

            _payload = _short;
            PayloadCount = count;
            System.Array.Copy(buffer, offset, _payload, 0, count);
        }

        /// <summary>The sender's public name.</summary>
        public string SenderText
        {
            get { return EphemeralIdentity.Format(Sender, SenderTimestamp); }
        }

        /// <summary>Says what it is, never what it holds.</summary>
        public override string ToString()
        {
            return "whisper " + Hex.ToText(FrameId);
        }
    }
}
