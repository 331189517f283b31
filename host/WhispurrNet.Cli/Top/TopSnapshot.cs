namespace WhispurrNet.Cli.Top;

/// <summary>A board, or another node, at one moment. What it has not told is null.</summary>
/// <param name="Name">Its name, or its port while it has none.</param>
/// <param name="Source">Where this comes from: <c>gateway</c>, or the port.</param>
/// <param name="Role">relay, desk, board, foreign or peer.</param>
/// <param name="State">up, starting or unplugged.</param>
/// <param name="Identity">Its ephemeral identity.</param>
/// <param name="UptimeSeconds">Seconds since its power came, by its own clock.</param>
/// <param name="OpenLinks">Links open now.</param>
/// <param name="FramesPerSecond">Frames that it took in, in a second of this machine's clock, lately.</param>
/// <param name="HeapFree">Bytes of managed heap that are free.</param>
/// <param name="Held">Frames held.</param>
/// <param name="Neighbours">Neighbours remembered.</param>
/// <param name="Contacts">Contact cards learned.</param>
/// <param name="BytesOut">Bytes sent.</param>
/// <param name="BytesIn">Bytes received.</param>
/// <param name="Errors">
/// What it counts of its own failures (radio, gateway, handlers, threads, events, lost whispers), and on a cable also the
/// error lines and exceptions seen.
/// </param>
/// <param name="LastError">The last error line or exception.</param>
internal sealed record TopBoard(
    string Name,
    string Source,
    string Role,
    string State,
    string? Identity,
    long? UptimeSeconds,
    int? OpenLinks,
    double? FramesPerSecond,
    long? HeapFree,
    long? Held,
    long? Neighbours,
    int Contacts,
    long? BytesOut,
    long? BytesIn,
    long Errors,
    string? LastError);

/// <summary>Two nodes that meet.</summary>
/// <param name="First">A node.</param>
/// <param name="Second">Another.</param>
/// <param name="Bluetooth">Over Bluetooth, else over a stream.</param>
/// <param name="Open">Whether a link is open now.</param>
/// <param name="Met">Links they have had.</param>
/// <param name="Failed">Links that failed.</param>
internal sealed record TopLink(string First, string Second, bool Bluetooth, bool Open, int Met, int Failed);

/// <summary>The gateway at one moment.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Peers">Peers connected; null while it does not answer.</param>
/// <param name="UptimeSeconds">Real seconds since its start.</param>
/// <param name="HeldFrames">Frames its relay holds.</param>
/// <param name="Whispers">Whispers it remembers.</param>
/// <param name="Speed">Seconds of the mesh's clock in a real one.</param>
internal sealed record TopGateway(
    string Address, int? Peers, long UptimeSeconds, int HeldFrames, int Whispers, double Speed);

/// <summary>Everything at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Gateway">The gateway; null when none is asked.</param>
/// <param name="Boards">Boards and other nodes.</param>
/// <param name="Links">Links; only a gateway knows who is at the other end.</param>
internal sealed record TopSnapshot(
    DateTimeOffset At, TopGateway? Gateway, IReadOnlyList<TopBoard> Boards, IReadOnlyList<TopLink> Links);
