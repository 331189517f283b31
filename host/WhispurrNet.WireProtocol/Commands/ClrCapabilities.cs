namespace WhispurrNet.WireProtocol;

/// <summary>What <see cref="Command.QueryClrCapabilities"/> asks for, in the lowest byte of its one word.</summary>
public enum ClrQuery : uint
{
    /// <summary>A word of <see cref="ClrFeatures"/>.</summary>
    Features = 1,

    /// <summary>Compiler and date of the build: 42 bytes.</summary>
    Build = 3,

    /// <summary>Release and serial numbers: 252 bytes.</summary>
    System = 5,

    /// <summary>Release of the CLR and, behind its 200 bytes, the version of the core library.</summary>
    Clr = 6,

    /// <summary>Release of the target: 200 bytes.</summary>
    Target = 7,

    /// <summary>Native assemblies, each a <see cref="NativeAssembly"/>; which of them, in the two upper bytes.</summary>
    NativeAssemblies = 8,

    /// <summary>How many native assemblies there are: one word.</summary>
    NativeAssemblyCount = 9,
}

/// <summary>What the CLR can do.</summary>
[Flags]
public enum ClrFeatures : uint
{
    /// <summary>Nothing of it.</summary>
    None = 0,

    /// <summary>Floating point in hardware or software.</summary>
    FloatingPoint = 0x1,

    /// <summary>Debugging by source lines.</summary>
    SourceLevelDebugging = 0x2,

    /// <summary>Several application domains.</summary>
    AppDomains = 0x4,

    /// <summary>Exception filters.</summary>
    ExceptionFilters = 0x8,

    /// <summary>Assemblies are deployed into blocks.</summary>
    IncrementalDeployment = 0x10,

    /// <summary>The CLR can restart without the chip.</summary>
    SoftReboot = 0x20,

    /// <summary>The configuration must be erased before it is written.</summary>
    ConfigurationNeedsErase = 0x800,

    /// <summary>The device has a nanoBooter.</summary>
    NanoBooter = 0x1000,

    /// <summary>The MAC address can be changed.</summary>
    ChangeableMac = 0x2000,
}

/// <summary>A native part that the firmware holds for an assembly: 140 bytes.</summary>
/// <remarks>
/// <code>
/// 0          4         12            140
/// | checksum | version | name, zeros |
/// </code>
/// An assembly with native methods runs only where its own checksum of them (<c>nativeMethodsChecksum</c> of its PE
/// file) is the one told here.
/// </remarks>
/// <param name="Name">Name of the assembly, up to 127 bytes.</param>
/// <param name="Version">Version of the native part, which need not be that of the assembly.</param>
/// <param name="Checksum">Checksum of its native methods.</param>
public sealed record NativeAssembly(string Name, ReleaseVersion Version, uint Checksum)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 140;

    /// <summary>
    /// The most entries to ask for at once: as many as fit a packet of <see cref="PacketHeader.MaxDevicePayload"/>.
    /// </summary>
    public const int MaxPerQuery = PacketHeader.MaxDevicePayload / Bytes;

    private const int VersionAt = 4;
    private const int NameAt = 12;
    private const int StartShift = 16;
    private const int CountShift = 24;

    /// <summary>The word that asks for some of them. Start and count 0 ask for all, which may be too long.</summary>
    /// <param name="start">The first, 0 to 255.</param>
    /// <param name="count">How many, 0 to 255.</param>
    public static uint Query(int start, int count) =>
        (uint)ClrQuery.NativeAssemblies | ((uint)start << StartShift) | ((uint)count << CountShift);

    /// <summary>Start and count of such a word.</summary>
    public static (int Start, int Count) ReadQuery(uint word) =>
        ((int)((word >> StartShift) & 0xFF), (int)(word >> CountShift));

    /// <summary>Reads the whole entries of an answer.</summary>
    public static IReadOnlyList<NativeAssembly> ReadAll(ReadOnlySpan<byte> payload)
    {
        var assemblies = new NativeAssembly[payload.Length / Bytes];
        for (int i = 0; i < assemblies.Length; i++)
        {
            ReadOnlySpan<byte> entry = payload.Slice(i * Bytes, Bytes);
            assemblies[i] = new(
                FixedText.Read(entry[NameAt..]), ReleaseVersion.Read(entry[VersionAt..]), Words.At(entry, 0));
        }

        return assemblies;
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="destination">At least <see cref="Bytes"/>.</param>
    public void Write(Span<byte> destination)
    {
        Words.Write(Checksum).CopyTo(destination);
        Version.Write(destination[VersionAt..]);
        FixedText.Write(destination[NameAt..Bytes], Name);
    }
}
