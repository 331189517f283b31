using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages;

/// <summary>Whether an image fits the firmware of a board.</summary>
public static class NativeCheck
{
    /// <summary>Finds what would keep the CLR from starting the program.</summary>
    /// <param name="parts">The assemblies of the image.</param>
    /// <param name="natives">What the board reports.</param>
    /// <returns>One sentence for each reason; none when it fits.</returns>
    public static IReadOnlyList<string> Compare(
        IReadOnlyList<ImagePart> parts, IReadOnlyList<NativeAssembly> natives) =>
        [
            .. parts.Select(p => CompareOne(p.Assembly, natives)).OfType<string>(),
            .. parts.SelectMany(p => p.Assembly.References.Select(r => FindReference(p.Assembly, r, parts)))
                .OfType<string>(),
        ];

    // The firmware compares whenever it holds a native part of that name, also with the 0 of an assembly that has none.
    private static string? CompareOne(DeviceAssembly assembly, IReadOnlyList<NativeAssembly> natives)
    {
        NativeAssembly? native = natives.FirstOrDefault(n => n.Name == assembly.Name);
        return native is null
            ? assembly.NativeChecksum == 0
                ? null
                : $"{assembly.Name} {assembly.Version} needs native code (checksum 0x{assembly.NativeChecksum:X8}), "
                    + "of which the board's firmware has none."
            : native.Checksum == assembly.NativeChecksum
                ? null
                : $"{assembly.Name} {assembly.Version} needs native code with checksum "
                    + $"0x{assembly.NativeChecksum:X8}, the board's firmware has 0x{native.Checksum:X8} "
                    + $"(version {native.Version}).";
    }

    private static string? FindReference(
        DeviceAssembly assembly, AssemblyReference reference, IReadOnlyList<ImagePart> parts)
    {
        DeviceAssembly? found = parts.Select(p => p.Assembly).FirstOrDefault(a => a.Name == reference.Name);
        return found is null
            ? $"{assembly.Name} needs {reference.Name} {reference.Version}, which the image does not hold."
            : found.Version.Major == reference.Version.Major && found.Version.Minor == reference.Version.Minor
                ? null
                : $"{assembly.Name} needs {reference.Name} {reference.Version}, the image holds {found.Version}.";
    }
}
