namespace WhispurrNet.Simulation.Nodes;

/// <summary>For whom a whisper is.</summary>
internal enum WhisperKind
{
    /// <summary>Everybody.</summary>
    Broadcast,

    /// <summary>One contact of the sender's.</summary>
    Direct,

    /// <summary>Everybody, before all others.</summary>
    Emergency,
}

/// <summary>One whisper of the load.</summary>
internal sealed class SimulatedWhisper(int number, WhisperKind kind, int origin)
{
    /// <summary>From 0; what its payload says.</summary>
    public int Number { get; } = number;

    /// <summary>For whom it is.</summary>
    public WhisperKind Kind { get; } = kind;

    /// <summary>The node that sends it.</summary>
    public int Origin { get; } = origin;

    /// <summary>The node that a direct one is for: its sender chooses among its contacts when it sends; -1 before.</summary>
    public int Recipient { get; set; } = -1;

    /// <summary>When it was accepted, milliseconds; -1 before.</summary>
    public long SentMs { get; set; } = -1;

    /// <summary>Whether the sender was told that it arrived.</summary>
    public bool Acknowledged { get; set; }
}
