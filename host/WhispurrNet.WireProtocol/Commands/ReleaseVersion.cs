using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>A version of firmware or of an assembly: four 16-bit numbers, 8 bytes.</summary>
/// <param name="Major">First number.</param>
/// <param name="Minor">Second number.</param>
/// <param name="Build">Third number.</param>
/// <param name="Revision">Fourth number.</param>
public readonly record struct ReleaseVersion(ushort Major, ushort Minor, ushort Build, ushort Revision)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 8;

    /// <summary>Reads it.</summary>
    /// <param name="source">At least <see cref="Bytes"/>.</param>
    public static ReleaseVersion Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(source),
        BinaryPrimitives.ReadUInt16LittleEndian(source[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[6..]));

    /// <summary>Writes it.</summary>
    /// <param name="destination">At least <see cref="Bytes"/>.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, Major);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], Minor);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[4..], Build);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], Revision);
    }

    /// <summary>With dots between the numbers.</summary>
    public override string ToString() => $"{Major}.{Minor}.{Build}.{Revision}";
}
