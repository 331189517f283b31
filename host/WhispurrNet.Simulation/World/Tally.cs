namespace WhispurrNet.Simulation.World;

/// <summary>What is counted while a world runs.</summary>
internal sealed class Tally
{
    public long Connected { get; set; }

    public long Finished { get; set; }

    public long Failed { get; set; }

    public long Fruitless { get; set; }

    public long ContactBytes { get; set; }

    public long StreamBytes { get; set; }

    public long DiscoveryBytes { get; set; }

    /// <summary>Frames that were new to the node that took them.</summary>
    public long FramesTaken { get; set; }

    /// <summary>Everything on air but advertisements.</summary>
    public long Bytes => ContactBytes + StreamBytes + DiscoveryBytes;
}
