extern alias net;

using System;
using WhispurrNet.Virtual;

namespace System.Net.WebSockets
{
    /// <summary>Reads frames from the socket (RFC 6455 5.2); fragments are handed over as they come.</summary>
    internal sealed class FrameReceiver
    {
        // The library spins when the other side has closed without a close frame; waiting a moment spares the host.
        private const int SpinMs = 20;

        private readonly BoardSocket _socket;
        private readonly net::System.Net.IPEndPoint _remote;
        private readonly int _maxSize;
        private bool _fragmented;

        public FrameReceiver(BoardSocket socket, net::System.Net.IPEndPoint remote, int maxSize)
        {
            _socket = socket;
            _remote = remote;
            _maxSize = maxSize;
        }

        /// <summary>Waits for the next frame's header.</summary>
        public ReceiveMessageFrame ReadHeader()
        {
            var frame = new ReceiveMessageFrame { EndPoint = _remote };
            byte[] header;
            try
            {
                header = Read(2);
            }
            catch (BoardSocketException exception)
            {
                frame.Error = exception.Message;
                return frame;
            }

            bool final = (header[0] & 0x80) != 0;
            frame.Code = (OpCode)(header[0] & 0x0F);
            frame.Error = CheckOrder(frame, final);
            if (frame.Error == null)
            {
                frame.Error = ReadLength(frame, header[1]);
            }

            return frame;
        }

        /// <summary>Reads the payload; unlike the header, a broken connection here is not caught by anybody.</summary>
        public byte[] ReadPayload(ReceiveMessageFrame frame)
        {
            byte[] payload;
            try
            {
                payload = Read(frame.MessageLength);
            }
            catch (BoardSocketException exception)
            {
                throw new net::System.Net.Sockets.SocketException((System.Net.Sockets.SocketError)exception.ErrorCode);
            }

            for (int i = 0; frame.Mask != null && i < payload.Length; i++)
            {
                payload[i] ^= frame.Mask[i % 4];
            }

            return payload;
        }

        private string CheckOrder(ReceiveMessageFrame frame, bool final)
        {
            if (frame.IsControl)
            {
                return (int)frame.Code > 10 ? "Unsupported OpCode" : null;
            }

            if ((int)frame.Code > 2)
            {
                return "Unsupported OpCode";
            }

            if (_fragmented != (frame.Code == OpCode.Continuation))
            {
                return _fragmented ? "Already receiving another fragmented message" : "Unexpected ContinuationFrame";
            }

            frame.Fragmentation = frame.Code == OpCode.Continuation
                ? (final ? FragmentationType.FinalFragment : FragmentationType.Fragment)
                : (final ? FragmentationType.NotFragmented : FragmentationType.FirstFragment);
            _fragmented = !final;
            return null;
        }

        private string ReadLength(ReceiveMessageFrame frame, byte second)
        {
            ulong length = (ulong)(second & 0x7F);
            if (length >= 126)
            {
                byte[] bytes = Read(length == 126 ? 2 : 8);
                length = 0;
                foreach (byte b in bytes)
                {
                    length = (length << 8) | b;
                }
            }

            if (length > (ulong)_maxSize || (frame.IsControl && length > 125))
            {
                return "max message size is " + _maxSize;
            }

            frame.MessageLength = (int)length;
            frame.Mask = (second & 0x80) != 0 ? Read(4) : null;
            return null;
        }

        private byte[] Read(int count)
        {
            var bytes = new byte[count];
            for (int have = 0; have < count;)
            {
                int read = _socket.Read(bytes, have, count - have);
                if (read == 0)
                {
                    Gate.Board.Sleep(SpinMs);
                }

                have += read;
            }

            return bytes;
        }
    }
}
