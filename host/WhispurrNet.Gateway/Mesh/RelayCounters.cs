namespace WhispurrNet.Gateway.Mesh;

/// <summary>
/// What the WebSocket side of the relay counted since its start. The node's own counters are its statistics.
/// </summary>
internal sealed class RelayCounters
{
    private long _accepted;
    private long _refusedFull;
    private long _refusedOrigin;
    private long _refusedText;
    private long _refusedOversize;
    private long _droppedSlow;
    private long _unitsIn;
    private long _unitsOut;

    public void Accepted() => Interlocked.Increment(ref _accepted);

    public void RefusedFull() => Interlocked.Increment(ref _refusedFull);

    public void RefusedOrigin() => Interlocked.Increment(ref _refusedOrigin);

    public void RefusedText() => Interlocked.Increment(ref _refusedText);

    public void RefusedOversize() => Interlocked.Increment(ref _refusedOversize);

    public void DroppedSlow() => Interlocked.Increment(ref _droppedSlow);

    public void UnitIn() => Interlocked.Increment(ref _unitsIn);

    public void UnitOut() => Interlocked.Increment(ref _unitsOut);

    public RelayCounts Read() => new(
        Interlocked.Read(ref _accepted),
        Interlocked.Read(ref _refusedFull),
        Interlocked.Read(ref _refusedOrigin),
        Interlocked.Read(ref _refusedText),
        Interlocked.Read(ref _refusedOversize),
        Interlocked.Read(ref _droppedSlow),
        Interlocked.Read(ref _unitsIn),
        Interlocked.Read(ref _unitsOut));
}

/// <summary>One reading of the relay's WebSocket counters.</summary>
/// <param name="PeersAccepted">Peers let in.</param>
/// <param name="PeersRefusedFull">Peers turned away because as many as allowed were connected.</param>
/// <param name="PeersRefusedOrigin">Browser pages of other sites turned away.</param>
/// <param name="PeersRefusedText">Peers dropped for a text message.</param>
/// <param name="PeersRefusedOversize">Peers dropped for a message larger than a unit can be.</param>
/// <param name="PeersDroppedSlow">Peers dropped because they did not take a message in time.</param>
/// <param name="UnitsIn">Messages received.</param>
/// <param name="UnitsOut">Messages sent.</param>
public sealed record RelayCounts(
    long PeersAccepted,
    long PeersRefusedFull,
    long PeersRefusedOrigin,
    long PeersRefusedText,
    long PeersRefusedOversize,
    long PeersDroppedSlow,
    long UnitsIn,
    long UnitsOut);
