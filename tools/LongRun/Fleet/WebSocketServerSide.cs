using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WhispurrNet.LongRun.Fleet;

/// <summary>
/// The server's half of one WebSocket as bytes in, bytes out (RFC 6455): the upgrade, whole binary messages, ping and
/// close. .NET's own is asynchronous throughout, and a task that waits for a thread of the pool is a task that a
/// jumping clock leaves behind.
/// </summary>
internal sealed class WebSocketServerSide(Action<byte[]> send, Action<byte[]> message, Action closed)
{
    private const string HandshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int OpBinary = 2;
    private const int OpClose = 8;
    private const int OpPing = 9;
    private const int OpPong = 10;

    private byte[] _pending = [];
    private bool _upgraded;

    /// <summary>Takes bytes of the client.</summary>
    public void Receive(byte[] bytes)
    {
        _pending = [.. _pending, .. bytes];
        if (!_upgraded && !TryUpgrade())
        {
            return;
        }

        while (TryTakeFrame(out int code, out byte[] payload))
        {
            switch (code)
            {
                case OpBinary:
                    message(payload);
                    break;
                case OpPing:
                    Send(OpPong, payload);
                    break;
                case OpClose:
                    Send(OpClose, payload);
                    closed();
                    return;
            }
        }
    }

    /// <summary>Sends one binary message.</summary>
    public void Send(byte[] payload) => Send(OpBinary, payload);

    private void Send(int code, byte[] payload)
    {
        byte[] header = payload.Length < 126 ? new byte[2] : new byte[4];
        header[0] = (byte)(0x80 | code);
        header[1] = (byte)(payload.Length < 126 ? payload.Length : 126);
        if (payload.Length >= 126)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
        }

        send([.. header, .. payload]);
    }

    private bool TryUpgrade()
    {
        string request = Encoding.ASCII.GetString(_pending);
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string Name = "Sec-WebSocket-Key: ";
        int at = request.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        string key = request[at..request.IndexOf("\r\n", at, StringComparison.Ordinal)].Trim();
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeGuid)));
        send(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"));
        _pending = _pending[(end + 4)..];
        _upgraded = true;
        return true;
    }

    // A client masks every frame, and these messages are far below 64 KB.
    private bool TryTakeFrame(out int code, out byte[] payload)
    {
        code = 0;
        payload = [];
        if (_pending.Length < 2)
        {
            return false;
        }

        int length = _pending[1] & 0x7F;
        int at = length == 126 ? 4 : 2;
        if (_pending.Length < at)
        {
            return false;
        }

        length = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(_pending.AsSpan(2)) : length;
        if (_pending.Length < at + 4 + length)
        {
            return false;
        }

        code = _pending[0] & 0x0F;
        payload = _pending[(at + 4)..(at + 4 + length)];
        for (int i = 0; i < length; i++)
        {
            payload[i] ^= _pending[at + (i % 4)];
        }

        _pending = _pending[(at + 4 + length)..];
        return true;
    }
}
