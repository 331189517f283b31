using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Managed flooding: a relay waits for a random time, and hands on nothing to whoever is heard with it meanwhile; who has
/// heard it often enough hands it on to nobody. A copy that may go farther lends its hops to the one that is held.
/// </summary>
/// <remarks>
/// Meshtastic counts hops as relays: three of them reach four links far. There one copy more is enough to keep silent, because
/// a packet reaches everybody in range; here it reaches one neighbour, and silence after one copy would be the end of most.
/// </remarks>
internal sealed class ManagedFloodStrategy : FloodStrategy
{
    private const byte RelaysMax = 3;
    private const int CopiesEnough = 3;

    /// <summary>Makes it.</summary>
    public ManagedFloodStrategy()
        : base(1 + RelaysMax)
    {
    }

    /// <inheritdoc/>
    public override bool FrameArrived(PeerState state, int slot, int from, long nowMs)
    {
        ref StoredFrame held = ref state.Store[slot];
        if (!held.IsMine)
        {
            // As long as the next window takes when there is something to relay: time enough to hear others.
            held.ReadyMs = nowMs + state.Random.Between(0, PeerTimings.UrgentMaxMs);
        }

        return base.FrameArrived(state, slot, from, nowMs);
    }

    /// <inheritdoc/>
    public override void CopyArrived(PeerState state, int slot, int from, byte hops, long nowMs)
    {
        base.CopyArrived(state, slot, from, hops, nowMs);
        ref StoredFrame held = ref state.Store[slot];
        if (held.IsMine)
        {
            return;
        }

        if (held.Copies >= CopiesEnough)
        {
            state.Store.Owed.RemoveSlot(slot);
            return;
        }

        // The first copy that came need not be the one that came straight.
        bool wasAtItsEnd = held.Frame.Hops == 0;
        held.Frame.Hops = Math.Max(held.Frame.Hops, hops);
        if (wasAtItsEnd && hops > 0)
        {
            state.OweToAll(slot, from, nowMs);
        }
    }
}
