using System.Text;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board
{
    /// <summary>What <see cref="WhispurrBoard.OnWhisper"/> calls.</summary>
    /// <param name="whisper">The whisper; yours to keep.</param>
    public delegate void WhisperHandler(ReceivedWhisper whisper);

    /// <summary>A whisper that was for this board.</summary>
    public sealed class ReceivedWhisper
    {
        private readonly string _intent;
        private readonly string _from;
        private readonly byte[] _payload;
        private readonly ulong _frameId;

        internal ReceivedWhisper(WhisperMessage message)
        {
            _intent = message.Intent;
            _from = message.SenderText;
            _frameId = message.FrameId;
            _payload = new byte[message.PayloadCount];
            System.Array.Copy(message.Payload, 0, _payload, 0, _payload.Length);
        }

        /// <summary>The intent it was sent to, such as <c>emotion_data</c>; null for a broadcast.</summary>
        public string Intent
        {
            get { return _intent; }
        }

        /// <summary>Whether it went to the whole network.</summary>
        public bool IsBroadcast
        {
            get { return _intent == null; }
        }

        /// <summary>
        /// Who says to have sent it: 32 hexadecimal digits, a colon, a timestamp. Any member of the network could have
        /// written this; it changes every hour.
        /// </summary>
        public string From
        {
            get { return _from; }
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
    }
}
