using System.Globalization;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Flash.Choice;

/// <summary>
/// Where a program may be written through the boot loader. nanoff takes 0x1B0000 when it is told nothing, which is in
/// the middle of the runtime on some chips. By nf-interpreter's partition tables.
/// </summary>
internal static class DeploymentAddress
{
    private const uint SectorSize = 0x1000;

    // Longest first: ESP32_C61 begins like ESP32_C6.
    private static readonly (string Target, string Chip, uint? Address)[] s_chips =
    [
        ("ESP32_C61", "ESP32-C61", null),
        ("ESP32_C3", "ESP32-C3", 0x1B0000),
        ("ESP32_C5", "ESP32-C5", 0x250000),
        ("ESP32_C6", "ESP32-C6", 0x250000),
        ("ESP32_H2", "ESP32-H2", 0x1C0000),
        ("ESP32_S2", "ESP32-S2", 0x1B0000),
        ("ESP32_S3", "ESP32-S3", 0x1B0000),
        ("ESP32_P4", "ESP32-P4", null),
        ("ESP32_", "ESP32", 0x1E0000),
    ];

    /// <summary>The chip that an image is for, or null when its name does not tell.</summary>
    public static string? ChipOf(string target) => Find(target)?.Chip;

    /// <summary>Reads an address, in hexadecimal after 0x.</summary>
    /// <exception cref="SettingException">It is none.</exception>
    public static uint Parse(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint address)
            ? address
            : throw new SettingException("--address is a hexadecimal number such as 0x1E0000.");

    /// <summary>Lets an address pass that is the one for the image.</summary>
    /// <exception cref="CommandFailure">It would overwrite something else, or nobody knows.</exception>
    public static void Check(string target, uint address)
    {
        if (Find(target) is not { Address: { } right } chip)
        {
            throw new CommandFailure(
                $"It is not known here where programs lie with {target}: without --address the board itself is asked.");
        }

        if (address == right)
        {
            return;
        }

        string trouble = address < right
            ? "would overwrite the runtime"
            : address % SectorSize != 0 ? "is inside a sector of flash" : "is not where the board looks for it";
        throw new CommandFailure(
            $"A program at 0x{address:X} {trouble}: on {chip.Chip} it lies at 0x{right:X}, and without --address the "
            + "board itself is asked.");
    }

    private static (string Target, string Chip, uint? Address)? Find(string target)
    {
        foreach ((string Target, string Chip, uint? Address) chip in s_chips)
        {
            if (target.StartsWith(chip.Target, StringComparison.Ordinal))
            {
                return chip;
            }
        }

        return null;
    }
}
