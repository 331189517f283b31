using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Gateway.Live;

/// <summary>
/// The four kinds of whisper that people send: what serial lines, events and page call them, and the types of REST.
/// </summary>
public static class WhisperKinds
{
    /// <summary>To everyone who listens to an intent.</summary>
    public const string Resonance = "resonance";

    /// <summary>To everyone in the network.</summary>
    public const string Broadcast = "broadcast";

    /// <summary>To one identity; its sender is proven.</summary>
    public const string Direct = "direct";

    /// <summary>To everyone in the network, ahead of everything else.</summary>
    public const string Emergency = "emergency";

    /// <summary>The type of a resonance in REST.</summary>
    public const string ResonanceType = "RESONANCE_WHISPER";

    /// <summary>The type of a broadcast in REST.</summary>
    public const string BroadcastType = "GOSSIP_BROADCAST";

    /// <summary>The type of a direct whisper in REST.</summary>
    public const string DirectType = "DIRECT_MESSAGE";

    /// <summary>The type of an emergency in REST.</summary>
    public const string EmergencyType = "EMERGENCY_SIGNAL";

    /// <summary>Every kind, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Resonance, Broadcast, Direct, Emergency];

    /// <summary>Whether a word of a serial line is a kind.</summary>
    public static bool IsKind(string? word) => word is Resonance or Broadcast or Direct or Emergency;

    /// <summary>The kind of a type on the wire; types that people do not send count as broadcasts.</summary>
    public static string Of(WhisperType type) => type switch
    {
        WhisperType.Whisper => Direct,
        WhisperType.Resonance => Resonance,
        WhisperType.Emergency => Emergency,
        _ => Broadcast,
    };

    /// <summary>The kind of a type in REST, or null.</summary>
    public static string? OfRestType(string? type) => type switch
    {
        ResonanceType => Resonance,
        BroadcastType => Broadcast,
        DirectType => Direct,
        EmergencyType => Emergency,
        _ => null,
    };

    /// <summary>The type of a kind in REST.</summary>
    public static string RestTypeOf(string kind) => kind switch
    {
        Resonance => ResonanceType,
        Direct => DirectType,
        Emergency => EmergencyType,
        _ => BroadcastType,
    };
}
