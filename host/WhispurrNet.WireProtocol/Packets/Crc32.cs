using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>
/// The CRC-32 of packets, of flash checks and of the headers of assemblies: polynomial 0x04C11DB7, most significant bit
/// first, start 0, neither reflected nor inverted at the end. Of the ASCII digits 1 to 9 it is 0x89A1897F.
/// </summary>
public static class Crc32
{
    private const uint Polynomial = 0x04C11DB7;

    // Row k holds what a byte adds when k more bytes follow it: four bytes are taken in one step.
    private static readonly uint[] s_rows = BuildRows();

    /// <summary>Continues a checksum.</summary>
    /// <param name="data">What follows.</param>
    /// <param name="crc">The checksum of what came before; 0 at the start.</param>
    public static uint Compute(ReadOnlySpan<byte> data, uint crc = 0)
    {
        uint[] rows = s_rows;
        while (data.Length >= 4)
        {
            uint word = crc ^ BinaryPrimitives.ReadUInt32BigEndian(data);
            crc = rows[768 + (word >> 24)] ^ rows[512 + ((word >> 16) & 0xFF)]
                ^ rows[256 + ((word >> 8) & 0xFF)] ^ rows[word & 0xFF];
            data = data[4..];
        }

        foreach (byte b in data)
        {
            crc = (crc << 8) ^ rows[(crc >> 24) ^ b];
        }

        return crc;
    }

    private static uint[] BuildRows()
    {
        uint[] rows = new uint[4 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 0x80000000) != 0 ? (value << 1) ^ Polynomial : value << 1;
            }

            rows[i] = value;
        }

        for (int i = 256; i < rows.Length; i++)
        {
            uint before = rows[i - 256];
            rows[i] = (before << 8) ^ rows[before >> 24];
        }

        return rows;
    }
}
