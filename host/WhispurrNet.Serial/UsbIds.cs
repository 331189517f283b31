namespace WhispurrNet.Serial;

/// <summary>What a USB device behind a serial port is.</summary>
/// <param name="Bridge">The bridge, or the port of the chip itself.</param>
/// <param name="Chips">The chips that have such a port inside, or null: whatever is wired to the bridge.</param>
public sealed record UsbSerialKind(string Bridge, string? Chips);

/// <summary>
/// USB vendors and products on ESP32 boards. Sources: Linux' drivers <c>cp210x.c</c>, <c>ch341.c</c>,
/// <c>ftdi_sio_ids.h</c> and <c>pl2303.h</c>; WCH's driver list for CH342 to CH9102; Espressif's list of allocated
/// products (<c>usb-pids</c>) and the documentation of its USB-Serial-JTAG peripheral.
/// </summary>
public static class UsbIds
{
    /// <summary>Silicon Labs, WCH, FTDI, Prolific, Espressif.</summary>
    private const ushort SiliconLabs = 0x10C4, Wch = 0x1A86, Ftdi = 0x0403, Prolific = 0x067B, Espressif = 0x303A;

    private static readonly Dictionary<(ushort Vendor, ushort Product), UsbSerialKind> Kinds = new()
    {
        [(SiliconLabs, 0xEA60)] = new("CP2102/CP2104", null),
        [(SiliconLabs, 0xEA70)] = new("CP2105", null),
        [(SiliconLabs, 0xEA71)] = new("CP2108", null),
        [(Wch, 0x7523)] = new("CH340", null),
        [(Wch, 0x7522)] = new("CH340K", null),
        [(Wch, 0x5523)] = new("CH341", null),
        [(Wch, 0x55D2)] = new("CH342", null),
        [(Wch, 0x55D3)] = new("CH343", null),
        [(Wch, 0x55D4)] = new("CH9102", null),
        [(Wch, 0x55D5)] = new("CH344", null),
        [(Ftdi, 0x6001)] = new("FT232R", null),
        [(Ftdi, 0x6010)] = new("FT2232", null),
        [(Ftdi, 0x6011)] = new("FT4232H", null),
        [(Ftdi, 0x6014)] = new("FT232H", null),
        [(Ftdi, 0x6015)] = new("FT230X/FT231X", null),
        [(Prolific, 0x2303)] = new("PL2303", null),
        [(Prolific, 0x23A3)] = new("PL2303GC", null),
        [(Espressif, 0x1001)] = new("USB-Serial-JTAG", "ESP32-C3, C5, C6, C61, H2, P4 or S3"),
        [(Espressif, 0x0002)] = new("USB OTG", "ESP32-S2"),
        [(Espressif, 0x1002)] = new("ESP USB bridge", null),
    };

    /// <summary>What a port most likely is, or null when this does not know.</summary>
    public static UsbSerialKind? Find(SerialPortInfo port) =>
        port is { VendorId: { } vendor, ProductId: { } product }
            ? Kinds.GetValueOrDefault((vendor, product))
            : null;

    /// <summary>A chip that a sentence can name: those with such a port inside, else any ESP32.</summary>
    public static string? LikelyChip(SerialPortInfo port) =>
        Find(port) is { } kind ? kind.Chips ?? "ESP32 of any kind" : null;
}
