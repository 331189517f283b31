namespace WhispurrNet.Cli.SingleBoard;

/// <summary>What a single virtual board is made from.</summary>
internal sealed record BoardOptions
{
    /// <summary>The device executable, a full path.</summary>
    public required string Program { get; init; }

    /// <summary>The settings file; null for the one beside the program, if there is one.</summary>
    public required string? Settings { get; init; }

    /// <summary>Board seconds in one real second.</summary>
    public required double Speed { get; init; }
}
