extern alias nano;
extern alias net;

using System;
using System.Net.WebSockets.WebSocketFrame;
using WhispurrNet.Virtual;

namespace System.Net.WebSockets
{
    public abstract class WebSocket : IDisposable
    {
        private const int CheckMs = 5_000;
        private const int ClosePollMs = 50;
        private const int MaxCloseText = 123;

        private BoardSocket _socket;
        private FrameSender _sender;
        private FrameReceiver _receiver;
        private DateTime _lastContact;
        private DateTime _closingSince;
        private DateTime _pingedAt;
        private bool _pinging;
        private bool _stopped;
        private bool _failed;

        protected WebSocket(WebSocketOptions options = null)
        {
            if (options != null)
            {
                ServerTimeout = options.ServerTimeout;
                KeepAliveInterval = options.KeepAliveInterval;
                MaxReceiveFrameSize = options.MaxReceiveFrameSize;
                MaxFragmentSize = options.MaxFragmentSize;
            }
        }

        public delegate void MessageReceivedEventHandler(object sender, MessageReceivedEventArgs e);

        public event EventHandler ConnectionClosed;

        public event MessageReceivedEventHandler MessageReceived;

        public bool IsServer => false;

        public TimeSpan KeepAliveInterval { get; } = new TimeSpan(0, 0, 30);

        public int MaxFragmentSize { get; } = 32768;

        public int MaxReceiveFrameSize { get; } = int.MaxValue;

        public net::System.Net.IPEndPoint RemoteEndPoint { get; private set; }

        public TimeSpan ServerTimeout { get; } = new TimeSpan(0, 0, 60);

        public abstract WebSocketState State { get; set; }

        /// <summary>
        /// Drops the connection; on a socket that never was connected this throws NullReferenceException.
        /// </summary>
        public void Abort()
        {
            State = WebSocketState.Aborted;
            HardClose();
        }

        /// <summary>
        /// Sends nothing: the state that it sets first keeps the close frame from being queued. What follows is a hard
        /// close once the server timeout is over, unless the other side closes before (facts 2).
        /// </summary>
        public void Close(
            WebSocketCloseStatus closeStatus = WebSocketCloseStatus.Empty, string statusDescription = null)
        {
            if (State == WebSocketState.Open)
            {
                _closingSince = Gate.Board.UtcNow;
                State = WebSocketState.CloseSent;
            }
        }

        public void Dispose()
        {
            if (State != WebSocketState.Closed)
            {
                HardClose();
            }
        }

        /// <summary>
        /// Queues a message and returns whether it was queued; the array is masked in place when it is sent (facts 2).
        /// </summary>
        public bool Send(byte[] buffer, WebSocketMessageType messageType, int fragmentSize = -1) =>
            Queue(new SendMessageFrame
            {
                Buffer = buffer,
                FragmentSize = fragmentSize < 0 ? MaxFragmentSize : fragmentSize,
                Code = messageType == WebSocketMessageType.Text ? OpCode.Text : OpCode.Binary,
            });

        public bool SendBytes(byte[] data, int fragmentSize = -1) =>
            Send(data, WebSocketMessageType.Binary, fragmentSize);

        public bool SendString(string message, int fragmentSize = -1) =>
            Send(BoardText.ToUtf8(message), WebSocketMessageType.Text, fragmentSize);

        internal void Attach(BoardSocket socket, net::System.Net.IPEndPoint remote)
        {
            _socket = socket;
            RemoteEndPoint = remote;
            _lastContact = Gate.Board.UtcNow;
            _receiver = new FrameReceiver(socket, remote, MaxReceiveFrameSize);
            _sender = new FrameSender(socket, OnWriteFailed);
            State = WebSocketState.Open;
            Gate.Board.StartThread("websocket receiver", Receive);
        }

        private void Receive()
        {
            using (new nano::System.Threading.Timer(_ => CheckTimeouts(), null, CheckMs, CheckMs))
            {
                while (!_stopped)
                {
                    Gate.Check();
                    ReceiveMessageFrame frame = _receiver.ReadHeader();
                    if (frame.Error != null)
                    {
                        if (!_failed)
                        {
                            _failed = true;
                            FinishClose(WebSocketCloseStatus.Empty, null);
                        }

                        // A socket that somebody else closed ends the loop here; one that broke was closed just now.
                        if (State == WebSocketState.Closed)
                        {
                            return;
                        }

                        continue;
                    }

                    byte[] payload = _receiver.ReadPayload(frame);
                    _lastContact = Gate.Board.UtcNow;
                    if (frame.IsControl)
                    {
                        OnControl(frame.Code, payload);
                    }
                    else
                    {
                        frame.Buffer = payload;
                        MessageReceived?.Invoke(this, new MessageReceivedEventArgs { Frame = frame });
                    }
                }
            }
        }

        private void OnControl(OpCode code, byte[] payload)
        {
            switch (code)
            {
                case OpCode.Ping:
                    Queue(new SendMessageFrame { Buffer = payload, Code = OpCode.Pong });
                    break;
                case OpCode.Pong:
                    _pinging = false;
                    break;
                case OpCode.Close when State == WebSocketState.CloseSent:
                    HardClose();
                    break;
                case OpCode.Close:
                    State = WebSocketState.CloseReceived;
                    FinishClose(WebSocketCloseStatus.NormalClosure, null);
                    break;
            }
        }

        // Runs on the board's timer thread every five seconds.
        private void CheckTimeouts()
        {
            DateTime now = Gate.Board.UtcNow;
            if (_pinging && _pingedAt + ServerTimeout < now)
            {
                FinishClose(WebSocketCloseStatus.PolicyViolation, BoardText.ToUtf8("Ping timeout"));
            }

            if (State == WebSocketState.CloseSent && _closingSince + ServerTimeout < now)
            {
                HardClose();
            }

            bool keepAlive = KeepAliveInterval.Ticks >= 0 && State != WebSocketState.CloseSent && !_pinging;
            if (keepAlive && _lastContact + KeepAliveInterval < now)
            {
                _pinging = true;
                _pingedAt = now;
                Queue(new SendMessageFrame { Buffer = BoardText.ToUtf8("hello"), Code = OpCode.Ping });
            }
        }

        private void OnWriteFailed(SendMessageFrame frame)
        {
            if (!_failed)
            {
                _failed = true;
                HardClose();
            }
        }

        // Sends a close frame and waits until it is out, without limit (facts 2).
        private void FinishClose(WebSocketCloseStatus status, byte[] text)
        {
            if (State != WebSocketState.Open && State != WebSocketState.CloseReceived)
            {
                return;
            }

            SendClose(status, text);
            while (!_sender.CloseSent)
            {
                // So the check of timeouts never ends it either.
                _closingSince = Gate.Board.UtcNow;
                State = WebSocketState.CloseSent;
                Gate.Board.Sleep(ClosePollMs);
            }

            HardClose();
        }

        private void SendClose(WebSocketCloseStatus status, byte[] text)
        {
            var payload = new byte[0];
            if (status != WebSocketCloseStatus.Empty && status != WebSocketCloseStatus.ClosedAbnormally)
            {
                int length = text == null ? 0 : Math.Min(text.Length, MaxCloseText);
                payload = new byte[2 + length];
                payload[0] = (byte)((int)status >> 8);
                payload[1] = (byte)status;
                Array.Copy(text ?? payload, 0, payload, 2, length);
            }

            Queue(new SendMessageFrame { Buffer = payload, Code = OpCode.Close });
        }

        private bool Queue(SendMessageFrame frame)
        {
            Gate.Check();
            if (State != WebSocketState.Open && frame.Code != OpCode.Close)
            {
                return false;
            }

            frame.EndPoint = RemoteEndPoint;
            _sender.Queue(frame);
            return true;
        }

        private void HardClose()
        {
            Gate.Check();
            State = WebSocketState.Closed;
            _stopped = true;
            _sender.Stop();
            ConnectionClosed?.Invoke(this, EventArgs.Empty);
            _socket.Dispose();
        }
    }
}
