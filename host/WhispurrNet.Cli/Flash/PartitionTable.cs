using System.Buffers.Binary;
using System.Text;

namespace WhispurrNet.Cli.Flash;

/// <summary>A part of a flash.</summary>
/// <param name="Name">Up to 16 characters.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Size">In bytes.</param>
internal sealed record Partition(string Name, uint Address, uint Size);

/// <summary>
/// Reads the partition table of an ESP32's flash: 32-byte entries from 0x8000 on, each with 0xAA 0x50, type, subtype,
/// address u32, size u32, name[16], flags u32, little-endian (ESP-IDF's <c>gen_esp32part.py</c> and its guide,
/// "Partition Tables").
/// </summary>
internal static class PartitionTable
{
    public const int Address = 0x8000;

    // The table has one sector, of which the last entry is its checksum.
    private const int MaxEntries = 95;
    private const int EntrySize = 32, NameOffset = 12, NameSize = 16;

    /// <summary>The parts of a flash that was read from its start on; empty when there is no table.</summary>
    public static IReadOnlyList<Partition> Read(ReadOnlySpan<byte> flash)
    {
        var parts = new List<Partition>();
        for (int i = 0; i < MaxEntries; i++)
        {
            int start = Address + (i * EntrySize);
            if (start + EntrySize > flash.Length || flash[start] != 0xAA || flash[start + 1] != 0x50)
            {
                break;
            }

            ReadOnlySpan<byte> entry = flash.Slice(start, EntrySize);
            ReadOnlySpan<byte> name = entry.Slice(NameOffset, NameSize);
            int end = name.IndexOf((byte)0);
            parts.Add(new Partition(
                Encoding.ASCII.GetString(end < 0 ? name : name[..end]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[8..])));
        }

        return parts;
    }
}
