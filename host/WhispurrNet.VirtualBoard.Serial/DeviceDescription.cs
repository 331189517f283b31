using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <summary>What a board says of itself: its firmware, its flash and what both can do.</summary>
public sealed record DeviceDescription
{
    /// <summary>Versions and names.</summary>
    public required TargetInfo Target { get; init; }

    /// <summary>Native parts of the firmware, by the order in which it lists them.</summary>
    public required IReadOnlyList<NativeAssembly> Natives { get; init; }

    /// <summary>Address of the managed heap and of whatever else is RAM.</summary>
    public required MemoryRange Ram { get; init; }

    /// <summary>The flash.</summary>
    public required IReadOnlyList<FlashSector> Sectors { get; init; }

    /// <summary>Whether the firmware was built with checksums; that of the ESP32 is not by default.</summary>
    public bool HasCrc { get; init; }

    /// <summary>Bits a second of the firmware; the ROM's are 115,200.</summary>
    public int BaudRate { get; init; } = 921_600;

    /// <summary>
    /// Whether the flash is that of an ESP32, whose driver knows one block for the whole partition: erasing any of it
    /// erases all, and a checksum is always taken from its start, whatever address is asked for.
    /// </summary>
    public bool HasWholePartitionBlocks { get; init; } = true;

    /// <summary>The flags of its answer to a ping, without those that tell what the program does.</summary>
    public PingFlags PingFlags =>
        PingFlags.PacketSize1024 | PingFlags.VendorBooter | (HasCrc ? PingFlags.Crc : PingFlags.None);

    /// <summary>
    /// An ESP32-C3 with 4 MB of flash and image 1.17.0 (facts 7 and 8.3; versions and checksums of the native parts
    /// from the sources of nf-interpreter).
    /// </summary>
    public static DeviceDescription C3 { get; } = new()
    {
        Target = new(
            default,
            new(1, 17, 0, 0),
            "nanoCLR running @ virtual board",
            "ESP32_C3",
            "ESP32",
            "virtual ESP32-C3"),
        Natives =
        [
            new("mscorlib", new(100, 5, 0, 24), 0x1549_C856),
            new("nanoFramework.Runtime.Native", new(100, 0, 10, 0), 0x0EAE_898B),
            new("nanoFramework.Runtime.Events", new(100, 0, 8, 0), 0x0EAB_00C9),
            new("nanoFramework.System.Collections", new(100, 0, 2, 0), 0x40DC_251F),
            new("nanoFramework.System.Text", new(100, 0, 0, 1), 0x8E6E_B73D),
            new("nanoFramework.System.Security.Cryptography", new(100, 0, 0, 4), 0x1A1C_C3FD),
            new("nanoFramework.Hardware.Esp32", new(100, 0, 10, 0), 0x6A20_A689),
            new("nanoFramework.Device.Bluetooth", new(100, 0, 5, 0), 0xE610_B405),
            new("System.Net", new(100, 2, 0, 14), 0x8EFB_9944),
            new("System.Device.Gpio", new(100, 1, 0, 6), 0x097E_7BC5),
            new("System.Device.I2c", new(100, 0, 0, 2), 0xFA80_6D33),
            new("System.Device.Wifi", new(100, 0, 6, 6), 0xEE72_1CDA),
            new("System.IO.FileSystem", new(1, 1, 0, 4), 0x1777_E2FE),
        ],
        Ram = new(0x3FC8_0000, 54_472),
        Sectors =
        [
            new(0x0001_0000, 1, 0x001A_0000, (uint)FlashUsage.Code),
            new(0x001B_0000, 1, 0x001F_0000, (uint)FlashUsage.Deployment | FlashSector.MemoryMapped),
            new(0x003C_0000, 1, 0x0004_0000, (uint)FlashUsage.Configuration),
        ],
    };
}
