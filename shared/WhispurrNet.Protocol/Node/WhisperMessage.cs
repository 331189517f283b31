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

        /// <summary>The payload, <see cref="PayloadCount"/> bytes of it.</summary>
        public readonly byte[] Payload;

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

        /// <summary>A message for whispers of up to so many payload bytes: <see cref="NodeCore.MaxPayload"/>.</summary>
        public WhisperMessage(int payloadMax)
        {
            Payload = new byte[payloadMax];
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
