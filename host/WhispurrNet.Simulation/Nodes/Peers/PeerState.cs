using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>What a strategy sees of its node.</summary>
internal sealed class PeerState
{
    /// <summary>An empty node.</summary>
    public PeerState(NodeLimits limits, PeerStrategy strategy, SimRandom random)
    {
        Neighbours = new PeerNeighbours(limits.Neighbours);
        Links = new PeerLink?[limits.Links];
        Store = new PeerStore(limits.Frames, limits.Neighbours + limits.Links, strategy.NamesFrames);
        Seen = new SeenRing(limits.SeenOwn, Store);
        Strategy = strategy;
        Random = random;
    }

    /// <summary>Decides who gets what.</summary>
    public PeerStrategy Strategy { get; }

    /// <summary>The frames held.</summary>
    public PeerStore Store { get; }

    /// <summary>The ids seen.</summary>
    public SeenRing Seen { get; }

    /// <summary>The neighbours, each a target by its place.</summary>
    public PeerNeighbours Neighbours { get; }

    /// <summary>The links; each stream, and each link to somebody without a place, is a target behind the neighbours.</summary>
    public PeerLink?[] Links { get; }

    /// <summary>The node's own.</summary>
    public SimRandom Random { get; }

    /// <summary>Changes whenever there is something new to relay.</summary>
    public uint UrgentVersion { get; set; }

    /// <summary>The target of a link that has no neighbour of its own.</summary>
    public int TargetOfLink(int link) => Neighbours.Capacity + link;

    /// <summary>Whether frames can go to a target: a neighbour heard of late, an open stream.</summary>
    public bool IsNear(int target, long nowMs)
    {
        if (target < Neighbours.Capacity)
        {
            return target < Neighbours.Count && Neighbours.IsNear(target, nowMs);
        }

        PeerLink? link = Links[target - Neighbours.Capacity];
        return link is { State: LinkState.Open, Kind: LinkKind.Stream, HasMet: true };
    }

    /// <summary>Targets, near or not: from 0.</summary>
    public int TargetCount => Neighbours.Capacity + Links.Length;

    /// <summary>The target behind one: places that no neighbour has yet are left out.</summary>
    public int TargetAfter(int target) => target + 1 == Neighbours.Count ? Neighbours.Capacity : target + 1;

    /// <summary>The first target.</summary>
    public int FirstTarget => Neighbours.Count == 0 ? Neighbours.Capacity : 0;

    /// <summary>Lets a frame go to everybody near but the one it came from.</summary>
    /// <returns>Whether there is anybody.</returns>
    public bool OweToAll(int slot, int from, long nowMs)
    {
        bool any = false;
        for (int target = FirstTarget; target < TargetCount; target = TargetAfter(target))
        {
            if (target != from && IsNear(target, nowMs))
            {
                Store.Owed.Add(slot, target);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Notes that a neighbour was heard, and tells the strategy of a new one.</summary>
    /// <returns>Its place, or <see cref="PeerNeighbours.None"/>.</returns>
    public int Heard(ulong address, long nowMs)
    {
        int index = Neighbours.Heard(address, nowMs, out bool isNew);
        if (isNew)
        {
            Store.ForgetTarget(index);
            Strategy.TargetAdded(this, index, nowMs);
        }

        return index;
    }
}
