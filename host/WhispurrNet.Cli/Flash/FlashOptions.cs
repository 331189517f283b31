namespace WhispurrNet.Cli.Flash;

/// <summary>What to flash, and how.</summary>
internal sealed record FlashOptions
{
    /// <summary>The port the board is on.</summary>
    public required string Port { get; init; }

    /// <summary>The image, or null: the one for the chip.</summary>
    public string? Target { get; init; }

    /// <summary>The image's version, or null: the newest.</summary>
    public string? FirmwareVersion { get; init; }

    /// <summary>A folder of images to take instead of downloading, or null.</summary>
    public string? Archive { get; init; }

    /// <summary>Bits a second for the transfer, or null: nanoff's own choice, 1,500,000.</summary>
    public int? BaudRate { get; init; }

    /// <summary>Whether the whole flash is erased first.</summary>
    public bool MassErase { get; init; }

    /// <summary>Whether the board's configuration is read first and written again.</summary>
    public bool KeepConfiguration { get; init; } = true;

    /// <summary>A file to read the whole flash into first, or null.</summary>
    public string? Backup { get; init; }

    /// <summary>A backup whose configuration is written back instead of an image, or null.</summary>
    public string? Restore { get; init; }

    /// <summary>A program to deploy afterwards, or null.</summary>
    public string? Image { get; init; }

    /// <summary>Where the program goes through the boot loader, or null: where the board says.</summary>
    public uint? Address { get; init; }

    /// <summary>Where nanoff is, or null: to be found.</summary>
    public string? Nanoff { get; init; }
}
