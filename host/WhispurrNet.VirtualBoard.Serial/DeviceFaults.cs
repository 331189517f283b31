namespace WhispurrNet.Virtual.Serial;

/// <summary>How a board misbehaves on its line. All members may be changed at any time.</summary>
public sealed class DeviceFaults
{
    /// <summary>Bytes of a thousand, of those the board sends, that never arrive.</summary>
    public int DropSentPerMille { get; set; }

    /// <summary>Bytes of a thousand, of those sent to it, that never arrive.</summary>
    public int DropReceivedPerMille { get; set; }

    /// <summary>The seed of what is dropped.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>After so many sent bytes it pauses; 0 for never.</summary>
    public int StallEveryBytes { get; set; }

    /// <summary>How long it then pauses.</summary>
    public int StallMs { get; set; }

    /// <summary>Whether it reads and never answers.</summary>
    public bool IsMute { get; set; }

    /// <summary>The power goes after so many more received bytes; null for never.</summary>
    public long? PowerCutAfterReceived { get; set; }

    /// <summary>
    /// The power goes after so much more work on the flash: one for each programmed byte, 256 for each erased sector of
    /// 4 KB. Null for never.
    /// </summary>
    public long? PowerCutAfterFlashWork { get; set; }
}
