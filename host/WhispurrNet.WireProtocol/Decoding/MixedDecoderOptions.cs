namespace WhispurrNet.WireProtocol;

/// <summary>Which packets must carry right checksums.</summary>
public enum CrcRule
{
    /// <summary>Those that carry any: both fields 0 mean that the sender computes none.</summary>
    WhenPresent,

    /// <summary>All.</summary>
    Always,

    /// <summary>None, as firmware built without checksums does.</summary>
    Never,
}

/// <summary>The limits of a <see cref="MixedDecoder"/>.</summary>
/// <param name="MaxPayload">The most payload, 0 to <see cref="PacketHeader.MaxHostPayload"/> bytes.</param>
/// <param name="MarkerTimeoutMs">How long a begun marker waits for its next byte before it is text.</param>
/// <param name="PacketTimeoutMs">How long a begun packet waits for its next byte before it is text.</param>
/// <param name="FindNested">
/// Whether a whole header inside a payload without checksums means that the outer packet was cut off. A reply to
/// <see cref="Command.ReadMemory"/> may hold anything and is exempt.
/// </param>
public sealed record MixedDecoderOptions(
    int MaxPayload = PacketHeader.MaxHostPayload,
    int MarkerTimeoutMs = 200,
    int PacketTimeoutMs = 2_000,
    bool FindNested = true);
