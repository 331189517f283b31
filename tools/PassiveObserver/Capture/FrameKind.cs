namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>What a frame is, which an observer would like to know.</summary>
internal enum FrameKind
{
    /// <summary>A whisper to an intent.</summary>
    Resonance,

    /// <summary>A whisper to everyone in the network.</summary>
    Broadcast,

    /// <summary>A whisper to one identity.</summary>
    Direct,

    /// <summary>What a node sends of its own accord when a direct whisper came or was not answered.</summary>
    Acknowledgement,

    /// <summary>A contact card.</summary>
    Card,

    /// <summary>An emergency.</summary>
    Emergency,

    /// <summary>A frame without content.</summary>
    Cover,
}
