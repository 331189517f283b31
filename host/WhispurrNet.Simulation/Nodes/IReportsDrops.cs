namespace WhispurrNet.Simulation.Nodes;

/// <summary>A node that says what its bounds have cost, and how much it holds.</summary>
internal interface IReportsDrops
{
    /// <summary>Frames of its network that a named cap refused, evicted or put off, since the node started.</summary>
    long Drops { get; }

    /// <summary>Frames held, and the most there may be.</summary>
    (int Held, int Most) Frames { get; }

    /// <summary>Neighbours remembered, and the most there may be.</summary>
    (int Held, int Most) Neighbours { get; }

    /// <summary>The frame id of the last whisper that was sent here.</summary>
    ulong LastSentId { get; }

    /// <summary>Whether the frame of an id is held.</summary>
    bool Holds(ulong frameId);
}
