using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers.Strategies;

/// <summary>
/// Gossipsub: a frame that is new is pushed to the six or so neighbours of a mesh, and named to the others once, who ask for
/// it if they lack it.
/// </summary>
/// <remarks>
/// In its favour: a wish to be in somebody's mesh and the end of it cost no record, but stand in HELLO; ids have six bytes, and
/// are asked for by one bit each; and what was named to nobody yet is named to whoever is met, however old it is.
/// </remarks>
internal sealed class GossipsubStrategy : PeerStrategy
{
    private const int MeshSize = 6;
    private const int MeshLow = 4;
    private const int MeshHigh = 12;
    private const byte Graft = 1;
    private const byte Prune = 2;

    /// <inheritdoc/>
    public override bool NamesFrames => true;

    /// <inheritdoc/>
    public override bool FrameArrived(PeerState state, int slot, int from, long nowMs)
    {
        bool pushes = false;
        for (int target = state.FirstTarget; target < state.TargetCount; target = state.TargetAfter(target))
        {
            if (target == from || !state.IsNear(target, nowMs))
            {
                continue;
            }

            bool isMesh = IsMesh(state, target);
            (isMesh ? state.Store.Owed : state.Store.Named).Add(slot, target);
            pushes |= isMesh;
        }

        return pushes;
    }

    /// <inheritdoc/>
    public override void TargetAdded(PeerState state, int target, long nowMs)
    {
        if (CountMesh(state, nowMs) < MeshSize)
        {
            SetMesh(state, target, true);
        }

        // Pushed is what nobody has yet; all else the newcomer may well have.
        bool isMesh = IsMesh(state, target);
        for (int i = 0; i < state.Store.Slots; i++)
        {
            if (state.Store.IsUsed(i))
            {
                (isMesh && !state.Store[i].IsTaken ? state.Store.Owed : state.Store.Named).Add(i, target);
            }
        }
    }

    /// <inheritdoc/>
    public override bool Wants(PeerState state, int neighbour, long sinceMetMs, long nowMs)
    {
        return neighbour < 0 || base.Wants(state, neighbour, sinceMetMs, nowMs);
    }

    /// <summary>Keeps the mesh at its size, once in a client window in place of once in a second.</summary>
    public override void ScanEnded(PeerState state, long nowMs)
    {
        PeerNeighbours neighbours = state.Neighbours;
        for (int i = 0; i < neighbours.Count; i++)
        {
            neighbours[i].IsMesh &= neighbours.IsNear(i, nowMs);
        }

        int mesh = CountMesh(state, nowMs);
        if (mesh < MeshLow)
        {
            Draw(state, MeshSize - mesh, false, nowMs);
        }
        else if (mesh > MeshHigh)
        {
            Draw(state, mesh - MeshSize, true, nowMs);
        }
    }

    /// <inheritdoc/>
    public override byte HelloWord(PeerState state, PeerLink link)
    {
        int index = link.Kind == LinkKind.Contact ? state.Neighbours.Find(link.Neighbour) : PeerNeighbours.None;
        if (index == PeerNeighbours.None)
        {
            return 0;
        }

        bool isPruned = state.Neighbours[index].IsPruned;
        state.Neighbours[index].IsPruned = false;
        return state.Neighbours[index].IsMesh ? Graft : isPruned ? Prune : (byte)0;
    }

    /// <inheritdoc/>
    public override void HelloHeard(PeerState state, PeerLink link, byte word)
    {
        if (link.Target >= state.Neighbours.Count)
        {
            return;
        }

        ref PeerNeighbour neighbour = ref state.Neighbours[link.Target];
        if (word == Prune)
        {
            neighbour.IsMesh = false;
        }
        else if (word == Graft && !neighbour.IsMesh)
        {
            neighbour.IsMesh = CountMesh(state, link.ReceivedMs) < MeshHigh;
            neighbour.IsPruned = !neighbour.IsMesh;
        }
    }

    /// <inheritdoc/>
    public override int WriteRecord(PeerState state, PeerLink link, Span<byte> record, long nowMs)
    {
        if (nowMs < TellsAtMs(state, link))
        {
            return 0;
        }

        int count = 0;
        int at = PeerRecord.IHaveHeader;
        while (count < PeerRecord.IdsMax)
        {
            int slot = state.Store.Newest(state.Store.Named, link.Target, nowMs);
            if (slot == PeerStore.None)
            {
                break;
            }

            state.Store.Named.Remove(slot, link.Target);
            link.NoteNamed(slot, state.Store[slot].Arrival);
            NameLists.WriteId(record[at..], state.Store[slot].Frame.Id);
            at += PeerRecord.IdSize;
            count++;
        }

        if (count == 0)
        {
            return 0;
        }

        link.TellAtMs = nowMs + LinkTimings.OfferEveryMs;
        record[0] = PeerRecord.IHave;
        record[1] = (byte)count;
        return at;
    }

    /// <inheritdoc/>
    public override bool ReadRecord(PeerState state, PeerLink link, ReadOnlySpan<byte> record, long nowMs)
    {
        if (record[0] != PeerRecord.IHave || record.Length < PeerRecord.IHaveHeader || link.WantCount > 0)
        {
            return false;
        }

        int count = record[1];
        if (count is 0 or > PeerRecord.IdsMax
            || record.Length != PeerRecord.IHaveHeader + (count * PeerRecord.IdSize))
        {
            return false;
        }

        NameLists.TakeIds(state, link, record[PeerRecord.IHaveHeader..], count);
        return true;
    }

    /// <inheritdoc/>
    public override long TellsAtMs(PeerState state, PeerLink link)
    {
        if (link.NamedCount > 0 || state.Store.Named.CountOf(link.Target) == 0)
        {
            return long.MaxValue;
        }

        return link.Kind == LinkKind.Contact ? 0 : link.TellAtMs;
    }

    /// <inheritdoc/>
    public override void LinkClosed(PeerState state, PeerLink link)
    {
        for (int i = 0; i < link.NamedCount; i++)
        {
            (int slot, uint arrival) = link.NamedAt(i);
            if (state.Store.Holds(slot, arrival))
            {
                state.Store.Named.Add(slot, link.Target);
            }
        }
    }

    private static bool IsMesh(PeerState state, int target)
    {
        return target < state.Neighbours.Capacity
            ? state.Neighbours[target].IsMesh
            : state.Links[target - state.Neighbours.Capacity]!.IsMesh;
    }

    private static void SetMesh(PeerState state, int target, bool isMesh)
    {
        if (target < state.Neighbours.Capacity)
        {
            ref PeerNeighbour neighbour = ref state.Neighbours[target];
            neighbour.IsPruned |= neighbour.IsMesh && !isMesh;
            neighbour.IsMesh = isMesh;
        }
        else
        {
            state.Links[target - state.Neighbours.Capacity]!.IsMesh = isMesh;
        }
    }

    private static int CountMesh(PeerState state, long nowMs)
    {
        int count = 0;
        for (int target = state.FirstTarget; target < state.TargetCount; target = state.TargetAfter(target))
        {
            count += state.IsNear(target, nowMs) && IsMesh(state, target) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Draws members at random: to be dropped, or to become such.</summary>
    private static void Draw(PeerState state, int wanted, bool members, long nowMs)
    {
        uint left = 0;
        for (int target = state.FirstTarget; target < state.TargetCount; target = state.TargetAfter(target))
        {
            left += state.IsNear(target, nowMs) && IsMesh(state, target) == members ? 1u : 0u;
        }

        for (int target = state.FirstTarget; left > 0 && wanted > 0; target = state.TargetAfter(target))
        {
            if (state.IsNear(target, nowMs) && IsMesh(state, target) == members
                && state.Random.NextBelow(left--) < (uint)wanted)
            {
                SetMesh(state, target, !members);
                wanted--;
            }
        }
    }
}
