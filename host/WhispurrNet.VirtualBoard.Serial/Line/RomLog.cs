namespace WhispurrNet.Virtual.Serial.Line;

/// <summary>What the ROM of the chip prints after every reset, at its own rate.</summary>
internal static class RomLog
{
    /// <summary>Bits a second.</summary>
    public const int BaudRate = 115_200;

    /// <summary>The text.</summary>
    public static ReadOnlySpan<byte> Text =>
        "ESP-ROM:esp32c3-api1-20210207\r\nrst:0x1 (POWERON),boot:0xc (SPI_FAST_FLASH_BOOT)\r\n"u8;
}
