extern alias nano;
extern alias net;

using System;
using System.Collections.Generic;
using WhispurrNet.Virtual;

namespace System.Net.WebSockets
{
    /// <summary>
    /// The sending half of a connection, with the library's habits (facts 2): a queue without limit, control frames
    /// last in first out, and masking in the caller's own array.
    /// </summary>
    internal sealed class FrameSender
    {
        private readonly BoardSocket _socket;
        private readonly Action<SendMessageFrame> _failed;
        private readonly Stack<SendMessageFrame> _control = new Stack<SendMessageFrame>();
        private readonly Queue<SendMessageFrame> _messages = new Queue<SendMessageFrame>();
        private readonly nano::System.Threading.AutoResetEvent _wake = new nano::System.Threading.AutoResetEvent(false);
        private readonly nano::System.Random _random = new nano::System.Random();

        public FrameSender(BoardSocket socket, Action<SendMessageFrame> failed)
        {
            _socket = socket;
            _failed = failed;
            Gate.Board.StartThread("websocket sender", Run);
        }

        /// <summary>Set once the close frame went out, or could not.</summary>
        public bool CloseSent { get; private set; }

        public void Queue(SendMessageFrame frame)
        {
            lock (_messages)
            {
                if (frame.IsControl)
                {
                    _control.Push(frame);
                }
                else
                {
                    _messages.Enqueue(frame);
                }
            }

            _wake.Set();
        }

        public void Stop()
        {
            CloseSent = true;
            _wake.Set();
        }

        private void Run()
        {
            while (!CloseSent)
            {
                Gate.Check();
                if (TryTake(out SendMessageFrame frame))
                {
                    Send(frame);
                }
                else
                {
                    _wake.WaitOne();
                }
            }

            _socket.Dispose();
        }

        private bool TryTake(out SendMessageFrame frame)
        {
            lock (_messages)
            {
                return _control.TryPop(out frame) || _messages.TryDequeue(out frame);
            }
        }

        private void Send(SendMessageFrame frame)
        {
            int size = frame.FragmentSize;
            if (frame.IsControl || size <= 0 || size > frame.Buffer.Length)
            {
                SendPart(frame, frame.Code, final: true, 0, frame.Buffer.Length);
                if (frame.Code == OpCode.Close)
                {
                    // The connection stays open until somebody stops the sender.
                    CloseSent = true;
                    _wake.WaitOne();
                }

                return;
            }

            // A message exactly one fragment long goes out as a first fragment that nothing finishes.
            int parts = (frame.Buffer.Length + size - 1) / size;
            for (int i = 0; i < parts; i++)
            {
                bool final = i > 0 && i == parts - 1;
                int length = final ? frame.Buffer.Length - (i * size) : size;
                SendPart(frame, i == 0 ? frame.Code : OpCode.Continuation, final, i * size, length);
            }
        }

        private void SendPart(SendMessageFrame frame, OpCode code, bool final, int offset, int length)
        {
            var mask = new byte[4];
            _random.NextBytes(mask);

            // In the caller's array, and over the wrong range from the second fragment on: offset to length, not to its
            // end.
            for (int i = offset; i < length; i++)
            {
                frame.Buffer[i] ^= mask[i % 4];
            }

            byte[] header = Header(code, final, length);
            var packet = new byte[header.Length + mask.Length + length];
            header.CopyTo(packet, 0);
            mask.CopyTo(packet, header.Length);
            Array.Copy(frame.Buffer, offset, packet, header.Length + mask.Length, length);
            try
            {
                _socket.Write(packet, 0, packet.Length);
            }
            catch (BoardSocketException exception)
            {
                frame.Error = exception.Message;
                CloseSent = true;
                _failed(frame);
            }
        }

        private static byte[] Header(OpCode code, bool final, int length)
        {
            byte first = (byte)((int)code | (final ? 0x80 : 0));
            if (length < 126)
            {
                return new[] { first, (byte)(0x80 | length) };
            }

            // 65535 takes the long form here, which RFC 6455 5.2 forbids.
            int bytes = length < ushort.MaxValue ? 2 : 8;
            var header = new byte[2 + bytes];
            header[0] = first;
            header[1] = (byte)(0x80 | (bytes == 2 ? 126 : 127));
            for (int i = 0; i < bytes; i++)
            {
                header[2 + i] = (byte)((ulong)length >> (8 * (bytes - 1 - i)));
            }

            return header;
        }
    }
}
