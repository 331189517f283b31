namespace WhispurrNet.WireProtocol;

/// <summary>The flags of a packet's header.</summary>
[Flags]
public enum PacketFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>No answer is wanted.</summary>
    NonCritical = 0x0001,

    /// <summary>It answers the packet whose sequence number is in <see cref="PacketHeader.ReplyTo"/>.</summary>
    Reply = 0x0002,

    /// <summary>The header of a packet was refused.</summary>
    BadHeader = 0x0004,

    /// <summary>The payload of a packet was refused.</summary>
    BadPayload = 0x0008,

    /// <summary>The answer must not come from a cache.</summary>
    NoCaching = 0x2000,

    /// <summary>The command failed.</summary>
    Nack = 0x4000,

    /// <summary>The command succeeded.</summary>
    Ack = 0x8000,

    /// <summary>Every flag that has a meaning.</summary>
    Known = NonCritical | Reply | BadHeader | BadPayload | NoCaching | Nack | Ack,
}
