using WhispurrNet.Protocol.Node;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes.Peers.Strategies;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>Makes the nodes that the boards' core is compared with.</summary>
internal static class PeerFactory
{
    private static readonly FloodStrategy s_flood7 = new(7);
    private static readonly FloodStrategy s_flood = new(PeerFrame.NoHopLimit);
    private static readonly SyncedFloodStrategy s_flood7Sync = new(7);
    private static readonly ManagedFloodStrategy s_managed3 = new();
    private static readonly PushStrategy s_push3 = new();
    private static readonly GossipsubStrategy s_gossipsub = new();
    private static readonly PullStrategy s_pull = new();

    /// <summary>Makes a node.</summary>
    /// <param name="strategyName">One of <see cref="StrategyNames"/>, not the boards' own.</param>
    /// <param name="limits">Frames held, ids seen, neighbours, links.</param>
    /// <param name="address">Its Bluetooth address, 48 bits.</param>
    /// <param name="seed">Of all that it draws.</param>
    /// <param name="lifetimeMs">Lifetime of the frames that begin here, milliseconds, 1 to 24 h.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="number">
    /// Its number in the world, which direct whispers are for; -1 for a relay without an application, as a gateway is.
    /// </param>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public static PeerNode Create(
        string strategyName, NodeLimits limits, ulong address, int seed, long lifetimeMs, long nowMs, int number)
    {
        PeerStrategy strategy = strategyName switch
        {
            StrategyNames.Flood7 => s_flood7,
            StrategyNames.Flood => s_flood,
            StrategyNames.Flood7Sync => s_flood7Sync,
            StrategyNames.Managed3 => s_managed3,
            StrategyNames.Push3 => s_push3,
            StrategyNames.Gossipsub => s_gossipsub,
            StrategyNames.Pull => s_pull,
            _ => throw new ArgumentException($"No peer is called '{strategyName}'.", nameof(strategyName)),
        };
        SimRandom random = new(((ulong)(uint)seed << 32) ^ address);
        PeerState state = new(limits, strategy, random);
        return new PeerNode(state, address, number, lifetimeMs, nowMs);
    }
}
