using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>What the first eight bytes of a packet say.</summary>
public enum PacketMarker
{
    /// <summary><c>NFPKTV1</c> and a zero: every packet.</summary>
    Packet,

    /// <summary><c>NFDBGV1</c> and a zero: accepted as well.</summary>
    Debugger,
}

/// <summary>The 32 bytes before every payload, little-endian.</summary>
/// <remarks>
/// <code>
/// 0       8        12       16      20       22        24      28     32
/// | marker | crc of | crc of | com-  | seq-   | replies | flags | size |
/// |        | header | payload| mand  | uence  | to      |       |      |
/// </code>
/// The header's checksum is taken over all 32 bytes with its own field zero. Firmware built without checksums, as it is
/// for the ESP32 by default, sends both as 0 and checks none.
/// </remarks>
/// <param name="Marker">Which marker it began with.</param>
/// <param name="HeaderCrc">The header's checksum as it was sent.</param>
/// <param name="DataCrc">The payload's checksum as it was sent.</param>
/// <param name="Command">What it asks or says; values without a name come as they are.</param>
/// <param name="Sequence">The sender's number of it.</param>
/// <param name="ReplyTo">In a reply, the number of the request.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Size">Bytes of payload behind it.</param>
public readonly record struct PacketHeader(
    PacketMarker Marker,
    uint HeaderCrc,
    uint DataCrc,
    Command Command,
    ushort Sequence,
    ushort ReplyTo,
    PacketFlags Flags,
    uint Size)
{
    /// <summary>Bytes of a header.</summary>
    public const int Bytes = 32;

    /// <summary>Bytes of a marker.</summary>
    public const int MarkerBytes = 8;

    /// <summary>The most payload a device takes.</summary>
    public const int MaxDevicePayload = 1024;

    /// <summary>The most payload a host takes.</summary>
    public const int MaxHostPayload = 2048;

    private const int HeaderCrcAt = 8;
    private const int DataCrcAt = 12;
    private const int CommandAt = 16;
    private const int SequenceAt = 20;
    private const int ReplyToAt = 22;
    private const int FlagsAt = 24;
    private const int SizeAt = 28;

    /// <summary>Whether it carries no checksums: both fields are 0.</summary>
    public bool Unchecked => HeaderCrc == 0 && DataCrc == 0;

    /// <summary>Whether it answers a request.</summary>
    public bool IsReply => (Flags & PacketFlags.Reply) != 0;

    /// <summary>Whether it says that a command failed, or that a packet was refused.</summary>
    public bool IsNack => (Flags & PacketFlags.Nack) != 0;

    internal static ReadOnlySpan<byte> PacketMarkerBytes => "NFPKTV1\0"u8;

    internal static ReadOnlySpan<byte> DebuggerMarkerBytes => "NFDBGV1\0"u8;

    /// <summary>Reads a header, whatever its checksums say.</summary>
    /// <returns>False when fewer than <see cref="Bytes"/> are there, or no marker begins them.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out PacketHeader header)
    {
        header = default;
        if (source.Length < Bytes)
        {
            return false;
        }

        bool isPacket = source.StartsWith(PacketMarkerBytes);
        if (!isPacket && !source.StartsWith(DebuggerMarkerBytes))
        {
            return false;
        }

        header = new(
            isPacket ? PacketMarker.Packet : PacketMarker.Debugger,
            BinaryPrimitives.ReadUInt32LittleEndian(source[HeaderCrcAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[DataCrcAt..]),
            (Command)BinaryPrimitives.ReadUInt32LittleEndian(source[CommandAt..]),
            BinaryPrimitives.ReadUInt16LittleEndian(source[SequenceAt..]),
            BinaryPrimitives.ReadUInt16LittleEndian(source[ReplyToAt..]),
            (PacketFlags)BinaryPrimitives.ReadUInt32LittleEndian(source[FlagsAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[SizeAt..]));
        return true;
    }

    /// <summary>Writes it as it is: <see cref="Packet"/> fills in size and checksums.</summary>
    /// <param name="destination">At least <see cref="Bytes"/>.</param>
    public void Write(Span<byte> destination)
    {
        (Marker == PacketMarker.Packet ? PacketMarkerBytes : DebuggerMarkerBytes).CopyTo(destination);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[HeaderCrcAt..], HeaderCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[DataCrcAt..], DataCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CommandAt..], (uint)Command);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[SequenceAt..], Sequence);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[ReplyToAt..], ReplyTo);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[FlagsAt..], (uint)Flags);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[SizeAt..], Size);
    }

    /// <summary>The checksum that the header has once its other fields are those given.</summary>
    internal static uint ComputeCrc(ReadOnlySpan<byte> header)
    {
        uint crc = Crc32.Compute(header[..HeaderCrcAt]);
        crc = Crc32.Compute([0, 0, 0, 0], crc);
        return Crc32.Compute(header[DataCrcAt..Bytes], crc);
    }
}
