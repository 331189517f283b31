using System.Buffers.Binary;
using WhispurrNet.Cli.Flash;
using WhispurrNet.Flash.Tests.Support;

namespace WhispurrNet.Flash.Tests.Choice;

/// <summary>Where the parts of a flash are, from its own table.</summary>
public sealed class PartitionTableTests
{
    [Fact]
    public void Parts_are_read_until_the_table_ends()
    {
        byte[] flash = FlashImage.Make(
            new Partition("factory", 0x10000, 0x1D0000), new Partition("config", 0x3C0000, 0x40000),
            new Partition("sixteen-letters-", 1, 2));

        Assert.Equal(
            [
                new Partition("factory", 0x10000, 0x1D0000), new Partition("config", 0x3C0000, 0x40000),
                new Partition("sixteen-letters-", 1, 2),
            ],
            PartitionTable.Read(flash));
    }

    [Fact]
    public void Flash_without_a_table_has_no_parts()
    {
        Assert.Empty(PartitionTable.Read([]));
        Assert.Empty(PartitionTable.Read(new byte[PartitionTable.Address]));
        Assert.Empty(PartitionTable.Read(new byte[0x10000]));
        byte[] random = new byte[0x10000];
        new Random(1).NextBytes(random);
        Assert.Empty(PartitionTable.Read(random));
    }

    [Fact]
    public void A_table_that_fills_its_sector_ends_there()
    {
        byte[] flash = new byte[0x20000];
        for (int start = PartitionTable.Address; start < flash.Length; start += 32)
        {
            BinaryPrimitives.WriteUInt16BigEndian(flash.AsSpan(start), 0xAA50);
        }

        Assert.Equal(95, PartitionTable.Read(flash).Count);
    }
}
