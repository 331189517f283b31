namespace WhispurrNet.LongRun.Fleet;

/// <summary>What a run is made from.</summary>
internal sealed record RunOptions
{
    /// <summary>Boards on the line, 2 to 16.</summary>
    public int Boards { get; init; } = 4;

    /// <summary>Board time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Of faults, ether and boards.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether anything goes wrong at all.</summary>
    public bool WithFaults { get; init; } = true;

    /// <summary>Mean board time from one fault to the next.</summary>
    public TimeSpan BetweenFaults { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Share of packets, advertisements and attempts to connect that get lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Seconds from one whisper of a board to its next.</summary>
    public int EverySeconds { get; init; } = 1500;

    /// <summary>A file for every line of every board and every fault; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>The device program.</summary>
    public string Program { get; init; } =
        Path.Combine(AppContext.BaseDirectory, "boards", "EmotionSample", "EmotionSample.exe");
}
