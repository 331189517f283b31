using System;
using System.Collections;
using System.Net.WebSockets;
using System.Net.WebSockets.WebSocketFrame;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>The steps of a WebSocket client.</summary>
    public static class SocketSteps
    {
        private static readonly AutoResetEvent s_received = new AutoResetEvent(false);
        private static readonly Queue s_messages = new Queue();
        private static ClientWebSocket s_socket;
        private static int s_closed;
        private static bool s_throw;
        private static int s_handlerMs;

        /// <summary>Makes a socket and connects.</summary>
        /// <returns>The state's number, or the name of the exception and that number.</returns>
        public static string Connect(string url, int keepAliveSeconds, int fragmentSize, int maxReceive)
        {
            ClientWebSocketOptions options = new ClientWebSocketOptions();
            options.KeepAliveInterval = new TimeSpan(0, 0, keepAliveSeconds);
            options.ServerTimeout = new TimeSpan(0, 0, 10);
            options.MaxFragmentSize = fragmentSize;
            options.MaxReceiveFrameSize = maxReceive;
            s_socket = new ClientWebSocket(options);
            s_socket.MessageReceived += OnMessage;
            s_socket.ConnectionClosed += OnClosed;
            try
            {
                s_socket.Connect(url);
            }
            catch (Exception exception)
            {
                return exception.GetType().Name + " " + (int)s_socket.State;
            }

            return ((int)s_socket.State).ToString();
        }

        /// <summary>Sends bytes and, after a while, looks at the array again.</summary>
        /// <returns>"queued", and whether the array is as it was.</returns>
        public static string Send(int length, int waitMs)
        {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++)
            {
                bytes[i] = (byte)i;
            }

            bool queued = s_socket.SendBytes(bytes);
            Thread.Sleep(waitMs);
            bool same = true;
            for (int i = 0; i < length; i++)
            {
                same = same && bytes[i] == (byte)i;
            }

            return (queued ? "queued " : "refused ") + (same ? "intact" : "masked");
        }

        /// <summary>Queues many messages; returns how many were taken.</summary>
        public static int Flood(int count, int length)
        {
            int queued = 0;
            for (int i = 0; i < count; i++)
            {
                queued += s_socket.SendBytes(new byte[length]) ? 1 : 0;
            }

            return queued;
        }

        /// <summary>Sends messages one by one, each after the echo of the last.</summary>
        /// <returns>How many came back, and how many of them within no time at all.</returns>
        public static string RoundTrips(string url, int count)
        {
            Connect(url, 6000, 32768, 1000);
            int back = 0;
            int atOnce = 0;
            for (int i = 0; i < count; i++)
            {
                long start = Environment.TickCount64;
                s_socket.SendBytes(new byte[] { (byte)i });
                back += Take(600000) == null ? 0 : 1;
                atOnce += Environment.TickCount64 == start ? 1 : 0;
            }

            return back + " " + atOnce;
        }

        /// <summary>The next message: its fragmentation and bytes; null after the timeout.</summary>
        public static byte[] Take(int timeoutMs)
        {
            while (true)
            {
                lock (s_messages)
                {
                    if (s_messages.Count > 0)
                    {
                        return (byte[])s_messages.Dequeue();
                    }
                }

                if (!s_received.WaitOne(timeoutMs, false))
                {
                    return null;
                }
            }
        }

        /// <summary>Keepalive, server timeout and sizes, without options and with fresh ones.</summary>
        public static string Defaults()
        {
            return Describe(new ClientWebSocket()) + " " + Describe(new ClientWebSocket(new ClientWebSocketOptions()));
        }

        /// <summary>Connects without options; returns the state's number.</summary>
        public static string ConnectPlainly(string url)
        {
            s_socket = new ClientWebSocket();
            s_socket.Connect(url);
            return ((int)s_socket.State).ToString();
        }

        /// <summary>Makes the message handler wait.</summary>
        public static void SleepInHandler(int milliseconds)
        {
            s_handlerMs = milliseconds;
        }

        private static string Describe(ClientWebSocket socket)
        {
            return (int)(socket.KeepAliveInterval.Ticks / TimeSpan.TicksPerSecond) + " "
                + (int)(socket.ServerTimeout.Ticks / TimeSpan.TicksPerSecond) + " " + socket.MaxFragmentSize + " "
                + socket.MaxReceiveFrameSize;
        }

        /// <summary>Makes the message handler throw.</summary>
        public static void ThrowInHandler()
        {
            s_throw = true;
        }

        /// <summary>The state's number and how often the socket said that it closed.</summary>
        public static string State()
        {
            return (int)s_socket.State + " " + s_closed;
        }

        /// <summary>Closes in order.</summary>
        public static void Close()
        {
            s_socket.Close(WebSocketCloseStatus.NormalClosure, "bye");
        }

        /// <summary>Aborts; returns "aborted" or the name of the exception.</summary>
        public static string Abort()
        {
            try
            {
                s_socket.Abort();
                return "aborted";
            }
            catch (Exception exception)
            {
                return exception.GetType().Name;
            }
        }

        private static void OnMessage(object sender, MessageReceivedEventArgs e)
        {
            if (s_throw)
            {
                throw new InvalidOperationException("handler");
            }

            Thread.Sleep(s_handlerMs);
            byte[] message = new byte[e.Frame.MessageLength + 1];
            message[0] = (byte)(int)e.Frame.Fragmentation;
            Array.Copy(e.Frame.Buffer, 0, message, 1, e.Frame.MessageLength);
            lock (s_messages)
            {
                s_messages.Enqueue(message);
            }

            s_received.Set();
        }

        private static void OnClosed(object sender, EventArgs e)
        {
            s_closed++;
        }
    }
}
