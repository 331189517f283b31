using System.Buffers.Binary;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages;

/// <summary>Where things lie in a PE file of nanoFramework.</summary>
/// <remarks>
/// <code>
/// 0       8        12       16     20         24     28      36    38
/// | NFMRK1| crc of | crc of |flags | checksum |entry |version|name |string
/// | and 0 | header | rest   |      | of native|offset|       |     |table
/// |       |        |        |      | methods  |      |       |     |version
/// 40                104       108              124
/// | starts of the   | patched | padding behind | tables ...
/// | 16 tables       | methods | each table     |
/// </code>
/// Little-endian; the checksums are <see cref="Crc32"/>, that of the header with its own field zero. The start of the
/// last table is the size of the file. A name is an offset into the table of strings, or, near 0xFFFF, one of the
/// strings that every firmware holds.
/// </remarks>
internal static class PeLayout
{
    public const int HeaderBytes = 124;
    public const int HeaderCrcAt = 8;
    public const int AssemblyCrcAt = 12;
    public const int FlagsAt = 16;
    public const int NativeChecksumAt = 20;
    public const int VersionAt = 28;
    public const int NameAt = 36;
    public const int StringTableVersionAt = 38;
    public const int TablesAt = 40;
    public const int PaddingAt = 108;

    public const int ReferencesTable = 0;
    public const int StringsTable = 11;
    public const int TableCount = 15;

    public const int ReferenceBytes = 12;
    public const int ReferenceVersionAt = 4;
    public const ushort StringTableVersion = 1;

    // The firmware numbers its 860 strings down from 0xFFFF. Two of them are names of assemblies.
    public const ushort FirstFirmwareString = 0xFFFF - 860;
    public const ushort CoreLibraryString = 0xFFFF - 813;
    public const ushort ThreadingString = 0xFFFF - 471;

    public static ReadOnlySpan<byte> Marker => "NFMRK1\0\0"u8;

    /// <summary>Where a table begins; that of the number behind the last is the size of the file.</summary>
    public static uint TableStart(ReadOnlySpan<byte> header, int table) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[(TablesAt + (table * 4))..]);

    /// <summary>Bytes of the whole file, as its header tells.</summary>
    public static uint Size(ReadOnlySpan<byte> header) => TableStart(header, TableCount);

    /// <summary>Whether a header is one that the firmware takes.</summary>
    public static bool IsGoodHeader(ReadOnlySpan<byte> header)
    {
        // The firmware compares the first seven bytes.
        if (!header.StartsWith(Marker[..7])
            || BinaryPrimitives.ReadUInt16LittleEndian(header[StringTableVersionAt..]) != StringTableVersion)
        {
            return false;
        }

        uint crc = Crc32.Compute(header[..HeaderCrcAt]);
        crc = Crc32.Compute([0, 0, 0, 0], crc);
        crc = Crc32.Compute(header[AssemblyCrcAt..HeaderBytes], crc);
        return crc == BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderCrcAt..]);
    }
}
