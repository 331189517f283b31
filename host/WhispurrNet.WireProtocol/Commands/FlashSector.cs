namespace WhispurrNet.WireProtocol;

/// <summary>What blocks of flash are used for.</summary>
public enum FlashUsage : uint
{
    /// <summary>Bootloader.</summary>
    Bootstrap = 0x10,

    /// <summary>The CLR.</summary>
    Code = 0x20,

    /// <summary>Configuration.</summary>
    Configuration = 0x30,

    /// <summary>Files.</summary>
    FileSystem = 0x40,

    /// <summary>The program.</summary>
    Deployment = 0x50,

    /// <summary>Updates.</summary>
    Update = 0x60,
}

/// <summary>A run of equal blocks, an entry of the answer to <see cref="Command.FlashSectorMap"/>: 16 bytes.</summary>
/// <param name="Start">Address of the first.</param>
/// <param name="Blocks">How many.</param>
/// <param name="BytesPerBlock">Bytes of each: what is erased at once.</param>
/// <param name="Flags">The usage in the lowest byte; what the flash can do in the second.</param>
public readonly record struct FlashSector(uint Start, uint Blocks, uint BytesPerBlock, uint Flags)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 16;

    /// <summary>In <see cref="Flags"/>: it is read through memory.</summary>
    public const uint MemoryMapped = 0x100;

    private const uint UsageMask = 0xFF;

    // Of the flags, the widths in which the flash is programmed: 64 bits is 0x200, and so on to 2048 bits.
    private const int FirstWidthBit = 9;
    private const int LastWidthBit = 14;

    /// <summary>What it is used for.</summary>
    public FlashUsage Usage => (FlashUsage)(Flags & UsageMask);

    /// <summary>Bytes of all blocks.</summary>
    public ulong Length => (ulong)Blocks * BytesPerBlock;

    /// <summary>Bytes that must be programmed together, at least 4.</summary>
    public int ProgramBytes
    {
        get
        {
            for (int bit = FirstWidthBit; bit <= LastWidthBit; bit++)
            {
                if ((Flags & (1u << bit)) != 0)
                {
                    return 8 << (bit - FirstWidthBit);
                }
            }

            return 4;
        }
    }

    /// <summary>Reads the whole entries of an answer.</summary>
    public static IReadOnlyList<FlashSector> ReadAll(ReadOnlySpan<byte> payload)
    {
        var sectors = new FlashSector[payload.Length / Bytes];
        for (int i = 0; i < sectors.Length; i++)
        {
            ReadOnlySpan<byte> entry = payload.Slice(i * Bytes, Bytes);
            sectors[i] = new(Words.At(entry, 0), Words.At(entry, 1), Words.At(entry, 2), Words.At(entry, 3));
        }

        return sectors;
    }

    /// <summary>The payload of an answer.</summary>
    public static byte[] ToPayload(IEnumerable<FlashSector> sectors) =>
        Words.Write([.. sectors.SelectMany(s => new[] { s.Start, s.Blocks, s.BytesPerBlock, s.Flags })]);
}
