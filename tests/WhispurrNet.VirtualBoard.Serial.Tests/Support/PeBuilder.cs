using System.Buffers.Binary;
using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>
/// Writes PE files that have all of a real one but code: header, references, names, and any content. The firmware loads
/// them; what a virtual board runs for them is said by a manifest.
/// </summary>
internal sealed record PeBuilder(string Name, ReleaseVersion Version)
{
    private const int HeaderBytes = 124;
    private const int StringsTable = 11;
    private const int ByteCodeTable = 13;
    private const int Tables = 16;

    public uint NativeChecksum { get; init; }

    public IReadOnlyList<(string Name, ReleaseVersion Version)> References { get; init; } = [];

    public byte[] Content { get; init; } = [];

    /// <summary>The core library as the firmware knows it.</summary>
    public static PeBuilder CoreLibrary { get; } =
        new("mscorlib", new(1, 17, 11, 0)) { NativeChecksum = 0x1549_C856, Content = new byte[500] };

    public byte[] Build()
    {
        var strings = new MemoryStream();
        strings.WriteByte(0);
        ushort name = Intern(strings, Name);
        byte[] references = new byte[References.Count * 12];
        for (int i = 0; i < References.Count; i++)
        {
            Span<byte> record = references.AsSpan(i * 12);
            BinaryPrimitives.WriteUInt16LittleEndian(record, Intern(strings, References[i].Name));
            References[i].Version.Write(record[4..]);
        }

        while (strings.Length % 4 != 0)
        {
            strings.WriteByte(0);
        }

        byte[] content = [.. Content, .. new byte[(4 - (Content.Length % 4)) % 4]];
        byte[] pe = [.. new byte[HeaderBytes], .. references, .. strings.ToArray(), .. content];
        Span<byte> header = pe.AsSpan(0, HeaderBytes);
        "NFMRK1\0\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], NativeChecksum);
        Version.Write(header[28..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[36..], name);
        BinaryPrimitives.WriteUInt16LittleEndian(header[38..], 1);
        uint afterReferences = (uint)(HeaderBytes + references.Length);
        uint afterStrings = afterReferences + (uint)strings.Length;
        for (int table = 0; table < Tables; table++)
        {
            uint start = table == 0 ? HeaderBytes
                : table <= StringsTable ? afterReferences
                : table <= ByteCodeTable ? afterStrings
                : (uint)pe.Length;
            BinaryPrimitives.WriteUInt32LittleEndian(header[(40 + (table * 4))..], start);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Crc32.Compute(pe.AsSpan(HeaderBytes)));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32.Compute(header));
        return pe;
    }

    private static ushort Intern(MemoryStream strings, string text)
    {
        if (text == "mscorlib")
        {
            return 0xFCD2;
        }

        ushort at = (ushort)strings.Length;
        strings.Write(Encoding.UTF8.GetBytes(text));
        strings.WriteByte(0);
        return at;
    }
}
