extern alias net;

using System;
using System.Net.WebSockets.WebSocketFrame;
using WhispurrNet.Virtual;

namespace System.Net.WebSockets.WebSocketFrame
{
    public enum WebSocketCloseStatus
    {
        ClosedAbnormally = 1006,
        NormalClosure = 1000,
        EndpointUnavailable = 1001,
        ProtocolError = 1002,
        InvalidMessageType = 1003,
        Reserved = 1004,
        Empty = 1005,
        InvalidPayloadData = 1007,
        PolicyViolation = 1008,
        MessageTooBig = 1009,
        MandatoryExtension = 1010,
        InternalServerError = 1011,
    }

    public enum WebSocketMessageType
    {
        Text = 0,
        Binary = 1,
    }

    public enum WebSocketState
    {
        None = 0,
        Connecting = 1,
        Open = 2,
        CloseSent = 3,
        CloseReceived = 4,
        Closed = 5,
        Aborted = 6,
    }

    public class WebSocketOptions
    {
        public TimeSpan KeepAliveInterval { get; set; } = new TimeSpan(0, 0, 60);

        public int MaxFragmentSize { get; set; } = 32768;

        /// <summary>A frame is allocated whole, whatever its header says, up to this: set it.</summary>
        public int MaxReceiveFrameSize { get; set; } = int.MaxValue;

        public TimeSpan ServerTimeout { get; set; } = new TimeSpan(0, 0, 30);
    }
}

namespace System.Net.WebSockets
{
    internal enum OpCode
    {
        Continuation = 0,
        Text = 1,
        Binary = 2,
        Close = 8,
        Ping = 9,
        Pong = 10,
    }

    public enum FragmentationType
    {
        NotFragmented = 0,
        FirstFragment = 1,
        Fragment = 2,
        FinalFragment = 3,
    }

    public class MessageFrame
    {
        public net::System.Net.IPEndPoint EndPoint { get; set; }

        public WebSocketMessageType MessageType =>
            Code == OpCode.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;

        internal OpCode Code { get; set; }

        internal string Error { get; set; }

        internal bool IsControl => (int)Code > 7;
    }

    public class ReceiveMessageFrame : MessageFrame
    {
        public byte[] Buffer { get; set; }

        public FragmentationType Fragmentation { get; set; }

        public bool IsFragmented => Fragmentation != FragmentationType.NotFragmented;

        public int MessageLength { get; set; }

        internal byte[] Mask { get; set; }
    }

    internal sealed class SendMessageFrame : MessageFrame
    {
        public byte[] Buffer { get; set; }

        public int FragmentSize { get; set; }
    }

    public class MessageReceivedEventArgs : EventArgs
    {
        public ReceiveMessageFrame Frame { get; set; }
    }

    public delegate void MessageReceivedEventHandler(object sender, MessageReceivedEventArgs e);
}
