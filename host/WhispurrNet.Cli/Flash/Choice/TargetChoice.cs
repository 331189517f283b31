using System.Text.RegularExpressions;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Flash.Choice;

/// <summary>An image for a board.</summary>
/// <param name="Name">As nanoff's <c>--target</c> takes it.</param>
/// <param name="Remark">A sentence that its user should know, or null.</param>
internal sealed record Target(string Name, string? Remark);

/// <summary>
/// Which image a board gets: one with Bluetooth, without which boards cannot meet. nanoff by itself gives an ESP32 one
/// without, and says nothing. Names by the images of nf-interpreter (<c>targets/ESP32/defconfig</c>).
/// </summary>
internal static partial class TargetChoice
{
    private static readonly HashSet<string> s_withBluetooth = new(StringComparer.Ordinal)
    {
        "ESP32_BLE_REV0", "ESP32_BLE_REV3", "ESP32_PSRAM_BLE_GenericGraphic_REV3", "ESP32_C3", "ESP32_C5_THREAD",
        "ESP32_C6_THREAD", "ESP32_C61", "ESP32_H2_THREAD", "ESP32_S3_QUAD", "ESP32_S3_OCTAL",
        "ESP32_ETHERNET_KIT_1.2", "M5Core2", "LilygoTWatch2021",
    };

    private static readonly HashSet<string> s_withoutBluetooth = new(StringComparer.Ordinal)
    {
        "ESP32_REV0", "ESP32_REV3", "ESP32_PSRAM_REV0", "ESP32_PSRAM_REV3", "ESP32_PSRAM_XTAL26_REV0", "ESP32_C3_BETA",
        "ESP32_S2", "ESP32_P4", "ESP32_P4_REV_LESS3", "ESP32_PICO", "M5Stack", "M5StickC", "M5StickCPlus", "AtomS3",
    };

    /// <summary>The image for a chip.</summary>
    /// <exception cref="CommandFailure">There is none with Bluetooth, or this cannot know.</exception>
    public static Target For(ChipDetails chip)
    {
        Target target = chip.Type switch
        {
            "ESP32" => ForClassic(chip),
            "ESP32-C3" when Revision(chip) < new Version(0, 3) =>
                throw None(chip, "revisions before v0.3 only have ESP32_C3_BETA"),
            "ESP32-C3" => new Target("ESP32_C3", null),
            "ESP32-C5" => new Target("ESP32_C5_THREAD", null),
            "ESP32-C6" => new Target("ESP32_C6_THREAD", null),
            "ESP32-H2" => new Target("ESP32_H2_THREAD", "An ESP32-H2 has no Wi-Fi: it meets boards, and no gateway."),
            "ESP32-S3" => ForS3(chip),
            "ESP32-C61" => throw None(chip, "Bluetooth of ESP32_C61 is known to crash; --target ESP32_C61 takes it anyway"),
            _ => throw None(chip, null),
        };
        return target;
    }

    /// <summary>Checks an image that the user named.</summary>
    /// <exception cref="CommandFailure">It has no Bluetooth.</exception>
    public static Target Named(string name)
    {
        if (s_withoutBluetooth.Contains(name))
        {
            throw new CommandFailure($"{name} has no Bluetooth, without which boards cannot meet.");
        }

        return new Target(
            name,
            s_withBluetooth.Contains(name) ? null : $"It is not known here whether {name} has Bluetooth.");
    }

    /// <summary>Checks that an image that the user named is one for the chip that is there.</summary>
    /// <exception cref="CommandFailure">It is one for another.</exception>
    public static void CheckFits(Target target, ChipDetails chip)
    {
        if (DeploymentAddress.ChipOf(target.Name) is { } needed && needed != chip.Type)
        {
            throw new CommandFailure($"{target.Name} is for {needed}, and the board has {chip.Name}.");
        }

        if (target.Name.EndsWith("_REV3", StringComparison.Ordinal) && chip.Type == "ESP32" && Revision(chip).Major < 3)
        {
            throw new CommandFailure(
                $"{target.Name} needs revision v3.0 of the chip, and the board has {chip.Name}; take ESP32_BLE_REV0.");
        }
    }

    private static Target ForClassic(ChipDetails chip)
    {
        if (chip.Name.Contains("PICO", StringComparison.Ordinal))
        {
            throw None(chip, "ESP32_PICO is without; --target ESP32_BLE_REV0 is worth a try at --baud 115200");
        }

        if (chip.Crystal.StartsWith("26", StringComparison.Ordinal))
        {
            throw None(chip, "with a crystal of 26 MHz");
        }

        if (!Bluetooth().IsMatch(chip.Features))
        {
            throw new CommandFailure($"This chip has no Bluetooth, without which boards cannot meet: {chip.Name}.");
        }

        return new Target(Revision(chip).Major >= 3 ? "ESP32_BLE_REV3" : "ESP32_BLE_REV0", null);
    }

    private static Target ForS3(ChipDetails chip) => chip.PsramMegabytes switch
    {
        2 => new Target("ESP32_S3_QUAD", null),
        null => new Target(
            "ESP32_S3_OCTAL", "If the board then finds no PSRAM, flash it again with --target ESP32_S3_QUAD."),
        _ => new Target("ESP32_S3_OCTAL", null),
    };

    /// <summary>0.0 where the name does not tell.</summary>
    private static Version Revision(ChipDetails chip) =>
        RevisionOf().Match(chip.Name) is { Success: true } match
            ? Version.Parse(match.Groups["revision"].ValueSpan)
            : new Version(0, 0);

    private static CommandFailure None(ChipDetails chip, string? because) => new(
        $"There is no image with Bluetooth for {chip.Name}{(because is null ? string.Empty : $": {because}")}.");

    [GeneratedRegex(@"revision v(?<revision>\d{1,3}\.\d{1,3})")]
    private static partial Regex RevisionOf();

    [GeneratedRegex(@"\b(BT|BLE|Bluetooth)\b")]
    private static partial Regex Bluetooth();
}
