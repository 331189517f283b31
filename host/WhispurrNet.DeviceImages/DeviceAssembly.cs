using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages;

/// <summary>Why something is no PE file that a board takes.</summary>
public enum PeProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>There is no marker, or less than a header.</summary>
    NotPe,

    /// <summary>The header's checksum is wrong, or it is of another version.</summary>
    BadHeader,

    /// <summary>Its tables do not lie where it says, or it is cut off.</summary>
    BadTables,

    /// <summary>The checksum of the rest is wrong.</summary>
    BadContent,
}

/// <summary>An assembly that another one needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version compiled against.</param>
public sealed record AssemblyReference(string Name, ReleaseVersion Version);

/// <summary>What a PE file of nanoFramework tells about itself.</summary>
/// <param name="Name">Name of the assembly.</param>
/// <param name="Version">Its version.</param>
/// <param name="NativeChecksum">Checksum of its native methods; 0 when it has none.</param>
/// <param name="References">Assemblies it needs.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">Hash of the file, in lower-case hexadecimal digits.</param>
public sealed record DeviceAssembly(
    string Name,
    ReleaseVersion Version,
    uint NativeChecksum,
    IReadOnlyList<AssemblyReference> References,
    int Bytes,
    string Sha256)
{
    /// <summary>Bytes of the header, without which a file is none.</summary>
    public const int HeaderBytes = PeLayout.HeaderBytes;

    /// <summary>Name of the assembly that all others need.</summary>
    public const string CoreLibrary = "mscorlib";

    /// <summary>Files begin at multiples of this.</summary>
    public const int Alignment = 4;

    /// <summary>Reads a file, and takes it only if the firmware would.</summary>
    /// <param name="bytes">The file; more may follow.</param>
    /// <param name="assembly">What it tells.</param>
    public static PeProblem TryRead(ReadOnlySpan<byte> bytes, out DeviceAssembly? assembly)
    {
        assembly = null;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(PeLayout.Marker[..7]))
        {
            return PeProblem.NotPe;
        }

        if (!PeLayout.IsGoodHeader(bytes))
        {
            return PeProblem.BadHeader;
        }

        uint size = PeLayout.Size(bytes);
        if (size < HeaderBytes || size > bytes.Length || !TablesLieInside(bytes, size))
        {
            return PeProblem.BadTables;
        }

        ReadOnlySpan<byte> file = bytes[..(int)size];
        if (Crc32.Compute(file[HeaderBytes..])
            != BinaryPrimitives.ReadUInt32LittleEndian(file[PeLayout.AssemblyCrcAt..]))
        {
            return PeProblem.BadContent;
        }

        string? name = ReadName(file, BinaryPrimitives.ReadUInt16LittleEndian(file[PeLayout.NameAt..]));
        IReadOnlyList<AssemblyReference>? references = ReadReferences(file);
        if (name is null || references is null)
        {
            return PeProblem.BadTables;
        }

        assembly = new(
            name,
            ReleaseVersion.Read(file[PeLayout.VersionAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(file[PeLayout.NativeChecksumAt..]),
            references,
            (int)size,
            Convert.ToHexStringLower(SHA256.HashData(file)));
        return PeProblem.None;
    }

    private static bool TablesLieInside(ReadOnlySpan<byte> header, uint size)
    {
        uint before = HeaderBytes;
        for (int table = 0; table < PeLayout.TableCount; table++)
        {
            uint start = PeLayout.TableStart(header, table);
            if (start < before || start > size)
            {
                return false;
            }

            before = start;
        }

        return true;
    }

    private static string? ReadName(ReadOnlySpan<byte> file, ushort index)
    {
        if (index >= PeLayout.FirstFirmwareString)
        {
            return index switch
            {
                PeLayout.CoreLibraryString => CoreLibrary,
                PeLayout.ThreadingString => "System.Threading",
                _ => null,
            };
        }

        uint start = PeLayout.TableStart(file, PeLayout.StringsTable);
        uint end = PeLayout.TableStart(file, PeLayout.StringsTable + 1);
        if (start + index >= end)
        {
            return null;
        }

        ReadOnlySpan<byte> text = file[(int)(start + index)..(int)end];
        int length = text.IndexOf((byte)0);
        return length <= 0 ? null : Encoding.UTF8.GetString(text[..length]);
    }

    private static AssemblyReference[]? ReadReferences(ReadOnlySpan<byte> file)
    {
        int start = (int)PeLayout.TableStart(file, PeLayout.ReferencesTable);
        int end = (int)PeLayout.TableStart(file, PeLayout.ReferencesTable + 1);
        var references = new AssemblyReference[(end - start) / PeLayout.ReferenceBytes];
        for (int i = 0; i < references.Length; i++)
        {
            ReadOnlySpan<byte> record = file.Slice(start + (i * PeLayout.ReferenceBytes), PeLayout.ReferenceBytes);
            if (ReadName(file, BinaryPrimitives.ReadUInt16LittleEndian(record)) is not { } name)
            {
                return null;
            }

            references[i] = new(name, ReleaseVersion.Read(record[PeLayout.ReferenceVersionAt..]));
        }

        return references;
    }
}
