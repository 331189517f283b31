namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Flooding: a frame that is new goes once to every neighbour known at that time, but not to the one that it came from, nor to
/// one that has meanwhile sent it itself.
/// </summary>
/// <param name="hops">How often a frame is handed on; the frame is dead weight after that.</param>
internal class FloodStrategy(byte hops) : PeerStrategy
{
    /// <inheritdoc/>
    public override byte Hops => hops;

    /// <inheritdoc/>
    public override bool FrameArrived(PeerState state, int slot, int from, long nowMs)
    {
        return state.Store[slot].Frame.Hops > 0 && state.OweToAll(slot, from, nowMs);
    }
}
