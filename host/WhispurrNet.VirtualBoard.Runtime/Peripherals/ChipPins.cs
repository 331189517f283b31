namespace WhispurrNet.Virtual;

/// <summary>Which pins a chip has (IDF <c>soc_caps.h</c> of the chip; firmware <c>cpu_gpio.cpp</c>).</summary>
/// <param name="Name">Chip name.</param>
/// <param name="Count">Pin numbers run from 0 to one below this.</param>
/// <param name="Missing">Numbers without a pad.</param>
/// <param name="InputOnly">Pins that cannot drive.</param>
/// <param name="Reserved">Pins that the memory chips occupy: opening one fails.</param>
/// <param name="I2c">Data and clock pin of each I2C bus, bus 1 first; -1 until a program assigns one.</param>
public sealed record ChipPins(
    string Name,
    int Count,
    IReadOnlyList<int> Missing,
    IReadOnlyList<int> InputOnly,
    IReadOnlyList<int> Reserved,
    IReadOnlyList<(int Data, int Clock)> I2c)
{
    /// <summary>ESP32-C3: 22 pins, one I2C bus on 18 and 19.</summary>
    public static ChipPins C3 { get; } = new("ESP32-C3", 22, [], [], [], [(18, 19)]);

    /// <summary>ESP32 with PSRAM: 34 to 39 are inputs, 6 to 11 belong to the flash.</summary>
    public static ChipPins Esp32 { get; } = new(
        "ESP32", 40, [24, 28, 29, 30, 31], [34, 35, 36, 37, 38, 39], [6, 7, 8, 9, 10, 11], [(18, 19), (25, 26)]);

    /// <summary>ESP32-S3 with PSRAM: 26 to 32 belong to the memories, both I2C buses are unassigned.</summary>
    public static ChipPins S3 { get; } = new(
        "ESP32-S3", 49, [22, 23, 24, 25], [], [26, 27, 28, 29, 30, 31, 32], [(-1, -1), (-1, -1)]);

    /// <summary>Whether the chip has the pin.</summary>
    public bool Has(int pin) => pin >= 0 && pin < Count && !Missing.Contains(pin);

    /// <summary>Whether the pin can drive.</summary>
    public bool CanDrive(int pin) => Has(pin) && !InputOnly.Contains(pin);
}
