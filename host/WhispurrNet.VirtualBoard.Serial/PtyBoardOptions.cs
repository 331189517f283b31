using WhispurrNet.Virtual.Serial.Programs;

namespace WhispurrNet.Virtual.Serial;

/// <summary>What a <see cref="PtyBoard"/> is made from.</summary>
public sealed record PtyBoardOptions
{
    /// <summary>What it says of itself.</summary>
    public DeviceDescription Description { get; init; } = DeviceDescription.C3;

    /// <summary>The programs it can run when they are deployed.</summary>
    public KnownPrograms Programs { get; init; } = new();

    /// <summary>How it misbehaves.</summary>
    public DeviceFaults Faults { get; init; } = new();

    /// <summary>Whether the board comes with its program, which runs until another one is deployed.</summary>
    public bool IsResident { get; init; } = true;

    /// <summary>Whether bytes are garbled for whoever opens the port at another rate than the board's.</summary>
    public bool MindsBaudRate { get; init; } = true;
}
