using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>One frame as a client sent it, unmasked.</summary>
/// <param name="Code">Opcode.</param>
/// <param name="LengthForm">The seven bits of length: below 126 the length, else the form of the one that follows.</param>
/// <param name="Payload">What it carries.</param>
internal sealed record RawFrame(int Code, int LengthForm, byte[] Payload);

/// <summary>
/// A WebSocket server for one client, frame by frame (RFC 6455 5.2): it reads only when it is asked to.
/// </summary>
internal sealed class RawHost : IDisposable
{
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<NetworkStream> _stream;
    private readonly string _headers;

    public RawHost(string headers = "Connection: Upgrade\r\nUpgrade: websocket\r\n")
    {
        _headers = headers;
        _listener.Start();
        _stream = AcceptAsync();
    }

    public string Url => $"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Sends one whole frame of at most 125 bytes.</summary>
    public async Task SendAsync(int code, byte[] payload)
    {
        NetworkStream stream = await _stream.WaitAsync(s_patience);
        byte[] frame = [(byte)(0x80 | code), (byte)payload.Length, .. payload];
        await stream.WriteAsync(frame);
    }

    /// <summary>Reads the next frame.</summary>
    public async Task<RawFrame> ReadAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        NetworkStream stream = await _stream.WaitAsync(limit.Token);
        byte[] start = await ReadAsync(stream, 2, limit.Token);
        int form = start[1] & 0x7F;
        long length = form switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(stream, 2, limit.Token)),
            127 => BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(stream, 8, limit.Token)),
            _ => form,
        };
        byte[] mask = await ReadAsync(stream, 4, limit.Token);
        byte[] payload = await ReadAsync(stream, (int)length, limit.Token);
        for (int i = 0; i < payload.Length; i++)
        {
            payload[i] ^= mask[i % 4];
        }

        return new RawFrame(start[0] & 0x0F, form, payload);
    }

    /// <summary>Waits until the client's bytes pile up and no more arrive: its sender is stuck.</summary>
    public async Task FullAsync()
    {
        NetworkStream stream = await _stream.WaitAsync(s_patience);
        int before = -1;
        for (int same = 0; same < 40; same = before > 0 && before == stream.Socket.Available ? same + 1 : 0)
        {
            before = stream.Socket.Available;
            await Task.Delay(20);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken cancellation)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private async Task<NetworkStream> AcceptAsync()
    {
        Socket client = await _listener.AcceptSocketAsync();
        var stream = new NetworkStream(client, ownsSocket: true);
        var request = new StringBuilder();
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            request.Append((char)(await ReadAsync(stream, 1, CancellationToken.None))[0]);
        }

        const string header = "Sec-WebSocket-Key: ";
        string key = request.ToString().Split("\r\n")
            .First(line => line.StartsWith(header, StringComparison.Ordinal))[header.Length..];
        byte[] hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        string answer = $"HTTP/1.1 101 Switching Protocols\r\n{_headers}"
            + $"Sec-WebSocket-Accept: {Convert.ToBase64String(hash)}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return stream;
    }
}
