using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Up;

/// <summary>Which boards of a line have the full size, as those with external RAM do.</summary>
internal enum LineSize
{
    /// <summary>Those for which a small one would not do (<see cref="LineBoard.NeedsFullSize"/>).</summary>
    Mixed,

    /// <summary>None.</summary>
    Small,

    /// <summary>All.</summary>
    Full,
}

/// <summary>What a line of virtual boards is made from.</summary>
internal sealed record LineOptions
{
    /// <summary>Number of boards.</summary>
    public required int Boards { get; init; }

    /// <summary>Board seconds in one real second.</summary>
    public required double Speed { get; init; }

    /// <summary>Which boards have the full size.</summary>
    public LineSize Size { get; init; } = LineSize.Mixed;

    /// <summary>Probability that a Bluetooth packet is lost.</summary>
    public required double Loss { get; init; }

    /// <summary>Makes latencies, losses and the boards' randomness repeat; null for real randomness.</summary>
    public required int? Seed { get; init; }

    /// <summary>The gateway, join code included.</summary>
    public required GatewayOptions Gateway { get; init; }

    /// <summary>
    /// Whether the boards send nothing of their own: an unattended run measures the desk's whispers, not the queue
    /// behind those that the sample sends.
    /// </summary>
    public bool AreBoardsQuiet { get; init; }

    /// <summary>The address at which boards of other processes may join the radio; null if they may not.</summary>
    public string? EtherListen { get; init; }

    /// <summary>
    /// Folders with manifests of the images that may be deployed to the boards, whose serial ports then exist; null for
    /// boards without ports.
    /// </summary>
    public IReadOnlyList<string>? Serial { get; init; }

    /// <summary>The device program that the boards run.</summary>
    public string Program { get; init; } = BundledProgram;

    /// <summary>The sample that comes with this command.</summary>
    public static string BundledProgram { get; } =
        Path.Combine(AppContext.BaseDirectory, "boards", "EmotionSample", "EmotionSample.exe");
}
