using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>
/// A WebSocket server on this machine that a board takes for its gateway: keeps what the board said when it dialled, and
/// hands messages to a <see cref="StealthPeer"/>. One board at a time.
/// </summary>
internal sealed class WatchedGateway : IDisposable
{
    // RFC 6455, 1.3.
    private const string AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int RequestMax = 8 * 1024;
    private const int MessageMax = 8 * 1024;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly StealthPeer _peer;
    private readonly Task _serving;
    private volatile string? _request;

    public WatchedGateway(StealthPeer peer)
    {
        _peer = peer;
        _listener.Start();
        Url = $"ws://{_listener.LocalEndpoint}/mesh";
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where the board dials.</summary>
    public string Url { get; }

    /// <summary>The request of the last upgrade, with its headers; null before the first.</summary>
    public string? Request => _request;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.Wait();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false);
                client.NoDelay = true;
                await ServeAsync(client.GetStream()).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or WebSocketException
                or OperationCanceledException or ObjectDisposedException)
            {
                // The board went away, or the test is over; it dials again, or not.
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        string request = await ReadRequestAsync(stream).ConfigureAwait(false);
        _request = request;
        string key = request.Split("\r\n")
            .Select(line => line.Split(':', 2))
            .FirstOrDefault(pair => pair[0].Equals("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase))?[1].Trim()
            ?? throw new IOException("No WebSocket was asked for.");
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptGuid)));
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"),
            _end.Token).ConfigureAwait(false);

        using var socket = WebSocket.CreateFromStream(stream, isServer: true, null, Timeout.InfiniteTimeSpan);
        _peer.Open();
        Task sending = SendAsync(socket);
        await ReceiveAsync(socket).ConfigureAwait(false);
        socket.Abort();
        await sending.ConfigureAwait(false);
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var one = new byte[1];
        while (request.Length < RequestMax
            && !request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await stream.ReadAsync(one, _end.Token).ConfigureAwait(false) == 1)
        {
            request.Append((char)one[0]);
        }

        return request.ToString();
    }

    private async Task ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[MessageMax];
        int count = 0;
        while (socket.State == WebSocketState.Open && count < buffer.Length)
        {
            ValueWebSocketReceiveResult part =
                await socket.ReceiveAsync(buffer.AsMemory(count), _end.Token).ConfigureAwait(false);
            count += part.Count;
            if (part is { EndOfMessage: true, MessageType: WebSocketMessageType.Binary })
            {
                _peer.Receive(buffer.AsSpan(0, count).ToArray());
                count = 0;
            }
        }
    }

    private async Task SendAsync(WebSocket socket)
    {
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                foreach (byte[] message in _peer.TakeMessages())
                {
                    await socket.SendAsync(message, WebSocketMessageType.Binary, true, _end.Token).ConfigureAwait(false);
                }

                await Task.Delay(s_poll, _end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving side says so, too.
        }
    }
}
