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

    /// <summary>Its name on the radio; null for that of the program.</summary>
    public string? Name { get; init; }

    /// <summary>Address of another process's radio, whose time it takes; null for one of its own.</summary>
    public string? Ether { get; init; }

    /// <summary>Number of the UART that gets a serial port on this machine; null for none.</summary>
    public int? Uart { get; init; }

    /// <summary>As in <see cref="Up.LineOptions.Serial"/>.</summary>
    public IReadOnlyList<string>? Serial { get; init; }

    /// <summary>Boards of that radio in reach.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];
}
