namespace WhispurrNet.Serial.Tests.Listing;

/// <summary>What ports are by vendor and product.</summary>
public sealed class UsbIdsTests
{
    [Theory]
    [InlineData(0x10C4, 0xEA60, "CP2102/CP2104", "ESP32 of any kind")]
    [InlineData(0x1A86, 0x7523, "CH340", "ESP32 of any kind")]
    [InlineData(0x1A86, 0x55D4, "CH9102", "ESP32 of any kind")]
    [InlineData(0x0403, 0x6001, "FT232R", "ESP32 of any kind")]
    [InlineData(0x0403, 0x6010, "FT2232", "ESP32 of any kind")]
    [InlineData(0x0403, 0x6015, "FT230X/FT231X", "ESP32 of any kind")]
    [InlineData(0x303A, 0x1001, "USB-Serial-JTAG", "ESP32-C3, C5, C6, C61, H2, P4 or S3")]
    [InlineData(0x303A, 0x0002, "USB OTG", "ESP32-S2")]
    public void KnownPortsAreNamed(int vendor, int product, string bridge, string chip)
    {
        var port = new SerialPortInfo("p", (ushort)vendor, (ushort)product, null, null);

        Assert.Equal(bridge, UsbIds.Find(port)!.Bridge);
        Assert.Equal(chip, UsbIds.LikelyChip(port));
    }

    [Theory]
    [InlineData(0x1234, 0x5678)]
    [InlineData(0x303A, 0xFFFF)]
    [InlineData(null, null)]
    [InlineData(0x1A86, null)]
    public void OthersAreNotGuessed(int? vendor, int? product)
    {
        var port = new SerialPortInfo("p", (ushort?)vendor, (ushort?)product, null, null);

        Assert.Null(UsbIds.Find(port));
        Assert.Null(UsbIds.LikelyChip(port));
    }
}
