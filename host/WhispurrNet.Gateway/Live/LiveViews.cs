namespace WhispurrNet.Gateway.Live;

/// <summary>What a node is, as the page draws it.</summary>
public enum NodeKind
{
    /// <summary>The gateway's keyless relay.</summary>
    Relay,

    /// <summary>The gateway's local node.</summary>
    Desk,

    /// <summary>A board of the network.</summary>
    Board,

    /// <summary>A board of another network.</summary>
    Foreign,

    /// <summary>A peer of which only the address is known.</summary>
    Peer,
}

/// <summary>A node on the page.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Order">Its place on a line of boards, from 0; null when it has none.</param>
/// <param name="Online">Whether it has started.</param>
/// <param name="Identity">Its ephemeral identity, once known.</param>
/// <param name="Size">small or full, once known.</param>
/// <param name="Frames">Frames it was seen to store.</param>
/// <param name="Contacts">Contact cards it said to have learned.</param>
/// <param name="LastError">Its last complaint, or null.</param>
public sealed record NodeView(
    string Name,
    NodeKind Kind,
    int? Order,
    bool Online,
    string? Identity,
    string? Size,
    int Frames,
    int Contacts,
    string? LastError);

/// <summary>Two nodes that meet or may meet.</summary>
/// <param name="First">A node.</param>
/// <param name="Second">Another.</param>
/// <param name="Bluetooth">Over Bluetooth, else over a stream.</param>
/// <param name="Open">Whether a link is open now.</param>
/// <param name="Met">Links they have had.</param>
/// <param name="Failed">Links that failed.</param>
public sealed record LinkView(string First, string Second, bool Bluetooth, bool Open, int Met, int Failed);

/// <summary>A node that opened a whisper.</summary>
/// <param name="Node">The node.</param>
/// <param name="At">When, by this machine's clock.</param>
/// <param name="LatencyMs">Milliseconds since it was sent, by the mesh's clock; null when the sending was not
/// seen.</param>
/// <param name="Hops">Hops on the whole way; null when the way is not known.</param>
/// <param name="BluetoothHops">Bluetooth hops among them.</param>
/// <param name="Proven">Whether the sender was proven to the node that opened it.</param>
public sealed record DeliveryView(
    string Node, DateTimeOffset At, long? LatencyMs, int? Hops, int? BluetoothHops, bool Proven);

/// <summary>A whisper on the page.</summary>
/// <param name="Id">Its frame.</param>
/// <param name="Kind">One of <see cref="WhisperKinds"/>.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="From">Name of the sending node, or its identity.</param>
/// <param name="To">Of a direct whisper, name of the node it is for, or its identity; null when not known.</param>
/// <param name="SentAt">When it was sent or first heard, by this machine's clock.</param>
/// <param name="Payload">The payload as text, when the local node sent or read it; else null.</param>
/// <param name="Bytes">Size of the payload, once known.</param>
/// <param name="Deliveries">Who opened it, first one first.</param>
/// <param name="Status">How far its sender says that it has come: queued, relayed, delivered or expired; null when the
/// sender does not tell.</param>
public sealed record WhisperView(
    string Id,
    string Kind,
    string? Intent,
    string From,
    string? To,
    DateTimeOffset SentAt,
    string? Payload,
    int? Bytes,
    IReadOnlyList<DeliveryView> Deliveries,
    string? Status);

/// <summary>Nodes and links at one moment.</summary>
public sealed record MeshView(IReadOnlyList<NodeView> Nodes, IReadOnlyList<LinkView> Links);

/// <summary>A frame that went from one node to the next.</summary>
/// <param name="FrameId">The frame.</param>
/// <param name="From">The node that had it.</param>
/// <param name="To">The node that got it.</param>
/// <param name="Bluetooth">Over Bluetooth, else over a stream.</param>
/// <param name="Kind">One of <see cref="WhisperKinds"/> when some node told, else null.</param>
public sealed record MoveView(string FrameId, string From, string To, bool Bluetooth, string? Kind);

/// <summary>A whisper that the local node opened.</summary>
/// <param name="Id">Its frame.</param>
/// <param name="Type">Its type in REST.</param>
/// <param name="Kind">One of <see cref="WhisperKinds"/>.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="Payload">Text, or 0x and hex when it is not UTF-8.</param>
/// <param name="From">The sender's identity.</param>
/// <param name="FromNode">The name of the node that has that identity, when one has told, else null.</param>
/// <param name="Proven">Whether the sender is proven; else any member of the network could have written it.</param>
/// <param name="SentUnixSeconds">The sender's clock, 0 when it was unset.</param>
/// <param name="At">When it was opened, by this machine's clock.</param>
public sealed record HeardView(
    string Id,
    string Type,
    string Kind,
    string? Intent,
    string Payload,
    string From,
    string? FromNode,
    bool Proven,
    uint SentUnixSeconds,
    DateTimeOffset At);

/// <summary>An identity that the local node holds a contact card of.</summary>
/// <param name="Id">The identity.</param>
/// <param name="Node">The name of the node that has or had it, when one has told, else null.</param>
/// <param name="Timestamp">When the identity was made, by its node's clock: seconds since 1970, or since that node's
/// start when it has no clock.</param>
/// <param name="LearnedAt">When the card came, by this machine's clock.</param>
/// <param name="ExpiresInSeconds">Until when its owner can read what is sent there, by the mesh's clock.</param>
public sealed record ContactView(
    string Id, string? Node, uint Timestamp, DateTimeOffset LearnedAt, long ExpiresInSeconds);
