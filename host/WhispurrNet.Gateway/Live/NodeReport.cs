namespace WhispurrNet.Gateway.Live;

/// <summary>
/// Something that one node says of itself. Boards say it in lines on their serial port (<see cref="BoardLine"/>), nodes
/// of this process through the node core's observer. Frame ids are 16 hex digits, link tags 8; both ends of a link
/// compute the same tag, which is how reports of two nodes are joined.
/// </summary>
public abstract record NodeReport;

/// <summary>The node has started.</summary>
/// <param name="Name">What its settings call it.</param>
/// <param name="Identity">Its ephemeral identity.</param>
/// <param name="Size">small or full.</param>
/// <param name="FrameSize">Bytes of a frame.</param>
/// <param name="IsMember">Whether it holds a network key.</param>
public sealed record BootReport(string Name, string Identity, string Size, int FrameSize, bool IsMember) : NodeReport;

/// <summary>The node has taken a new identity.</summary>
/// <param name="Identity">Its ephemeral identity from now on.</param>
public sealed record IdentityReport(string Identity) : NodeReport;

/// <summary>The node has learned a contact card, so that it can send direct whispers to that identity.</summary>
/// <param name="Identity">Whose card.</param>
public sealed record ContactReport(string Identity) : NodeReport;

/// <summary>A link has finished its hellos.</summary>
/// <param name="Tag">The link's tag.</param>
/// <param name="IsBluetooth">True for a Bluetooth contact, false for a stream.</param>
/// <param name="IsOutbound">Whether this node opened it.</param>
/// <param name="Peer">The other end's address if the connection tells it, else null.</param>
public sealed record LinkOpenedReport(string Tag, bool IsBluetooth, bool IsOutbound, string? Peer = null) : NodeReport;

/// <summary>A link is gone.</summary>
/// <param name="Tag">The link's tag.</param>
/// <param name="State">Its last state: finished, failed or open.</param>
public sealed record LinkClosedReport(string Tag, string State) : NodeReport;

/// <summary>The node holds a frame it did not hold before.</summary>
/// <param name="FrameId">The frame.</param>
/// <param name="Tag">The link it came over; <see cref="NoTag"/> for the node's own whisper.</param>
/// <param name="IsOwn">Whether it was admitted to the node's own network.</param>
/// <param name="HopBudget">Hops it has left.</param>
public sealed record FrameStoredReport(string FrameId, string Tag, bool IsOwn, int HopBudget) : NodeReport
{
    /// <summary>The tag of no link.</summary>
    public const string NoTag = "00000000";
}

/// <summary>The node has sent a frame.</summary>
/// <param name="FrameId">The frame.</param>
/// <param name="Tag">The link it went over.</param>
public sealed record FrameSentReport(string FrameId, string Tag) : NodeReport;

/// <summary>The node has opened a whisper.</summary>
/// <param name="FrameId">The frame that carried it.</param>
/// <param name="Kind">One of <see cref="WhisperKinds"/>.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="From">The sender's identity.</param>
/// <param name="Bytes">Size of the payload.</param>
/// <param name="IsProven">Whether the sender is proven, which only a direct whisper can do.</param>
public sealed record WhisperReadReport(
    string FrameId, string Kind, string? Intent, string From, int Bytes, bool IsProven = false) : NodeReport;

/// <summary>The node has whispered.</summary>
/// <param name="FrameId">The frame that carries it.</param>
/// <param name="Kind">One of <see cref="WhisperKinds"/>.</param>
/// <param name="Intent">The intent, or null.</param>
/// <param name="To">The identity it is for, when it is a direct one and the node tells; else null.</param>
/// <param name="WhisperId">The whisper itself, by which <see cref="WhisperStatusReport"/> names it; else null.</param>
public sealed record WhisperSentReport(
    string FrameId, string Kind, string? Intent, string? To = null, string? WhisperId = null) : NodeReport;

/// <summary>A whisper of the node's own has come further, or its time is over.</summary>
/// <param name="WhisperId">The whisper, by its inner id.</param>
/// <param name="Status">relayed, delivered or expired.</param>
public sealed record WhisperStatusReport(string WhisperId, string Status) : NodeReport;

/// <summary>Counters of the node.</summary>
/// <param name="Values">Values by name.</param>
public sealed record StatisticsReport(IReadOnlyDictionary<string, long> Values) : NodeReport;

/// <summary>A part of the board changed its state.</summary>
/// <param name="Part">Which: selftest or wifi.</param>
/// <param name="State">Its state, such as passed, connecting, ready or lost.</param>
public sealed record StateReport(string Part, string State) : NodeReport;

/// <summary>Something went wrong on the node.</summary>
/// <param name="Message">One sentence.</param>
public sealed record ErrorReport(string Message) : NodeReport;
