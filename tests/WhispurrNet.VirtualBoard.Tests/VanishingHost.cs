using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>A server that upgrades one connection and then ends it without a close frame.</summary>
internal sealed class VanishingHost : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public VanishingHost()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync();
        using NetworkStream stream = client.GetStream();
        using var reader = new StreamReader(stream);
        string key = "";
        const string header = "Sec-WebSocket-Key: ";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            key = line.StartsWith(header, StringComparison.Ordinal) ? line[header.Length..] : key;
        }

        byte[] hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: " + Convert.ToBase64String(hash) + "\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }
}
