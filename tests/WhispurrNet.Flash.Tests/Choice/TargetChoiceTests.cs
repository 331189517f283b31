using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Flash.Tests.Choice;

/// <summary>Which image a chip gets, and which it does not.</summary>
public sealed class TargetChoiceTests
{
    [Theory]
    [InlineData("ESP32", "ESP32-D0WD-V3 (revision v3.0)", null, "ESP32_BLE_REV3")]
    [InlineData("ESP32", "ESP32-D0WD-V3 (revision v3.1)", 4, "ESP32_BLE_REV3")]
    [InlineData("ESP32", "ESP32-D0WDQ6 (revision v1.0)", null, "ESP32_BLE_REV0")]
    [InlineData("ESP32", "ESP32-D0WD (revision v1.1)", 0, "ESP32_BLE_REV0")]
    [InlineData("ESP32-C3", "ESP32-C3 (QFN32) (revision v0.3)", 0, "ESP32_C3")]
    [InlineData("ESP32-C3", "ESP32-C3 (QFN32) (revision v1.1)", 0, "ESP32_C3")]
    [InlineData("ESP32-C5", "ESP32-C5 (revision v1.0)", 0, "ESP32_C5_THREAD")]
    [InlineData("ESP32-C6", "ESP32-C6 (QFN40) (revision v0.1)", 0, "ESP32_C6_THREAD")]
    [InlineData("ESP32-H2", "ESP32-H2 (QFN32) (revision v0.1)", 0, "ESP32_H2_THREAD")]
    [InlineData("ESP32-S3", "ESP32-S3 (QFN56) (revision v0.2)", 8, "ESP32_S3_OCTAL")]
    [InlineData("ESP32-S3", "ESP32-S3 (QFN56) (revision v0.2)", 2, "ESP32_S3_QUAD")]
    [InlineData("ESP32-S3", "ESP32-S3 (QFN56) (revision v0.2)", null, "ESP32_S3_OCTAL")]
    public void Every_chip_with_Bluetooth_gets_an_image_with_it(string type, string name, int? psram, string target)
    {
        Target chosen = TargetChoice.For(Chip(type, name) with { PsramMegabytes = psram });

        Assert.Equal(target, chosen.Name);
        Assert.Null(TargetChoice.Named(target).Remark);
        TargetChoice.CheckFits(chosen, Chip(type, name));
    }

    [Theory]
    [InlineData("ESP32-S2", "ESP32-S2 (revision v1.0)")]
    [InlineData("ESP32-P4", "ESP32-P4 (revision v1.0)")]
    [InlineData("ESP32-C61", "ESP32-C61 (revision v1.0)")]
    [InlineData("ESP32-C2", "ESP32-C2 (revision v1.0)")]
    [InlineData("ESP32-C3", "ESP32-C3 (QFN32) (revision v0.2)")]
    [InlineData("ESP32", "ESP32-PICO-D4 (revision v1.1)")]
    public void A_chip_without_such_an_image_is_refused(string type, string name)
    {
        CommandFailure e = Assert.Throws<CommandFailure>(() => TargetChoice.For(Chip(type, name)));

        Assert.Contains($"no image with Bluetooth for {name}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_with_another_crystal_or_without_a_radio_is_refused()
    {
        ChipDetails chip = Chip("ESP32", "ESP32-D0WD-V3 (revision v3.0)");

        Assert.Throws<CommandFailure>(() => TargetChoice.For(chip with { Crystal = "26MHz" }));
        Assert.Throws<CommandFailure>(() => TargetChoice.For(chip with { Features = "Wi-Fi, Dual Core" }));
    }

    [Theory]
    [InlineData("ESP32_REV3")]
    [InlineData("ESP32_PSRAM_REV3")]
    [InlineData("ESP32_C3_BETA")]
    [InlineData("ESP32_PICO")]
    [InlineData("M5StickC")]
    public void An_image_without_Bluetooth_is_refused_even_by_name(string name) =>
        Assert.Equal(
            $"{name} has no Bluetooth, without which boards cannot meet.",
            Assert.Throws<CommandFailure>(() => TargetChoice.Named(name)).Message);

    [Fact]
    public void An_image_that_is_not_known_is_taken_with_a_remark() =>
        Assert.NotNull(TargetChoice.Named("SOMEBODYS_BOARD").Remark);

    [Theory]
    [InlineData("ESP32_C3", "ESP32-C6", "ESP32-C6 (revision v0.1)")]
    [InlineData("ESP32_BLE_REV3", "ESP32-S3", "ESP32-S3 (revision v0.1)")]
    [InlineData("ESP32_BLE_REV3", "ESP32", "ESP32-D0WDQ6 (revision v1.0)")]
    [InlineData("ESP32_C61", "ESP32-C6", "ESP32-C6 (revision v0.1)")]
    public void An_image_for_another_chip_is_refused(string target, string type, string name) =>
        Assert.Throws<CommandFailure>(() => TargetChoice.CheckFits(TargetChoice.Named(target), Chip(type, name)));

    private static ChipDetails Chip(string type, string name) =>
        new(type, name, "Wi-Fi, BT, Dual Core", "4MB", null, "40MHz", "A4:CF:12:00:00:01");
}
