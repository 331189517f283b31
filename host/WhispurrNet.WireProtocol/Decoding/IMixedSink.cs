namespace WhispurrNet.WireProtocol;

/// <summary>Why what began like a packet was none.</summary>
public enum PacketRefusal
{
    /// <summary>The header's checksum is wrong.</summary>
    HeaderCrc,

    /// <summary>The header announces more payload than is allowed.</summary>
    TooLong,

    /// <summary>The payload's checksum is wrong.</summary>
    PayloadCrc,

    /// <summary>The rest did not come in time, or the stream ended.</summary>
    Truncated,

    /// <summary>Another packet began inside a payload that no checksum guards.</summary>
    Nested,
}

/// <summary>Takes what a <see cref="MixedDecoder"/> finds, in the order of the line.</summary>
public interface IMixedSink
{
    /// <summary>Bytes that belong to no packet. Chunks end anywhere, also inside a character.</summary>
    /// <param name="bytes">At least 1; only for the time of the call.</param>
    void OnText(ReadOnlySpan<byte> bytes);

    /// <summary>A packet.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload; only for the time of the call.</param>
    void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload);

    /// <summary>What began here like a packet was none; its bytes follow as text, or as packets found among them.</summary>
    void OnRefused(PacketRefusal reason);
}
