using WhispurrNet.DeviceImages;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Boards;

/// <summary>What a board says of itself. All that it did not say is null.</summary>
internal sealed record BoardAnswer
{
    /// <summary>The assembly by whose version WhispurrNet's is known.</summary>
    private const string BoardAssembly = "WhispurrNet.Board";

    /// <summary>Bits a second at which it answered, or was heard.</summary>
    public int? BaudRate { get; init; }

    /// <summary>Names and versions of its firmware.</summary>
    public TargetInfo? Firmware { get; init; }

    /// <summary>Whether its booter answered, and not its CLR.</summary>
    public bool? IsBooter { get; init; }

    /// <summary>The assemblies in its flash for programs.</summary>
    public IReadOnlyList<DeployedAssembly> Program { get; init; } = [];

    /// <summary>Its name, by its own line.</summary>
    public string? Name { get; init; }

    /// <summary>Its identity of the hour, by its own line.</summary>
    public string? Identity { get; init; }

    /// <summary>Whether it is a member of a network, by its own line.</summary>
    public bool? IsMember { get; init; }

    /// <summary>Why it could not be asked or heard, as one sentence.</summary>
    public string? Trouble { get; init; }

    /// <summary>WhispurrNet's version on it.</summary>
    public ReleaseVersion? WhispurrNet => Program.FirstOrDefault(a => a.Name == BoardAssembly)?.Version;
}
