namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Rumour mongering: a frame that is new goes once to three neighbours drawn at random. Who knows fewer finds the others
/// later.
/// </summary>
internal sealed class PushStrategy : PeerStrategy
{
    private const int Fanout = 3;

    /// <inheritdoc/>
    public override bool FrameArrived(PeerState state, int slot, int from, long nowMs)
    {
        uint near = 0;
        for (int target = state.FirstTarget; target < state.TargetCount; target = state.TargetAfter(target))
        {
            near += target != from && state.IsNear(target, nowMs) ? 1u : 0u;
        }

        int wanted = Fanout;
        for (int target = state.FirstTarget; near > 0 && wanted > 0; target = state.TargetAfter(target))
        {
            // Selection sampling: each is taken with probability wanted / near.
            if (target != from && state.IsNear(target, nowMs) && state.Random.NextBelow(near--) < (uint)wanted)
            {
                state.Store.Owed.Add(slot, target);
                wanted--;
            }
        }

        state.Store[slot].PushesLeft = (byte)wanted;
        return wanted < Fanout;
    }

    /// <inheritdoc/>
    public override void TargetAdded(PeerState state, int target, long nowMs)
    {
        for (int i = 0; i < state.Store.Slots; i++)
        {
            if (state.Store.IsUsed(i) && state.Store[i].PushesLeft > 0)
            {
                state.Store.Owed.Add(i, target);
                state.Store[i].PushesLeft--;
            }
        }
    }
}
