using System.Buffers.Binary;
using System.Text;
using WhispurrNet.Cli.Flash;

namespace WhispurrNet.Flash.Tests.Support;

/// <summary>A flash of 4 MB with a partition table.</summary>
internal static class FlashImage
{
    public const int Size = 4 * 1024 * 1024;

    public static byte[] Make(params Partition[] parts)
    {
        byte[] flash = new byte[Size];
        for (int i = 0; i < parts.Length; i++)
        {
            Span<byte> entry = flash.AsSpan(PartitionTable.Address + (i * 32), 32);
            BinaryPrimitives.WriteUInt16BigEndian(entry, 0xAA50);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], parts[i].Address);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], parts[i].Size);
            Encoding.ASCII.GetBytes(parts[i].Name, entry[12..28]);
        }

        return flash;
    }
}
