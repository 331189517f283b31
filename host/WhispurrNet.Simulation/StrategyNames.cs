namespace WhispurrNet.Simulation;

/// <summary>Names of everything that can run in the nodes.</summary>
public static class StrategyNames
{
    /// <summary>The node core that boards run.</summary>
    public const string Whispurr = "whispurr";

    /// <summary>Every frame to every neighbour, seven hops far.</summary>
    public const string Flood7 = "flood-7";

    /// <summary>Every frame to every neighbour, without a limit of hops.</summary>
    public const string Flood = "flood";

    /// <summary>Seven hops of flooding, and filters of what is held against losses, as bitchat does.</summary>
    public const string Flood7Sync = "flood-7-gcs";

    /// <summary>Three hops, not passed on to whoever has it already, as Meshtastic does.</summary>
    public const string Managed3 = "managed-3";

    /// <summary>To three neighbours drawn at random.</summary>
    public const string Push3 = "push-3";

    /// <summary>Pushed to six, named to the others, as gossipsub does.</summary>
    public const string Gossipsub = "gossipsub-6";

    /// <summary>Asked for, never pushed.</summary>
    public const string Pull = "pull";

    /// <summary>All of them, the node core first.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Whispurr, Flood7, Flood, Flood7Sync, Managed3, Push3, Gossipsub, Pull];
}
