namespace WhispurrNet.Cli.Deploy;

/// <summary>What is deployed, and how.</summary>
internal sealed record DeployOptions
{
    /// <summary>The board's serial port.</summary>
    public required string Port { get; init; }

    /// <summary>The image; null to build it.</summary>
    public string? Image { get; init; }

    /// <summary>The project that the image is built from; null for an image that is there.</summary>
    public string? Project { get; init; }

    /// <summary>Whether nanoff does it.</summary>
    public bool ViaNanoff { get; init; }

    /// <summary>Bits a second; null for those that firmware comes with, one after the other.</summary>
    public int? BaudRate { get; init; }

    /// <summary>Whether to stop before anything is written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether to write JSON.</summary>
    public bool Json { get; init; }
}
