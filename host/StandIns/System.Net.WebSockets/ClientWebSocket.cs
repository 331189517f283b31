extern alias nano;
extern alias net;

using System;
using System.Collections;
using System.Collections.Generic;
using System.Net.WebSockets.WebSocketFrame;
using WhispurrNet.Virtual;

namespace System.Net.WebSockets
{
    public class ClientWebSocketHeaders
    {
        private readonly Dictionary<string, string> _headers = new Dictionary<string, string>();

        public int Count => _headers.Count;

        public string[] Keys => new List<string>(_headers.Keys).ToArray();

        public string[] Values => new List<string>(_headers.Values).ToArray();

        public string this[string key]
        {
            get => _headers.TryGetValue(key, out string value) ? value : null;
            set => _headers[key] = value;
        }

        public void Remove(string value) => _headers.Remove(value);
    }

    public class ClientWebSocketOptions : WebSocketOptions
    {
        public net::System.Security.Cryptography.X509Certificates.X509Certificate Certificate { get; set; }

        public net::System.Net.Security.SslProtocols SslProtocol { get; set; } =
            net::System.Net.Security.SslProtocols.Tls12;

        public net::System.Net.Security.SslVerification SslVerification { get; set; } =
            net::System.Net.Security.SslVerification.CertificateRequired;
    }

    public class ClientWebSocket : WebSocket, IDisposable
    {
        private const string HandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        private const string Accepted = "http/1.1 101";

        public ClientWebSocket(ClientWebSocketOptions options = null)
            : base(options)
        {
            if (options != null)
            {
                CACertificate = options.Certificate;
                SslVerification = options.SslVerification;
                SslProtocol = options.SslProtocol;
            }
        }

        public net::System.Security.Cryptography.X509Certificates.X509Certificate CACertificate { get; set; }

        public string Host { get; private set; }

        public bool IsSSL => false;

        public int Port { get; private set; }

        public string Prefix { get; private set; }

        public net::System.Net.Security.SslProtocols SslProtocol { get; } = net::System.Net.Security.SslProtocols.Tls12;

        public net::System.Net.Security.SslVerification SslVerification { get; set; } =
            net::System.Net.Security.SslVerification.CertificateRequired;

        public override WebSocketState State { get; set; } = WebSocketState.Closed;

        public bool UseCustomCertificate => CACertificate != null;

        public bool UseStoredDeviceCertificate { get; set; }

        /// <summary>
        /// Connects and waits for the upgrade. Nobody there: no exception, the state is Closed. An unknown name:
        /// SocketException. A server that does not upgrade: a plain Exception (facts 2).
        /// </summary>
        public void Connect(string uri, ClientWebSocketHeaders headers = null)
        {
            State = WebSocketState.Connecting;
            Split(uri);
            byte[] address;
            try
            {
                address = BoardSocket.Resolve(Host);
            }
            catch (BoardSocketException exception)
            {
                throw new net::System.Net.Sockets.SocketException((System.Net.Sockets.SocketError)exception.ErrorCode);
            }

            var socket = new BoardSocket(Gate.Board);
            try
            {
                socket.Connect(address, Port);
                Upgrade(socket, headers);
                Attach(socket, new net::System.Net.IPEndPoint(new net::System.Net.IPAddress(address), Port));
            }
            catch (BoardSocketException)
            {
                socket.Dispose();
                State = WebSocketState.Closed;
            }
        }

        public new void Dispose() => base.Dispose();

        private static Dictionary<string, string> ReadHeaders(BoardSocket socket)
        {
            var headers = new Dictionary<string, string>();
            for (string line = ReadLine(socket); !string.IsNullOrEmpty(line); line = ReadLine(socket))
            {
                // A value with a colon of its own is lost (facts 2).
                string[] pair = line.Split(':');
                if (pair.Length == 2)
                {
                    headers[pair[0].Trim().ToLower()] = pair[1].Trim();
                }
            }

            return headers;
        }

        private static string Value(Dictionary<string, string> headers, string name) =>
            headers.TryGetValue(name, out string value) ? value : null;

        private static string ReadLine(BoardSocket socket)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (socket.Read(one, 0, 1) == 1)
            {
                line.Add(one[0]);
                if (line.Count >= 2 && line[line.Count - 2] == '\r' && one[0] == '\n')
                {
                    return BoardText.FromUtf8(line.ToArray(), 0, line.Count - 2);
                }
            }

            return null;
        }

        private void Split(string uri)
        {
            const string scheme = "ws://";
            if (uri.StartsWith("wss://"))
            {
                throw new PlatformNotSupportedException("A virtual board speaks ws:// only.");
            }

            if (!uri.StartsWith(scheme))
            {
                throw new Exception("websocket url should start with 'ws://' or 'wss://'");
            }

            string[] parts = uri.Substring(scheme.Length).Split(new[] { '/' }, 2);
            Prefix = "/" + (parts.Length == 2 ? parts[1] : "");
            string[] authority = parts[0].Split(new[] { ':' }, 2);
            Host = authority[0];
            Port = 80;
            if (authority.Length == 2 && !int.TryParse(authority[1], out int port))
            {
                throw new Exception("Something is wrong with the port number of the websocket url");
            }
            else if (authority.Length == 2)
            {
                Port = int.Parse(authority[1]);
            }
        }

        private void Upgrade(BoardSocket socket, ClientWebSocketHeaders headers)
        {
            var nonce = new byte[16];
            new nano::System.Random().NextBytes(nonce);
            string key = Convert.ToBase64String(nonce);

            // The Host header carries no port (facts 2).
            string request = "GET " + Prefix + " HTTP/1.1\r\nHost: " + Host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                + "\r\nSec-WebSocket-Version: 13\r\n";
            foreach (string name in headers?.Keys ?? new string[0])
            {
                request += name + ": " + headers[name] + "\r\n";
            }

            byte[] bytes = BoardText.ToUtf8(request + "\r\n");
            socket.Write(bytes, 0, bytes.Length);

            var start = new byte[Accepted.Length];
            int read = socket.Read(start, 0, start.Length);
            if (read == start.Length && BoardText.FromUtf8(start, 0, read).ToLower() == Accepted)
            {
                Dictionary<string, string> answer = ReadHeaders(socket);
                byte[] hash = BoardCrypto.Sha1(BoardText.ToUtf8(key + HandshakeGuid));

                // A missing one is a NullReferenceException, and the socket stays open.
                if (Value(answer, "connection").ToLower() == "upgrade"
                    && Value(answer, "upgrade").ToLower() == "websocket"
                    && Value(answer, "sec-websocket-accept") == Convert.ToBase64String(hash))
                {
                    return;
                }
            }

            State = WebSocketState.Closed;
            socket.Dispose();
            throw new Exception("WebSocket did not receive right handshake");
        }
    }
}
