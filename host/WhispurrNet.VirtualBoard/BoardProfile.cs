namespace WhispurrNet.Virtual;

/// <summary>A chip with a firmware image: what a program finds on it.</summary>
/// <param name="Name">Name of the firmware image.</param>
/// <param name="HeapBytes">The managed heap, before anything is loaded.</param>
/// <param name="RuntimeBytes">What the interpreter takes of it for itself at start: threads of the runtime, caches,
/// objects made in advance. An estimate.</param>
/// <param name="Pins">The chip's pins.</param>
public sealed record BoardProfile(string Name, long HeapBytes, int RuntimeBytes, ChipPins Pins)
{
    private const int Kilobyte = 1024;
    private const int Runtime = 1_500;

    /// <summary>ESP32-C3 without external memory: 54,472 bytes, measured on image 1.17.0 (facts 1.6).</summary>
    public static BoardProfile C3 { get; } = new("ESP32_C3", 54_472, Runtime, ChipPins.C3);

    /// <summary>
    /// ESP32 with Bluetooth and 4 MB of mapped PSRAM: the largest block less the image's reserve of 256 KB. That the
    /// largest block is all of the PSRAM is an assumption.
    /// </summary>
    public static BoardProfile Esp32BleRev3 { get; } =
        new("ESP32_BLE_REV3", (4096 - 256) * Kilobyte, Runtime, ChipPins.Esp32);

    /// <summary>
    /// ESP32-S3 with 8 MB of octal PSRAM: the largest block less the image's reserve of 1 MB. That the largest block is
    /// all of the PSRAM is an assumption.
    /// </summary>
    public static BoardProfile S3Octal { get; } =
        new("ESP32_S3_OCTAL", (8192 - 1024) * Kilobyte, Runtime, ChipPins.S3);
}
