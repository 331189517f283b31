namespace WhispurrNet.NanoffStandIn;

/// <summary>Chips as nanoff describes them: a line each for chip, features, flash, PSRAM, crystal and address.</summary>
internal static class Chips
{
    private const string Flash = "Flash size 4MB WINBOND_W25Q32JW from WINBOND (manufacturer 0xEF device 0x4016)";

    /// <summary>The lines of a chip, by family, or by a name of one that is special.</summary>
    public static string[] Describe(string chip) => chip switch
    {
        "ESP32" => Lines(
            "ESP32 (ESP32-D0WD-V3 (revision v3.1))", "Wi-Fi, BT, Dual Core + LP Core, 240MHz", "undetermined", "40MHz"),
        "ESP32-old" => Lines("ESP32 (ESP32-D0WDQ6 (revision v1.0))", "Wi-Fi, BT, Dual Core + LP Core", "4MB", "40MHz"),
        "ESP32-PICO" => Lines("ESP32 (ESP32-PICO-D4 (revision v1.1))", "Wi-Fi, BT, Dual Core", "undetermined", "40MHz"),
        "ESP32-C3" => Lines("ESP32-C3 (ESP32-C3 (QFN32) (revision v0.4))", "Wi-Fi, BT 5 (LE), Single Core", "not available", "40MHz"),
        "ESP32-C6" => Lines("ESP32-C6 (ESP32-C6FH4 (QFN32) (revision v0.1))", "Wi-Fi 6, BT 5 (LE), IEEE802.15.4", "not available", "40MHz"),
        "ESP32-S3" => Lines("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "Wi-Fi, BT 5 (LE), Embedded PSRAM 2MB (AP_3v3)", "2MB", "40MHz"),
        "ESP32-S2" => Lines("ESP32-S2 (ESP32-S2 (revision v1.0))", "Wi-Fi, Single Core", "undetermined", "40MHz"),
        _ => throw new ArgumentException(chip),
    };

    private static string[] Lines(string chip, string features, string psram, string crystal) =>
        [chip, $"Features {features}", Flash, $"PSRAM: {psram}", $"Crystal {crystal}", "MAC A4:CF:12:00:00:01", ""];
}
