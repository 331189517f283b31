using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>What came over a line beside answers.</summary>
internal sealed class LineSink : IMixedSink
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _messages = new();
    private readonly List<Command> _packets = [];

    /// <summary>Raw text.</summary>
    public string Text => Locked(_text.ToString);

    /// <summary>Text of messages.</summary>
    public string Messages => Locked(_messages.ToString);

    /// <summary>Other packets.</summary>
    public IReadOnlyList<Command> Packets => Locked(() => _packets.ToArray());

    public void OnText(ReadOnlySpan<byte> bytes)
    {
        lock (_packets)
        {
            _text.Append(Encoding.UTF8.GetString(bytes));
        }
    }

    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        lock (_packets)
        {
            if (header.Command == Command.Message)
            {
                _messages.Append(Encoding.UTF8.GetString(payload));
            }
            else
            {
                _packets.Add(header.Command);
            }
        }
    }

    public void OnRefused(PacketRefusal reason)
    {
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_packets)
        {
            return read();
        }
    }
}
