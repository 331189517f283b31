using System.Net.Sockets;

namespace WhispurrNet.Virtual.Remote;

/// <summary>What crosses the line between two processes of one ether.</summary>
internal enum WireKind : byte
{
    /// <summary>Server, first: version, speed, board time.</summary>
    Hello,

    /// <summary>Client: call number, radio, method, arguments.</summary>
    Call,

    /// <summary>Server: call number, then the result or what was thrown.</summary>
    Result,

    /// <summary>Server: board time, radio (or none), event, arguments. Counted.</summary>
    Push,

    /// <summary>Client: how many pushes are handled, and when something is due next.</summary>
    Sleep,

    /// <summary>Client: something came up.</summary>
    Wake,

    /// <summary>Server: board time, which stands still for the client now.</summary>
    Grant,
}

/// <summary>What a client calls.</summary>
internal enum WireMethod : byte
{
    Open,
    Link,
    PowerOn,
    PowerOff,
    Remove,
    BeginMode,
    EndMode,
    InitializeServices,
    DisposeServices,
    StartAdvertising,
    StopAdvertising,
    GetWriteData,
    RespondToWrite,
    RespondToRead,
    Notify,
    StartScan,
    StopScan,
    TakeReport,
    Connect,
    Disconnect,
    Release,
    DiscoverServices,
    DiscoverCharacteristics,
    DiscoverDescriptors,
    StartRead,
    StartWrite,
}

/// <summary>What a server pushes.</summary>
internal enum WireEvent : byte
{
    /// <summary>Nothing but the time.</summary>
    Time,
    AdvertisementReceived,
    ConnectCompleted,
    Disconnected,
    ServiceDiscovered,
    ServiceDiscoveryCompleted,
    CharacteristicDiscovered,
    CharacteristicDiscoveryCompleted,
    DescriptorDiscovered,
    DescriptorDiscoveryCompleted,
    ReadCompleted,
    WriteCompleted,
    ValueChanged,
    ReadRequested,
    WriteRequested,
    SubscriptionChanged,
    ClientChanged,
    MtuChanged,
}

/// <summary>
/// One end of the line: messages of a kind and some values, each with its type in front, behind their length. Both ends
/// are this very program, so anything unexpected ends the connection.
/// </summary>
internal sealed class EtherWire(Socket socket) : IDisposable
{
    /// <summary>Of the messages; both ends must speak the same.</summary>
    public const int Version = 1;

    private const int MaxBytes = 1 << 20;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly MemoryStream _out = new();

    /// <summary>Sends one message. The caller lets nobody else send meanwhile.</summary>
    /// <exception cref="IOException">The line is cut.</exception>
    public void Send(WireKind kind, params ReadOnlySpan<object?> values)
    {
        _out.SetLength(0);
        using var writer = new BinaryWriter(_out, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(0);
        writer.Write((byte)kind);
        writer.Write((byte)values.Length);
        foreach (object? value in values)
        {
            WireValues.Write(writer, value);
        }

        writer.Flush();
        byte[] buffer = _out.GetBuffer();
        int length = (int)_out.Length;
        BitConverter.TryWriteBytes(buffer, length - 4);
        try
        {
            _stream.Write(buffer, 0, length);
        }
        catch (ObjectDisposedException exception)
        {
            throw new IOException("The line is cut.", exception);
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <exception cref="IOException">The line is cut, or what came is no message.</exception>
    public (WireKind Kind, object?[] Values) Receive()
    {
        try
        {
            byte[] length = new byte[4];
            _stream.ReadExactly(length);
            int count = BitConverter.ToInt32(length);
            if (count is < 2 or > MaxBytes)
            {
                throw new IOException($"A message of {count} bytes.");
            }

            byte[] bytes = new byte[count];
            _stream.ReadExactly(bytes);
            using var reader = new BinaryReader(new MemoryStream(bytes), System.Text.Encoding.UTF8);
            var kind = (WireKind)reader.ReadByte();
            object?[] values = new object?[reader.ReadByte()];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = WireValues.Read(reader);
            }

            return (kind, values);
        }
        catch (ObjectDisposedException exception)
        {
            throw new IOException("The line is cut.", exception);
        }
    }

    /// <summary>Cuts the line.</summary>
    public void Dispose() => _stream.Dispose();
}
