using System.Text;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board
{
    /// <summary>What <see cref="WhispurrBoard.OnWhisper"/> calls.</summary>
    /// <param name="whisper">The whisper; yours to keep.</param>
    public delegate void WhisperHandler(ReceivedWhisper whisper);

    /// <summary>How a whisper was sent.</summary>
    public enum WhisperKind
    {
        /// <summary>To everybody of the network who listens to an intent.</summary>
        Resonance,

        /// <summary>To everybody of the network.</summary>
        Broadcast,

        /// <summary>To this board alone.</summary>
        Direct,

        /// <summary>To everybody of the network, ahead of everything else.</summary>
        Emergency,
    }

    /// <summary>A whisper that was for this board.</summary>
    public sealed class ReceivedWhisper
    {
        private readonly string _intent;
        private readonly string _from;
        private readonly byte[] _payload;
        private readonly ulong _frameId;
        private readonly WhisperKind _kind;
        private readonly bool _isSenderProven;

        internal ReceivedWhisper(WhisperMessage message)
        {
            _intent = message.Intent;
            _from = message.SenderText;
            _frameId = message.FrameId;
            _isSenderProven = message.SenderProven;
            _kind = KindOf(message);
            _payload = message.TakePayload();
        }

        /// <summary>How it was sent.</summary>
        public WhisperKind Kind
        {
            get { return _kind; }
        }

        /// <summary>The same as a word: <c>resonance</c>, <c>broadcast</c>, <c>direct</c> or <c>emergency</c>.</summary>
        public string KindName
        {
            get
            {
                switch (_kind)
                {
                    case WhisperKind.Broadcast:
                        return "broadcast";
                    case WhisperKind.Direct:
                        return "direct";
                    case WhisperKind.Emergency:
                        return "emergency";
                    default:
                        return "resonance";
                }
            }
        }

        /// <summary>The intent it was sent to, such as <c>emotion_data</c>; null if it was not sent to one.</summary>
        public string Intent
        {
            get { return _intent; }
        }

        /// <summary>Whether it went to the whole network.</summary>
        public bool IsBroadcast
        {
            get { return _kind == WhisperKind.Broadcast; }
        }

        /// <summary>
        /// Who says to have sent it: 32 hexadecimal digits, a colon, a timestamp; it changes every hour. Any member of the
        /// network could have written this, unless <see cref="IsSenderProven"/>.
        /// </summary>
        public string From
        {
            get { return _from; }
        }

        /// <summary>
        /// Whether <see cref="From"/> is proven: only in a direct whisper, of somebody whose contact card is known.
        /// </summary>
        public bool IsSenderProven
        {
            get { return _isSenderProven; }
        }

        /// <summary>The content, byte for byte.</summary>
        public byte[] Payload
        {
            get { return _payload; }
        }

        /// <summary>
        /// The content as UTF-8 text; ends before the first zero byte, since strings here cannot carry it.
        /// </summary>
        public string Text
        {
            get { return _payload.Length == 0 ? "" : Encoding.UTF8.GetString(_payload, 0, _payload.Length); }
        }

        /// <summary>The first eight bytes of the message id, as in the board's serial lines.</summary>
        public ulong FrameId
        {
            get { return _frameId; }
        }

        private static WhisperKind KindOf(WhisperMessage message)
        {
            if (message.Intent != null)
            {
                return WhisperKind.Resonance;
            }

            switch (message.Type)
            {
                case WhisperType.Whisper:
                    return WhisperKind.Direct;
                case WhisperType.Emergency:
                    return WhisperKind.Emergency;
                default:
                    return WhisperKind.Broadcast;
            }
        }
    }
}
