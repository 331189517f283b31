using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Simulation.Nodes;

/// <summary>What makes a node different from others.</summary>
/// <param name="Limits">Size of its tables.</param>
/// <param name="ClockPartsPerMillion">How much its clock runs fast; negative for slow.</param>
/// <param name="UnixSeconds">What it takes for the time of day at the world's beginning; 0 without a clock.</param>
/// <param name="IsLiar">Whether it claims to have seen everything.</param>
/// <param name="IsFlooder">Whether it has no budget as an origin.</param>
internal sealed record NodeTraits(
    NodeLimits Limits, int ClockPartsPerMillion = 0, long UnixSeconds = 0, bool IsLiar = false, bool IsFlooder = false);

/// <summary>What a node tells the world that no bytes on air show.</summary>
internal interface INodeEvents
{
    /// <summary>A frame was stored.</summary>
    void FrameStored(ulong frameId, bool isMine);

    /// <summary>The node has a new identity, of 16 bytes that are to be read at once.</summary>
    void IdentityTaken(byte[] id);

    /// <summary>The sender of a direct whisper was told that it arrived.</summary>
    void Acknowledged(SimulatedWhisper whisper);

    /// <summary>Which node an identity belongs to; -1 when that is gone.</summary>
    int NodeOf(byte[] id);
}
