using System.Threading.Channels;
using WhispurrNet.Serial;

namespace WhispurrNet.WireProtocol.Tests;

/// <summary>A port whose other end is a function: what is written goes in, what is read comes out.</summary>
internal sealed class ScriptedPort(Func<PacketHeader, byte[]> answer) : ISerialPort
{
    private readonly Channel<byte[]> _sent = Channel.CreateUnbounded<byte[]>();

    /// <summary>Headers of what was written.</summary>
    public List<PacketHeader> Written { get; } = [];

    public string Name => "script";

    public int BaudRate { get; set; }

    /// <summary>Makes something readable.</summary>
    public void Say(params byte[] bytes) => _sent.Writer.TryWrite(bytes);

    /// <summary>Unplugs it.</summary>
    public void Unplug() => _sent.Writer.TryComplete();

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await _sent.Reader.WaitToReadAsync(cancellationToken) || !_sent.Reader.TryRead(out byte[]? bytes))
        {
            return 0;
        }

        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        Assert.True(PacketHeader.TryRead(data.Span, out PacketHeader header));
        Written.Add(header);
        byte[] bytes = answer(header);
        if (bytes.Length > 0)
        {
            Say(bytes);
        }

        return ValueTask.CompletedTask;
    }

    public void SetLines(bool? dataTerminalReady, bool? requestToSend)
    {
    }

    public void DiscardInput()
    {
    }

    public void Dispose() => Unplug();
}
