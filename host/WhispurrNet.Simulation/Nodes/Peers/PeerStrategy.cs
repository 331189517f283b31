using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// Who gets which frame, and what is said about it: all in which the peers differ. What they share, from the radio's rules to
/// the bytes that open a link, is <see cref="PeerNode"/>'s.
/// </summary>
/// <remarks>
/// A strategy has no state of its own: one serves all nodes of all worlds. A <em>target</em> is a neighbour by its place, or
/// a link behind them.
/// </remarks>
internal abstract class PeerStrategy
{
    /// <summary>How often a frame is handed on, its origin included; <see cref="PeerFrame.NoHopLimit"/> for always.</summary>
    public virtual byte Hops => PeerFrame.NoHopLimit;

    /// <summary>Whether it uses <see cref="PeerStore.Named"/>.</summary>
    public virtual bool NamesFrames => false;

    /// <summary>Whether such frames are sent, after those that are owed, and without further hops.</summary>
    public virtual bool SendsNamed => false;

    /// <summary>Whether the neighbour that was not met for longest comes first, and not one that a frame is for.</summary>
    public virtual bool OldestFirst => false;

    /// <summary>A frame is held from now on.</summary>
    /// <param name="state">The node.</param>
    /// <param name="slot">Where.</param>
    /// <param name="from">The target that it came from, -1 for an own one.</param>
    /// <param name="nowMs">Now.</param>
    /// <returns>Whether there is something new to relay, for which a client window is to come sooner.</returns>
    public abstract bool FrameArrived(PeerState state, int slot, int from, long nowMs);

    /// <summary>A further copy of a frame came: whoever sent it need not get it.</summary>
    /// <param name="state">The node.</param>
    /// <param name="slot">Where the frame is held.</param>
    /// <param name="from">The target that it came from.</param>
    /// <param name="hops">How often the copy could be handed on.</param>
    /// <param name="nowMs">Now.</param>
    public virtual void CopyArrived(PeerState state, int slot, int from, byte hops, long nowMs)
    {
        NameLists.NoteHas(state, slot, from);
    }

    /// <summary>
    /// A neighbour was heard for the first time, or a stream has opened. What was handed on to nobody yet is for whoever comes.
    /// </summary>
    public virtual void TargetAdded(PeerState state, int target, long nowMs)
    {
        for (int i = 0; i < state.Store.Slots; i++)
        {
            if (state.Store.IsUsed(i) && !state.Store[i].IsTaken && state.Store[i].Frame.Hops > 0)
            {
                state.Store.Owed.Add(i, target);
            }
        }
    }

    /// <summary>Whether a neighbour that advertises is to be met.</summary>
    /// <param name="state">The node.</param>
    /// <param name="neighbour">Its place; -1 for one that the full table has none for.</param>
    /// <param name="sinceMetMs">
    /// How long ago it was met; <see cref="PeerTimings.MeetDifferentMs"/> for one without a place.
    /// </param>
    /// <param name="nowMs">Now.</param>
    public virtual bool Wants(PeerState state, int neighbour, long sinceMetMs, long nowMs)
    {
        return sinceMetMs >= PeerTimings.MeetAgainMs
            || (sinceMetMs >= PeerTimings.MeetDifferentMs && HasFor(state, neighbour, nowMs));
    }

    /// <summary>Whether a frame waits for a neighbour.</summary>
    public bool HasFor(PeerState state, int neighbour, long nowMs)
    {
        return neighbour >= 0 && state.Store.Newest(state.Store.Owed, neighbour, nowMs) != PeerStore.None;
    }

    /// <summary>A scan is over.</summary>
    public virtual void ScanEnded(PeerState state, long nowMs)
    {
    }

    /// <summary>What HELLO says in a byte that is otherwise unused.</summary>
    public virtual byte HelloWord(PeerState state, PeerLink link) => 0;

    /// <summary>What the other side's HELLO says in it.</summary>
    public virtual void HelloHeard(PeerState state, PeerLink link, byte word)
    {
    }

    /// <summary>Writes a record of the strategy's own that is due: what one has, or could send.</summary>
    /// <returns>Its bytes, 0 when none is due.</returns>
    public virtual int WriteRecord(PeerState state, PeerLink link, Span<byte> record, long nowMs) => 0;

    /// <summary>Takes such a record.</summary>
    /// <returns>False when the link must end.</returns>
    public virtual bool ReadRecord(PeerState state, PeerLink link, ReadOnlySpan<byte> record, long nowMs) => false;

    /// <summary>Whether frames may be sent yet.</summary>
    public virtual bool MaySend(PeerLink link) => true;

    /// <summary>Whether a contact is not to end yet, because the other side has something to say first.</summary>
    public virtual bool IsWaiting(PeerLink link) => false;

    /// <summary>When a stream has something to say again.</summary>
    public virtual long TellsAtMs(PeerState state, PeerLink link) => long.MaxValue;

    /// <summary>
    /// A link is gone. Frames that were under way and may not have arrived are for the same neighbour again already.
    /// </summary>
    public virtual void LinkClosed(PeerState state, PeerLink link)
    {
    }
}
