using System.Text;

namespace WhispurrNet.WireProtocol.Tests;

/// <summary>Keeps what a decoder says.</summary>
internal sealed class EventList : IMixedSink
{
    private readonly List<byte> _text = [];

    /// <summary>All text so far.</summary>
    public string Text => Encoding.Latin1.GetString([.. _text]);

    /// <summary>The packets.</summary>
    public List<(PacketHeader Header, byte[] Payload)> Packets { get; } = [];

    /// <summary>Why something was refused.</summary>
    public List<PacketRefusal> Refused { get; } = [];

    /// <summary>Everything in order: text as it is, packets as their command in brackets.</summary>
    public StringBuilder Order { get; } = new();

    /// <inheritdoc/>
    public void OnText(ReadOnlySpan<byte> bytes)
    {
        _text.AddRange(bytes);
        Order.Append(Encoding.Latin1.GetString(bytes));
    }

    /// <inheritdoc/>
    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        Packets.Add((header, payload.ToArray()));
        Order.Append('[').Append(header.Command).Append(']');
    }

    /// <inheritdoc/>
    public void OnRefused(PacketRefusal reason) => Refused.Add(reason);
}
